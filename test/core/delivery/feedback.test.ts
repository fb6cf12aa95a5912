import { describe, expect, it } from "vitest";
import { readFeedback } from "../../../core/delivery/feedback.ts";
import { feedbackIn, isGreeting, piecesOf, readFeedbackMessage } from "../../../core/delivery/feedback-message.ts";
import {
  bounceOf,
  complaintOf,
  delayOf,
  deliveryOf,
  envelopeOf,
  fileOf,
  openOf,
  rejectOf,
  type SesEvent,
  sendOf,
  softBounceOf,
} from "../../ses-events.ts";

const letter = { addressKey: "k".repeat(22), attempt: "a".repeat(22) };
const common = {
  ...{ publication: "elblandbote", issue: "2026-01", addressKey: letter.addressKey, attempt: letter.attempt },
  ...{ messageId: `0107019a-${letter.attempt}-000000`, sentAt: "2026-11-23T08:00:01.250Z" },
};
const textOf = (body: string): string[] => [...piecesOf(Buffer.from(body))];
const kindsIn = (body: string): unknown[] =>
  textOf(body).map((piece) => {
    const feedback = feedbackIn(piece);
    return typeof feedback === "object" ? feedback.kind : feedback;
  });

describe("an event of SES", () => {
  it.each([
    ["sent", sendOf(letter), { at: common.sentAt, reason: "" }],
    ["delivered", deliveryOf(letter), { at: "2026-11-23T08:00:04.133Z", reason: "" }],
    ["delayed", delayOf(letter), { at: "2026-11-23T08:10:00.000Z", reason: "" }],
    ["rejected", rejectOf(letter), { at: common.sentAt, reason: "content" }],
    ["hardBounced", bounceOf(letter), { at: "2026-11-23T08:00:05.000Z", reason: "NoEmail 5.1.1" }],
    ["softBounced", softBounceOf(letter), { at: "2026-11-23T20:00:00.000Z", reason: "MailboxFull 4.2.2" }],
    ["complained", complaintOf(letter), { at: "2026-11-23T09:30:00.000Z", reason: "abuse" }],
  ])("says that a letter was %s", (kind, event, { at, reason }) => {
    expect(readFeedback(event)).toEqual({ ...common, kind, at, reason });
  });

  it.each([
    ["Permanent", "OnAccountSuppressionList", "hardBounced"],
    ["Permanent", "Suppressed", "hardBounced"],
    ["Transient", "General", "softBounced"],
    ["Undetermined", "Undetermined", "softBounced"],
  ])("that is a bounce, %s %s, is %s", (type, subType, kind) => {
    expect(readFeedback(bounceOf(letter, { type, subType }))).toMatchObject({ kind, reason: `${subType} 5.1.1` });
  });

  it("never hands on a sentence of SES: those repeat addresses", () => {
    const event = bounceOf(letter, {
      subType: "no mailbox leserin@auenrode.example",
      status: "leserin@auenrode.example",
    });
    expect(readFeedback(event)).toMatchObject({ reason: "General" });
    const complaint = complaintOf(letter, { type: "junk, says leserin@auenrode.example" });
    expect(readFeedback(complaint)).toMatchObject({ reason: "other" });
    expect(JSON.stringify([readFeedback(event), readFeedback(complaint)])).not.toContain("@");
  });

  it("is no complaint when a reader takes the letter out of the junk folder", () => {
    expect(readFeedback(complaintOf(letter, { type: "not-spam" }))).toBeUndefined();
    expect(readFeedback(complaintOf(letter, { type: "" }))).toMatchObject({ reason: "other" });
  });

  it("has one clock, whatever zone it is written in", () => {
    expect(readFeedback(deliveryOf(letter, "2026-11-23T09:00:04.133+01:00"))).toMatchObject({
      at: "2026-11-23T08:00:04.133Z",
    });
  });

  it("finds its issue where the publication's name ends like one", () => {
    expect(readFeedback(sendOf({ ...letter, issue: "bote-2025-2026-012" }))).toMatchObject({
      ...{ publication: "bote-2025", issue: "2026-012" },
    });
  });

  const withTags = (tags: object): SesEvent => {
    const { mail, ...event } = deliveryOf(letter);
    return { ...event, mail: { ...(mail as object), tags } } as unknown as SesEvent;
  };
  const { addressKey, attempt } = letter;
  it.each([
    ["without tags", withTags({})],
    ["of a letter of another kind", withTags({ delivery: [addressKey], attempt: [attempt] })],
    ["with a key that is none", withTags({ delivery: ["short"], attempt: [attempt], issue: ["slk-2026-01"] })],
    ["with two keys", withTags({ delivery: [addressKey, addressKey], attempt: [attempt], issue: ["slk-2026-01"] })],
    ["of no issue", withTags({ delivery: [addressKey], attempt: [attempt], issue: ["slk"] })],
    ["of no publication", withTags({ delivery: [addressKey], attempt: [attempt], issue: ["SLK#x-2026-01"] })],
    ["of an opened letter", openOf(letter)],
    ["of a kind that is new", { ...sendOf(letter), eventType: "Teleport" }],
    ["of an identity", { notificationType: "Bounce", mail: {}, bounce: {} } as unknown as SesEvent],
  ])("%s is not ours", (_, event) => {
    expect(readFeedback(event)).toBeUndefined();
  });

  it.each([
    ["a bounce without its type", { ...bounceOf(letter), bounce: { timestamp: "2026-11-23T08:00:05.000Z" } }],
    ["a delivery without a time", { ...deliveryOf(letter), delivery: { timestamp: "yesterday" } }],
    ["a text", "hello"],
    ["nothing", null],
    ["an empty object", {}],
  ])("that is %s is a fault", (_, event) => {
    expect(() => readFeedback(event)).toThrow();
  });
});

describe("a message on the queue", () => {
  it("is an event, in an envelope of SNS or bare", () => {
    const expected = { is: "event", feedback: readFeedback(bounceOf(letter)) };
    expect(expected.feedback).toBeDefined();
    expect(readFeedbackMessage(bounceOf(letter))).toEqual(expected);
    expect(readFeedbackMessage(envelopeOf(bounceOf(letter)))).toEqual(expected);
  });

  it("is the notice of a file, or of what is left of one", () => {
    const detail = { bucket: { name: "b" }, object: { key: "feedback/2026/11/23/08/a", size: 7 } };
    expect(readFeedbackMessage({ source: "aws.s3", detail })).toEqual({ is: "file", key: detail.object.key, done: 0 });
    expect(readFeedbackMessage({ detail, done: 800 })).toMatchObject({ done: 800 });
  });

  it("tells nobody's address when an envelope holds nonsense", () => {
    const envelope = { ...envelopeOf(sendOf(letter)), Message: "leserin@auenrode.example {" };
    expect(() => readFeedbackMessage(envelope)).toThrow(/^not JSON$/);
  });

  it("may be SES's greeting to a new topic, and nothing else is one", () => {
    expect(isGreeting("Successfully validated SNS topic for Amazon SES event publishing.")).toBe(true);
    expect(isGreeting(JSON.stringify(sendOf(letter)))).toBe(false);
  });
});

describe("a file of events", () => {
  const events = [sendOf(letter), deliveryOf(letter), bounceOf(letter)];
  const all = ["sent", "delivered", "hardBounced"];

  it.each([
    ["one a line", fileOf(events)],
    ["with lines of another system", fileOf(events).replaceAll("\n", "\r\n")],
    ["without any newline", events.map((event) => JSON.stringify(event)).join("")],
    ["without the last newline", fileOf(events).trimEnd()],
    ["with blank lines", `\n\n${fileOf(events).replaceAll("\n", "\n \n")}`],
    ["with a blank behind each brace", events.map((event) => `{ ${JSON.stringify(event).slice(1)}`).join(" ")],
  ])("is read to its end: %s", (_, body) => {
    expect(kindsIn(body)).toEqual(all);
  });

  it("loses only the event that was torn", () => {
    const [one = "", two = "", three = ""] = events.map((event) => JSON.stringify(event));
    expect(kindsIn(`${one}\n${two}\n${three.slice(0, 300)}`)).toEqual(["sent", "delivered", "unreadable"]);
    expect(kindsIn(`${one.slice(500)}\n${two}\n${three}`)).toContain("delivered");
    expect(kindsIn(`${one.slice(0, 40)}${two}${three}`)).toEqual(["unreadable", "delivered", "hardBounced"]);
    expect(kindsIn(`${one}\n\u0000\ufffd{]"\n${three}\n`)).toEqual(["sent", "unreadable", "hardBounced"]);
  });

  it("takes a subject that looks like an event for a subject", () => {
    expect(fileOf(events)).toContain('{\\"eventType\\"');
    expect(textOf(events.map((event) => JSON.stringify(event)).join(""))).toHaveLength(3);
  });

  it("may be empty", () => {
    expect(textOf("")).toEqual([]);
  });
});
