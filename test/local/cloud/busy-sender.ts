import { writeSync } from "node:fs";
import { messageOf } from "../../../core/delivery/message.ts";
import { localCloud } from "../../../local/cloud/local-cloud.ts";

/** A process that sends letters and says the id of each, a line each, until somebody kills it. */
const [folder = ""] = process.argv.slice(2);
const cloud = localCloud({ folder });
const from = "redaktion@elbland.example";
const message = messageOf(Buffer.from(`From: ${from}\r\n\r\nGuten Tag\r\n`));

for (let n = 0; ; n++) {
  const to = `leser${n}@elbland.example`;
  const { messageId } = await cloud.mail.send({ stream: "editions", from, to, message, tags: { delivery: `${n}` } });
  writeSync(1, `${messageId}\n`);
}
