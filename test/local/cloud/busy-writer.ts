import { writeSync } from "node:fs";
import { messageOf } from "../../../core/delivery/message.ts";
import { type LocalCloud, localCloud } from "../../../local/cloud/local-cloud.ts";

/** A process that writes as fast as it can and says what was acknowledged, a line each, until somebody kills it. */
const [folder = "", life = ""] = process.argv.slice(2);
const cloud = localCloud({ folder });

/** One call, so that no line waits in a buffer when we die. */
const acknowledge = (kind: string, what: string): void => void writeSync(1, `${kind} ${what}\n`);

const writers: ((cloud: LocalCloud, name: string) => Promise<void>)[] = [
  async ({ table }, name) => {
    const changes = ["a", "b", "c"].map((sk) => ({ put: { pk: name, sk, text: name.repeat(50) } }));
    await table.write(changes);
    acknowledge("together", name);
  },
  async ({ table }, name) => {
    await table.each([1, 2].map((n) => ({ put: { pk: "each", sk: `${name} ${n}` }, if: "absent" as const })));
    acknowledge("each", name);
  },
  async ({ table }, name) => {
    const used = await table.count({ pk: "count", sk: life }, "used", 1);
    acknowledge("count", `${life} ${used} ${name}`);
  },
  async ({ files }, name) => {
    await files.write(`submissions/slk/${name}/text.md`, name.repeat(2000), { type: "text/markdown" });
    acknowledge("file", name);
  },
  async ({ files }, name) => {
    await files.write("public/slk/index.html", name.repeat(20_000), { type: "text/html" });
    acknowledge("page", name);
  },
  async ({ queues }, name) => {
    await queues.rounds.add([{ name }]);
    acknowledge("message", name);
  },
  async ({ mail }, name) => {
    const raw = Buffer.from(`From: K <k@a.example>\r\nSubject: ${name}\r\n\r\n${"Guten Tag\r\n".repeat(5000)}`);
    const letter = { from: "k@a.example", to: "r@a.example", message: messageOf(raw), tags: { delivery: name } };
    const { messageId } = await mail.send({ stream: "editions", ...letter });
    acknowledge("letter", messageId);
  },
];

await cloud.secrets.read("address").then((address) => acknowledge("address", address));
for (let turn = 0; ; turn++) await Promise.all(writers.map((write) => write(cloud, `${life}-${turn}`)));
