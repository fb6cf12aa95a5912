import { beforeEach, describe, expect, it } from "vitest";
import { operator } from "../../../core/rights.ts";
import {
  awaitedList,
  beginImport,
  dropList,
  goOn,
  readList,
  requireImport,
  takeListIn,
} from "../../../functions/desk/imports.ts";
import { suppressAddress } from "../../../functions/desk/suppressions.ts";
import { forget } from "../../../functions/forget.ts";
import { importFolder } from "../../../functions/records/paths.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { listSubscribers } from "../../../functions/records/subscribers.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";
import { someReaders, takeIn } from "../an-issue-to-send.ts";

const publication = aPublication();
const person = { id: "henrike", roles: ["publisher"] } as const;
const late = () => true;
const inTime = () => false;
const csv = (addresses: readonly string[], more = ""): Uint8Array =>
  new TextEncoder().encode(`email;name\n${addresses.map((address) => `${address};Jördis\n`).join("")}${more}`);

let cloud: TestCloud;
beforeEach(async () => {
  cloud = testCloud();
  await savePublication(cloud, publication);
});
/** Somebody posts a list to storage, and has it read. */
async function bring(list: Uint8Array, consentSource = "Bestellkarten 2025") {
  const { id } = await beginImport(cloud, person, publication.id, consentSource);
  await cloud.files.write(`${importFolder(publication.id, id)}list.csv`, list, { type: "text/csv" });
  await readList(cloud, person, publication, { id, language: "de" });
  return state(id);
}
const state = (id: string) => requireImport(cloud, person, publication.id, id);
const files = async () => (await cloud.files.list("imports/")).length;
/** Pieces until the state changes; answers how many. */
async function workOn(id: string, isLate: () => boolean): Promise<number> {
  const { state: before } = await state(id);
  for (let pieces = 1; ; pieces += 1) {
    await goOn(cloud, person, publication, { id, isLate });
    if ((await state(id)).state !== before) return pieces;
  }
}

describe("a list of readers at the desk", () => {
  it("is looked through first: who is new, known, suppressed, and which lines bring nobody", async () => {
    await takeIn(cloud, someReaders(2));
    await suppressAddress(cloud, operator, "leserin3@auenrode.example", "asked");
    const { id, refused, notes } = await bring(csv(someReaders(5), "keine Adresse;\n"));
    await workOn(id, inTime);
    expect(await state(id)).toMatchObject({ state: "ready", would: { added: 2, known: 2, suppressed: 1, erased: 0 } });
    expect(Object.values(refused)).toEqual([1]);
    expect(notes[0]).toMatchObject({ code: "reader-line", details: { line: 7 } });
    expect(await listSubscribers(cloud, publication.id)).toHaveLength(2);
  });

  it("is taken in after a yes, in pieces, and is gone afterwards", async () => {
    const { id } = await bring(csv(someReaders(2500)));
    expect(await workOn(id, late)).toBe(3);
    const { version } = await state(id);
    await takeListIn(cloud, person, publication.id, { id, seen: version });
    expect(await workOn(id, late)).toBe(3);
    expect(await state(id)).toMatchObject({ state: "done", took: { added: 2500 } });
    expect(await listSubscribers(cloud, publication.id)).toHaveLength(2500);
    expect(await files()).toBe(0);
  });

  it("takes nobody in twice, though a piece dies and is done again", async () => {
    const { id } = await bring(csv(someReaders(3)));
    await workOn(id, inTime);
    await takeListIn(cloud, person, publication.id, { id, seen: (await state(id)).version });
    const dying: TestCloud = {
      ...cloud,
      table: {
        ...cloud.table,
        each: async (changes) => {
          if (changes.some((change) => "put" in change && change.put.state === "done")) throw new Error("killed");
          return cloud.table.each(changes);
        },
      },
    };
    await expect(goOn(dying, person, publication, { id, isLate: inTime })).rejects.toThrow("killed");
    await workOn(id, inTime);
    expect(await listSubscribers(cloud, publication.id)).toHaveLength(3);
  });

  it("waits for a yes to exactly what was seen", async () => {
    const { id, version } = await bring(csv(someReaders(3)));
    const yes = (seen: number) => takeListIn(cloud, person, publication.id, { id, seen });
    await expect(yes(version)).rejects.toMatchObject({ code: "moved-on" });
    await workOn(id, inTime);
    await expect(yes(version)).rejects.toMatchObject({ code: "moved-on" });
    const { version: seen } = await state(id);
    await yes(seen);
    await expect(yes(seen)).rejects.toMatchObject({ code: "moved-on" });
  });

  it("is forgotten when it is dropped, and the next night when nobody said yes", async () => {
    const { id } = await bring(csv(someReaders(3)));
    await dropList(cloud, person, publication.id, id);
    await expect(state(id)).rejects.toMatchObject({ code: "import-gone" });
    const other = await bring(csv(someReaders(3)));
    expect(await files()).toBe(1);
    cloud.clock.advance({ days: 2 });
    await forget(cloud)({}, { deadline: new Date(cloud.clock.now().getTime() + 300_000) });
    expect(await files()).toBe(0);
    await expect(state(other.id)).rejects.toMatchObject({ code: "import-gone" });
  });

  it("refuses what is no list, or says nothing of consent, and keeps none of it", async () => {
    await expect(bring(new Uint8Array())).rejects.toMatchObject({ code: "list-empty" });
    await expect(bring(csv([]).subarray(0, 3))).rejects.toMatchObject({ code: "list-without-email" });
    await expect(bring(csv(someReaders(1)), " ")).rejects.toMatchObject({ code: "consent-source-missing" });
    const editor = { id: "guelsen", roles: ["author", "editor"] } as const;
    await expect(beginImport(cloud, editor, publication.id, "Liste")).rejects.toMatchObject({ code: "not-allowed" });
    expect(await files()).toBe(0);
  });

  it("is posted to storage by a form that allows this one file and no larger one", async () => {
    const { id } = await beginImport(cloud, person, publication.id, "Bestellkarten 2025");
    const backTo = "https://redaktion.elbland.example/elblandbote/subscribers/imports/1";
    const { form, hasCome } = await awaitedList(cloud, person, publication.id, { id, backTo });
    expect([hasCome, form.fields.key]).toEqual([false, `${importFolder(publication.id, id)}list.csv`]);
    await expect(readList(cloud, person, publication, { id, language: "de" })).rejects.toMatchObject({
      code: "list-awaited",
    });
  });
});
