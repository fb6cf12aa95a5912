import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { sendRest } from "../../functions/desk/rest.ts";
import { requireIssue, saveIssue } from "../../functions/records/issues.ts";
import { readSubscriber, rowOfSubscriber } from "../../functions/records/subscribers.ts";
import { aFolder, restored, scheduleWhole } from "../functions/a-lost-table.ts";
import { afterMinutes, keyOf, letters, place, takeIn } from "../functions/an-issue-to-send.ts";
import { account } from "./an-issue-in-trouble.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

describe("an issue of one topic, in a table that was put back", () => {
  it("is in doubt for its own readers alone, and is sent to nobody else", async () => {
    const folder = aFolder();
    const cloud = folder.open();
    await scheduleWhole(cloud);
    await saveIssue(cloud, { ...(await requireIssue(cloud, place.publication, place.issue)), topic: "bauen" });
    await takeIn(cloud, ["bau@auenrode.example", "kita@auenrode.example"]);
    for (const topic of ["bau", "kita"]) {
      const reader = await readSubscriber(cloud, place.publication, await keyOf(cloud, `${topic}@auenrode.example`));
      if (reader?.state !== "confirmed") return expect.unreachable();
      await cloud.table.write([{ put: rowOfSubscriber({ ...reader, topics: [topic === "bau" ? "bauen" : "kitas"] }) }]);
    }
    const later = folder.saveTable();
    await afterMinutes(later, 10);
    expect(letters(later)).toEqual({ "bau@auenrode.example": 1 });
    await later.files.remove((await later.files.list("ledger/")).map(({ key }) => key));
    const back = folder.putTableBack();
    await restored(back);
    expect(await account(back)).toMatchObject({ planned: 1, unresolved: 1, excluded: { topic: 1 } });
    const silent = { ...back, mail: { ...back.mail, reports: false } };
    await sendRest(silent, operator, place, ["unresolved", "joined"]);
    await afterMinutes(back, 20);
    expect(letters(back)).toEqual({ "bau@auenrode.example": 2 });
  });
});
