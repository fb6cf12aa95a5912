import { SESClient } from "@aws-sdk/client-ses";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountHealth, senderHealth, unansweredBecause } from "../../../functions/cloud/sender-health.ts";
import { type LoopbackSes, startLoopbackSes } from "../../cloud/loopback-ses.ts";

const sets = ["kurier-editions", "kurier-confirmations"];
const domain = "elblandbote.example";
const verified = { verification: "Success", dkim: "Success", mailFrom: "Success" };
const good = { identity: true, dkim: true, mailFrom: true };

let ses: LoopbackSes;
let client: SESClient;
beforeEach(async () => {
  ses = await startLoopbackSes();
  ses.account.sets = { "kurier-editions": true, "kurier-confirmations": true };
  const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
  client = new SESClient({ endpoint: ses.url, region: "eu-central-1", credentials, maxAttempts: 1 });
});
afterEach(() => ses.stop());

describe("the account", () => {
  it("may send, has its quota, and both configuration sets are open", async () => {
    expect(await accountHealth(sets, client)).toEqual({
      sending: true,
      quota: { perSecond: 14, perDay: 50_000, sentInLastDay: 0 },
      sets: sets.map((name) => ({ name, state: "open", isHeard: true })),
    });
  });

  it("is in the sandbox with two hundred letters a day", async () => {
    Object.assign(ses.quota, { perSecond: 1, perDay: 200 });
    expect((await accountHealth(sets, client)).quota).toMatchObject({ perSecond: 1, perDay: 200 });
  });

  it("has no daily limit where SES says so", async () => {
    ses.quota.perDay = -1;
    expect((await accountHealth(sets, client)).quota.perDay).toBeUndefined();
  });

  it("may be paused", async () => {
    ses.account.sending = false;
    expect((await accountHealth(sets, client)).sending).toBe(false);
  });

  it("may lack a configuration set, or have closed it", async () => {
    ses.account.sets = { "kurier-editions": false };
    const states = (await accountHealth(sets, client)).sets.map(({ state }) => state);
    expect(states).toEqual(["closed", "missing"]);
  });

  it.each(["topic", "files"] as const)("is heard by both ways or counts as not heard: without its %s", async (way) => {
    ses.account.ways[way] = false;
    expect((await accountHealth(sets, client)).sets.map(({ isHeard }) => isHeard)).toEqual([false, false]);
  });
});

describe("a sender's domain", () => {
  it("is known, signs and takes bounces back", async () => {
    ses.account.domains[domain] = verified;
    expect(await senderHealth([domain], client)).toEqual(new Map([[domain, good]]));
  });

  it("counts for nothing while SES does not know it", async () => {
    const nothing = { identity: false, dkim: false, mailFrom: false };
    expect(await senderHealth([domain], client)).toEqual(new Map([[domain, nothing]]));
  });

  it.each([
    ["verification", "Pending", { ...good, identity: false }],
    ["dkim", "TemporaryFailure", { ...good, dkim: false }],
    ["mailFrom", "Failed", { ...good, mailFrom: false }],
  ] as const)("is not ready while its %s is %s", async (what, state, health) => {
    ses.account.domains = { [domain]: { ...verified, [what]: state }, "other.example": verified };
    const found = await senderHealth([domain, "other.example"], client);
    expect([found.get(domain), found.get("other.example")]).toEqual([health, good]);
  });
});

describe("a question AWS does not answer", () => {
  const asked = (by: SESClient) => accountHealth(sets, by).catch(unansweredBecause);

  it("names the right that is missing", async () => {
    const message = "User: arn:aws:iam::123456789012:user/pult is not authorized to perform: ses:GetSendQuota";
    ses.account.refusal = { status: 403, code: "AccessDenied", message };
    expect(await asked(client)).toBe("AccessDenied ses:GetSendQuota");
  });

  it("names credentials that are missing or not known", async () => {
    ses.account.refusal = { status: 403, code: "InvalidClientTokenId", message: "The security token is invalid." };
    expect(await asked(client)).toBe("InvalidClientTokenId");
    const nobody = Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" });
    const credentials = () => Promise.reject(nobody);
    const unknown = new SESClient({ endpoint: ses.url, region: "eu-central-1", credentials, maxAttempts: 1 });
    expect(await asked(unknown)).toBe("CredentialsProviderError");
  });

  it("names a line that is dead", async () => {
    const gone = await startLoopbackSes();
    await gone.stop();
    const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
    const unreachable = new SESClient({ endpoint: gone.url, region: "eu-central-1", credentials, maxAttempts: 1 });
    expect(await asked(unreachable)).toBe("ECONNREFUSED");
  });

  it("is told apart from a fault of ours", () => {
    expect(unansweredBecause(new TypeError("x is not a function"))).toBeUndefined();
  });
});
