import { describe, expect, it } from "vitest";
import { messageOf } from "../core/delivery/message.ts";
import { type Letter, Rejected } from "../functions/cloud/cloud.ts";
import { testCloud } from "./cloud/test-cloud.ts";
import { letterSink, sumOf } from "./letter-sink.ts";

const from = "redaktion@elbland.example";
const letterOf = (delivery: string, body = "Guten Tag"): Letter => ({
  ...{ stream: "editions", from, to: "jana@elbland.example", tags: { delivery } },
  message: messageOf(Buffer.from(`From: ${from}\r\n\r\n${body}\r\n`)),
});
const fine = (): undefined => undefined;

describe("the sink", () => {
  it("counts letters, keeps none, and knows whose they were in whatever order they came", async () => {
    const sink = letterSink(1, fine);
    const cloud = testCloud({ mail: sink.mail });
    for (const reader of ["c", "a", "b"]) await cloud.mail.send(letterOf(reader));
    expect([sink.letters(), sink.troubles(), cloud.outbox.count()]).toEqual([3, [], 0]);
    expect(sink.sum()).toBe(await sumOf(["a", "b", "c"]));
  });

  it.each([
    ["one twice instead of another", ["a", "b", "b"]],
    ["one missing", ["a", "b"]],
    ["one twice", ["a", "b", "c", "c"]],
    ["one three times", ["a", "b", "c", "c", "c"]],
  ])("notices %s", async (_, sent) => {
    const sink = letterSink(1, fine);
    for (const reader of sent) await sink.mail.send(letterOf(reader));
    expect(sink.sum()).not.toBe(await sumOf(["a", "b", "c"]));
  });

  it("looks at one letter of so many, with the carrier's eyes and those it was given", async () => {
    const looked: string[] = [];
    const sink = letterSink(3, ({ tags }, raw) => {
      looked.push(tags.delivery ?? "");
      return raw.includes("Tag") ? undefined : "no greeting";
    });
    for (let n = 0; n < 9; n++) await sink.mail.send(letterOf(`${n}`, ["Guten Tag", "", "Grüße"][Math.floor(n / 3)]));
    expect(looked).toEqual(["0", "3"]);
    expect(sink.troubles()).toEqual(["no greeting", "the letter is not 7-bit"]);
  });

  it("takes no letter that is nobody's", async () => {
    await expect(letterSink(1, fine).mail.send({ ...letterOf(""), tags: {} })).rejects.toThrow(Rejected);
  });
});
