import { describe, expect, it, onTestFinished } from "vitest";
import { Closed } from "../../../functions/cloud/cloud.ts";
import { localCloud } from "../../../local/cloud/local-cloud.ts";
import { startLoopbackSmtp } from "../../cloud/loopback-smtp.ts";
import { testCloud } from "../../cloud/test-cloud.ts";
import { aLetter, relayAt } from "./smtp-relay.ts";

/** A folder whose letters leave over SMTP, and a command in another terminal that was not told of the relay. */
async function served() {
  const relay = await startLoopbackSmtp();
  const limits = { perSecond: 20, perDay: 500 };
  const serving = testCloud({ smtp: { relay: relayAt(relay, limits) } });
  serving.relayMark.set(limits);
  const beside = localCloud({ folder: serving.folder, clock: serving.clock, isDurable: false });
  onTestFinished(async () => {
    beside.close();
    await relay.stop();
  });
  return { relay, serving, beside };
}

describe("a folder whose letters leave over SMTP", () => {
  it("takes no letter where the relay is not known, and keeps none either", async () => {
    const { beside } = await served();
    await expect(beside.mail.send(aLetter())).rejects.toThrow(Closed);
    expect(beside.outbox.count()).toBe(0);
  });

  it("knows everywhere how much leaves and may leave", async () => {
    const { serving, beside } = await served();
    await serving.mail.send(aLetter());
    expect(await beside.mail.quota()).toEqual({ perSecond: 20, perDay: 500, sentInLastDay: 1 });
    expect([beside.mail.reports, beside.mail.isJudged]).toEqual([serving.mail.reports, serving.mail.isJudged]);
  });

  it("is closed and opened from any terminal", async () => {
    const { serving, beside } = await served();
    await beside.mail.close("editions");
    await expect(serving.mail.send(aLetter())).rejects.toThrow(Closed);
    await serving.mail.send(aLetter({ stream: "confirmations" }));
    await beside.mail.open("editions");
    await serving.mail.send(aLetter());
  });

  it("is an ordinary one again when the mark is taken off", async () => {
    const { serving } = await served();
    serving.relayMark.remove();
    const later = localCloud({ folder: serving.folder, clock: serving.clock, isDurable: false });
    await later.mail.send(aLetter());
    expect(later.outbox.count()).toBe(1);
    later.close();
  });
});
