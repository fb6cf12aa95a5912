import { createSocket } from "node:dgram";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { addressesOf } from "../../../functions/cloud/web.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Answer = "silence" | "unknown" | readonly string[];
const [recordA, recordAaaa] = [1, 28];

/** A name server of our own: what it says to questions for addresses of either kind. */
async function aNameServer(answers: Readonly<Record<number, Answer>>): Promise<string> {
  const socket = createSocket("udp4");
  socket.on("message", (question, { port, address }) => {
    const end = question.indexOf(0, 12) + 5;
    const kind = question.readUInt16BE(end - 4);
    const answer = answers[kind] ?? [];
    if (answer === "silence") return;
    const records = answer === "unknown" ? [] : answer;
    const head = Buffer.alloc(12);
    question.copy(head, 0, 0, 2);
    head.writeUInt16BE(answer === "unknown" ? 0x8183 : 0x8180, 2); // answered; 3 is: there is no such name
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(records.length, 6);
    const body = records.map((record) => {
      const bytes = Buffer.from(record, "hex");
      const fixed = Buffer.from([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 60, 0, bytes.length]);
      return Buffer.concat([fixed, bytes]);
    });
    socket.send(Buffer.concat([head, question.subarray(12, end), ...body]), port, address);
  });
  await new Promise<void>((ready) => socket.bind(0, "127.0.0.1", ready));
  closing.push(() => socket.close());
  return `127.0.0.1:${(socket.address() as AddressInfo).port}`;
}

const public4 = "5db8d822"; // 93.184.216.34
const loopback6 = `${"0".repeat(31)}1`;

describe("the addresses of a name", () => {
  it("are all it has, of both kinds", async () => {
    const server = await aNameServer({ [recordA]: [public4], [recordAaaa]: [loopback6] });
    expect(await addressesOf("amt.example", [server])).toEqual(["93.184.216.34", "::1"]);
  });

  it("are those of one kind where there are none of the other", async () => {
    const server = await aNameServer({ [recordA]: [public4], [recordAaaa]: [] });
    expect(await addressesOf("amt.example", [server])).toEqual(["93.184.216.34"]);
  });

  it.each<Answer>(["unknown", []])("are none, and so nobody is there, where the answer is %j", async (answer) => {
    const server = await aNameServer({ [recordA]: answer, [recordAaaa]: answer });
    await expect(addressesOf("amt.example", [server])).rejects.toMatchObject({ code: "ENOTFOUND" });
  });

  it("hold up nobody else who reads a file, while name servers are silent", async () => {
    const server = await aNameServer({ [recordA]: "silence", [recordAaaa]: "silence" });
    let isDone = false;
    const asking = Promise.allSettled(
      Array.from({ length: 12 }, (_, nth) => addressesOf(`tot-${nth}.example`, [server])),
    );
    void asking.then(() => {
      isDone = true;
    });
    await readFile(import.meta.filename);
    expect(isDone).toBe(false);
    const codes = (await asking).map((one) => (one.status === "rejected" ? (one.reason as { code: string }).code : ""));
    expect(new Set(codes)).toEqual(new Set(["ETIMEOUT"]));
  }, 30_000);
});
