/** Bugs planted one at a time: a trial that does not notice one of them would not notice ours. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly was: string;
  readonly is: string;
  /** What catches it: the simulation, or a test that was written for it. */
  readonly caughtBy: "seeds" | { readonly test: string; readonly called?: string };
}

/** @param called a part of the name of the tests in that file */
const inTest = (test: string, called?: string) => ({ test, ...(called !== undefined && { called }) });

export const mutants: readonly Mutant[] = [
  {
    name: "sdk-retries-on",
    file: "functions/cloud/letter-client.ts",
    was: "new SESClient({ maxAttempts: 1,",
    is: "new SESClient({ maxAttempts: 3,",
    caughtBy: inTest("test/functions/cloud/mail.test.ts"),
  },
  {
    name: "5xx-taken-as-definite",
    file: "functions/cloud/mail.ts",
    was: "if (status < 400 || status >= 500) return new Doubtful(code);",
    is: "if (status < 400) return new Doubtful(code);",
    caughtBy: inTest("test/functions/cloud/mail.test.ts"),
  },
  {
    name: "doubtful-taken-as-definite",
    file: "functions/deliver/send.ts",
    was: 'return { ...common, state: "uncertain", reason, uncertainSince: walk.cloud.clock.now().toISOString() };',
    is: 'return { ...common, state: "rejected", reason, rejectedAt: walk.cloud.clock.now().toISOString() };',
    caughtBy: "seeds",
  },
  {
    name: "closed-taken-as-rejected",
    file: "functions/deliver/send.ts",
    was: 'if (trouble instanceof Closed) hand.stop ??= { is: "closed" };',
    is: "if (trouble instanceof Closed) return rejected(walk, common, reason);",
    caughtBy: "seeds",
  },
  {
    name: "expired-lease-waits-again",
    file: "functions/records/deliveries.ts",
    was: "next: Delivery): Change => ({",
    is: 'next: Delivery): Change => seen.state === "sending" && "reason" in next && next.reason === "lease expired" ? takeBack(place, seen) : ({',
    caughtBy: "seeds",
  },
  {
    name: "grace-of-30-seconds",
    file: "functions/cloud/cloud.ts",
    was: "eventSeconds: 15 * 60 };",
    is: "eventSeconds: 30 };",
    caughtBy: "seeds",
  },
  {
    name: "lease-too-short",
    file: "functions/cloud/cloud.ts",
    was: "leaseSeconds: 60,",
    is: "leaseSeconds: -119,",
    caughtBy: "seeds",
  },
  {
    name: "no-sweeper",
    file: "functions/sweep.ts",
    was: "for (const place of await openIssues(cloud)) {",
    is: "for (const place of []) {",
    caughtBy: "seeds",
  },
  {
    name: "no-consent-check",
    file: "functions/deliver/claim.ts",
    was: "const reason = skipReasonOf(",
    is: "const reason = ((..._: unknown[]) => undefined)(",
    caughtBy: "seeds",
  },
  {
    name: "no-suppression-check-at-claim",
    file: "functions/deliver/claim.ts",
    was: "rows[2 * index + 1] !== undefined",
    is: "false",
    caughtBy: "seeds",
  },
  {
    name: "no-pause-check",
    file: "functions/deliver/walk.ts",
    was: 'if (control?.state !== "sending") return { is: "held-back" };',
    is: 'if (!control) return { is: "held-back" };',
    caughtBy: "seeds",
  },
  {
    name: "no-claim-age-check",
    file: "functions/deliver/send.ts",
    was: "const consentMilliseconds = 5000;",
    is: "const consentMilliseconds = 500_000;",
    caughtBy: "seeds",
  },
  {
    name: "own-write-not-recognised",
    file: "functions/deliver/claim.ts",
    was: 'outcome === "done" || found?.attempt === one.delivery.attempt;',
    is: 'outcome === "done";',
    caughtBy: "seeds",
  },
  {
    name: "next-moved-at-fetch",
    file: "functions/deliver.ts",
    was: "const end = await deliverBatch(walk, next, keys);",
    is: "await saveRound(cloud, place, round.turn, { next: next + 1 }); const end = await deliverBatch(walk, next, keys);",
    caughtBy: inTest("test/faults/sending.test.ts", "still names the batch"),
  },
  {
    name: "double-plan",
    file: "functions/records/batches.ts",
    was: 'each([{ put, if: "absent" }]);',
    is: "each([{ put }]);",
    caughtBy: "seeds",
  },
  {
    name: "batches-in-parallel",
    file: "functions/plan/freeze.ts",
    was: "for (const batch of await nextBatches(cloud, { ...place, topic: issue.topic }, books.after)) {",
    is: "const page = await nextBatches(cloud, { ...place, topic: issue.topic }, books.after); const begun = books.batches; await Promise.all(page.map((batch, index) => [batch, begun + index] as const).toReversed().map(([batch, number]) => putBatch(cloud, place, number, batch))); for (const batch of page) {",
    caughtBy: inTest("test/faults/planning.test.ts", "between two batches"),
  },
  {
    name: "no-turn-check",
    file: "functions/records/rounds.ts",
    was: "set, if: free }",
    is: "set }",
    caughtBy: "seeds",
  },
  {
    name: "no-rate-row",
    file: "core/delivery/rate.ts",
    was: "free: first + count * apart",
    is: "free: rate.free",
    caughtBy: "seeds",
  },
  {
    name: "feedback-in-order-only",
    file: "core/delivery/advance.ts",
    was: "if (to !== from) return to > from ? next : delivery;",
    is: "if (to !== from) return next;",
    caughtBy: "seeds",
  },
  {
    name: "restore-without-journal",
    file: "functions/desk/restoring.ts",
    was: "const told = await replayJournal(cloud, person);",
    is: "const told = {};",
    caughtBy: inTest("test/functions/restore.test.ts"),
  },
  {
    name: "sessions-outlive-a-restore",
    file: "functions/desk/restoring.ts",
    was: "const sessions = await endAllSessions(cloud);",
    is: "const sessions = 0;",
    caughtBy: inTest("test/functions/restored-people.test.ts"),
  },
  {
    name: "fence-ignored",
    file: "functions/records/fence.ts",
    was: "if (ours.has(cloud.table)) return false;",
    is: "if (cloud) return false;",
    caughtBy: inTest("test/functions/fence.test.ts"),
  },
  {
    name: "resend-number-ignored",
    file: "core/delivery/rest.ts",
    was: " && delivery.attemptNo <= resend;",
    is: ";",
    caughtBy: inTest("test/functions/send-rest.test.ts"),
  },
];
