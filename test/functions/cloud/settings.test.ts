import { describe, expect, it } from "vitest";
import { readSettings, settingNames } from "../../../functions/cloud/settings.ts";

const whole = Object.fromEntries(
  settingNames.map((name) => [
    name,
    /QUEUE/.test(name)
      ? `https://sqs.example/${name}`
      : /ROLE|PLAN|ARCHIVE|SECRET/.test(name)
        ? `arn:aws:any:::${name}`
        : "a-name",
  ]),
);

describe("settings", () => {
  it("are read by the names the stack sets", () => {
    expect(readSettings(whole)).toMatchObject({
      table: "a-name",
      rounds: "https://sqs.example/KURIER_QUEUE_ROUNDS",
      planFunction: "arn:aws:any:::KURIER_TIMER_PLAN",
    });
  });

  it("names everything that is missing in one sentence", () => {
    const { KURIER_TABLE: _, KURIER_QUEUE_ROUNDS: __, ...rest } = whole;
    expect(() => readSettings(rest)).toThrow(
      "Kurier cannot start: KURIER_TABLE is missing (DynamoDB table); KURIER_QUEUE_ROUNDS is missing (queue of rounds to deliver).",
    );
  });

  it("takes an empty setting for a missing one, and tells which is malformed", () => {
    expect(() => readSettings({ ...whole, KURIER_TABLE: "", KURIER_QUEUE_BUILDS: "builds" })).toThrow(
      "Kurier cannot start: KURIER_TABLE is missing (DynamoDB table); KURIER_QUEUE_BUILDS is not the url of: queue of issues to build.",
    );
  });

  it("never repeats a value, for a secret may have slipped into it", () => {
    expect(() => readSettings({ ...whole, KURIER_SECRET_LINKS: "s3cr3t value" })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("s3cr3t") }),
    );
  });
});
