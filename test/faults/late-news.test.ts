import { beforeEach, describe, expect, it, vi } from "vitest";
import { Doubtful } from "../../functions/cloud/cloud.ts";
import { recordFeedback } from "../../functions/record-feedback.ts";
import { openKey } from "../../functions/records/keys.ts";
import { type Round, readRounds, saveRound, takeTurn, tellNews } from "../../functions/records/rounds.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { letters, place, readersIn } from "../functions/an-issue-to-send.ts";
import { account, aPlannedIssueFor, deadline, onTable, status, takenBy } from "./an-issue-in-trouble.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

describe("news of a letter that comes while its round's books are closed", () => {
  it("stands in them", async () => {
    const { cloud } = await aPlannedIssueFor((cloud) => readersIn(cloud, "a", 5));
    const tags: Record<string, string>[] = [];
    let handed = 0;
    const first = takenBy(cloud, (letter) => {
      if (++handed > 1) return;
      tags.push({ ...letter.tags });
      throw new Doubtful("socket hang up");
    });
    const quiet = { without: ["record-feedback" as const] };
    await workUntilQuiet(first, quiet);
    const at = cloud.clock.now().toISOString();
    const [tag] = tags;
    const event = {
      eventType: "Send",
      mail: {
        ...{ timestamp: at, messageId: "ses-1", destination: [] },
        tags: Object.fromEntries(Object.entries(tag ?? {}).map(([name, value]) => [name, [value]])),
      },
      send: {},
    };
    let told = false;
    const closing = onTable(cloud, {
      each: async (changes) => {
        const isBalance = changes.some(
          (one) => "patch" in one && one.set.phase === "balanced" && one.patch.sk === "round#a",
        );
        if (isBalance && !told) {
          told = true;
          await recordFeedback(cloud)({ Records: [{ messageId: "1", body: JSON.stringify(event) }] }, deadline(cloud));
        }
        return cloud.table.each(changes);
      },
    });
    for (let minute = 0; minute < 60; minute++) {
      cloud.clock.advance({ minutes: 1 });
      await workUntilQuiet({ ...closing, mail: { ...closing.mail, reports: false } }, quiet);
    }
    expect(told).toBe(true);
    expect(Object.keys(letters(cloud))).toHaveLength(5);
    expect(await account(cloud)).toMatchObject({ accepted: 5, unresolved: 0 });
    expect(await status(cloud)).toMatchObject({ status: "sent", open: 0 });
  });
});

describe("news told to a round that moves on while it is told", () => {
  /** The round as whoever tells has seen it: everybody has a letter, and its books wait for news. */
  const aRoundToClose = async () => {
    const { cloud } = await aPlannedIssueFor((cloud) => readersIn(cloud, "a", 5));
    const round = { ...place, round: "a" };
    const standing = async () => (await readRounds(cloud, place)).find((one) => one.round === "a") as Round;
    const { turn, batches } = await standing();
    const later = new Date(cloud.clock.now().getTime() + 600_000).toISOString();
    await saveRound(cloud, round, turn, { next: batches, wakeAt: later });
    const close = () => takeTurn(cloud, round, turn, new Date(cloud.clock.now().getTime() + 900_000).toISOString());
    return { cloud, round, standing, close };
  };

  it("takes it from whoever has begun to close the books since", async () => {
    const { cloud, round, standing, close } = await aRoundToClose();
    const seen = await standing();
    const closing = await close();
    await tellNews(cloud, round, seen, true);
    expect(await saveRound(cloud, round, closing?.turn ?? 0, { phase: "balanced" })).toBe(false);
    expect((await standing()).heldUntil).toBeNull();
  });

  it("opens books again that were balanced since by the very turn it saw", async () => {
    const { cloud, round, standing, close } = await aRoundToClose();
    await close();
    const seen = await standing();
    await saveRound(cloud, round, seen.turn, { phase: "balanced", heldUntil: null });
    await cloud.table.each([{ remove: openKey(place.publication, place.issue) }]);
    await tellNews(cloud, round, seen, true);
    expect(await standing()).toMatchObject({ phase: "walking", heldUntil: null, wakeAt: expect.any(String) });
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toHaveLength(1);
  });
});
