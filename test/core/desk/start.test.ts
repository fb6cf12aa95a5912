import { describe, expect, it } from "vitest";
import { issueTasks } from "../../../core/desk/start.ts";
import type { Issue } from "../../../core/issue/issue.ts";
import type { Role } from "../../../core/rights.ts";
import { anIssue, aPublication } from "../../people-and-papers.ts";

const publication = aPublication({ approvals: "two" });
const plan = { ...anIssue(), v: 1 as const, version: 3 };
const built = {
  ...plan,
  status: "built",
  fingerprint: "f",
  builtBy: "henrike",
  builtAt: "2026-02-01T08:00:00Z",
} as const;
const approved = { ...built, status: "approved", approval: { by: "almut", at: built.builtAt } } as const;
const scheduled = { ...approved, status: "scheduled", sendAt: "2026-02-03T08:00:00Z", scheduledBy: "almut" } as const;
const sending = { ...scheduled, status: "sending", startedAt: scheduled.sendAt } as const;

const of = (issue: Issue, role: Role, id = "almut") =>
  issueTasks([issue], { publication, person: { id, roles: [role] }, language: "de" })[0];

describe("the start page", () => {
  it("asks a publisher to approve what somebody else has built, and says to everybody else what it waits for", () => {
    expect(of(built, "publisher")).toMatchObject({
      what: "Fertig gebaut: ansehen und freigeben.",
      state: { tone: "asks" },
    });
    for (const [role, id] of [
      ["publisher", "henrike"],
      ["editor", "almut"],
    ] as const)
      expect(of(built, role, id)).toMatchObject({
        what: "Fertig gebaut, wartet auf die Freigabe.",
        state: { tone: "quiet" },
      });
  });

  it("says when an issue leaves, in the publication's time", () => {
    expect(of(scheduled, "editor")?.what).toBe("Geht hinaus: Dienstag, 3. Februar, 9:00 Uhr.");
    expect(of(scheduled, "publisher")?.what).toContain("zurücknehmen");
  });

  it("says why an issue stands still", () => {
    const paused = { ...sending, status: "paused", pausedAt: sending.startedAt, reason: "bounces" } as const;
    expect(of(paused, "publisher")).toMatchObject({ state: { label: "angehalten", tone: "stops" } });
    expect(of(paused, "publisher")?.what).not.toBe("");
  });

  it("leads to the tab on which the next step is taken", () => {
    expect(of({ ...plan, status: "draft" }, "editor")?.url).toMatch(/\/issues\/2026-01$/);
    expect(of(approved, "publisher")?.url).toMatch(/\/issues\/2026-01\/sending$/);
  });

  it("asks nothing about issues that are out, or never will be", () => {
    const sent = { ...sending, status: "sent", sentAt: sending.startedAt, open: 0 } as const;
    const cancelled = { ...plan, status: "cancelled", cancelledAt: sending.startedAt, cancelledBy: "almut" } as const;
    expect([of(sent, "publisher"), of(cancelled, "publisher")]).toEqual([undefined, undefined]);
  });
});
