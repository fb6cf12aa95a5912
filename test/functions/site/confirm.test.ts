import { beforeEach, describe, expect, it, vi } from "vitest";
import { addressKeyOf, addressSecret } from "../../../core/subscriber/link.ts";
import { words } from "../../../core/words.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { askToMove, eraseReader } from "../../../functions/records/readers.ts";
import { putOnShelf } from "../../../functions/records/shelf.ts";
import { readSubscriber } from "../../../functions/records/subscribers.ts";
import { makeToken } from "../../../functions/records/tokens.ts";
import { site } from "../../../functions/site.ts";
import { aPublication } from "../../people-and-papers.ts";
import { keyOf, scheduleSpring, takeIn } from "../an-issue-to-send.ts";
import { almut, aStreet, confirmLink, post, type Street, textOf } from "./a-street.ts";

const sentences = words("de").site;
let street: Street;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  street = await aStreet();
});
const state = async (address = almut) =>
  (await readSubscriber(street.cloud, "elblandbote", await keyOf(street.cloud, address)))?.state;

describe("the link of a confirm mail", () => {
  it("shows one button and half the address; only pressing it makes a reader", async () => {
    const link = await confirmLink(street);
    const page = await textOf(street.app.request(link));
    expect(page).toContain('<form method="post"><button class="button" type="submit">Bestellung bestätigen</button>');
    expect(page).toContain("a…@stadt-….example");
    expect(page).not.toContain(almut);
    expect(await state()).toBe("pending");
    expect(await textOf(post(street.app, link))).toContain("Von nun an bekommen Sie ELBLANDbote.");
    expect(await state()).toBe("confirmed");
  });

  it("has the current issue to read at once, and leads to the preferences", async () => {
    await scheduleSpring(street.cloud);
    const place = {
      publication: "elblandbote",
      issue: "2026-01",
      fingerprint: "f".repeat(64),
      language: "de",
    } as const;
    await putOnShelf(street.cloud, place, "2026-03-02T05:00:00.000Z");
    const page = await textOf(post(street.app, await confirmLink(street)));
    expect(page).toContain('href="/ausgaben/2026-01/">Ausgabe lesen');
    expect(page).toContain("Kleine Orte, große Wege");
    const preferences = /href="(\/e\/[^"]+)"/.exec(page)?.[1] ?? expect.unreachable();
    expect(await textOf(street.app.request(`/elblandbote${preferences}`))).toContain(sentences.preferences.title);
  });

  it("says so when it was pressed before, and is as good as none after a week", async () => {
    const link = await confirmLink(street);
    await post(street.app, link);
    for (const answer of [street.app.request(link), post(street.app, link)])
      expect(await textOf(answer)).toContain(sentences.already.title);
    const late = await confirmLink(street, { address: "spaet@auenrode.example" });
    street.cloud.clock.advance({ days: 8 });
    for (const answer of [street.app.request(late), post(street.app, late)])
      expect(await textOf(answer)).toContain(sentences.stale.title);
    expect(await state("spaet@auenrode.example")).toBeUndefined();
  });

  it("speaks the language that was chosen with the order, before it is pressed and after", async () => {
    const link = await confirmLink(street, { language: "en" });
    const german = { headers: { "accept-language": "de" } };
    const english = words("en").site;
    expect(await textOf(street.app.request(link, german))).toContain(english.confirm.button);
    expect(await textOf(street.app.request(`${link}?sprache=de`))).toContain(sentences.confirm.button);
    expect(await textOf(post(street.app, link, {}, german.headers))).toContain(english.confirmed.title);
    for (const answer of [street.app.request(link, german), post(street.app, link, {}, german.headers)])
      expect(await textOf(answer)).toContain(english.already.title);
  });

  it("offers no button where nothing waits any more", async () => {
    const link = await confirmLink(street);
    street.cloud.clock.advance({ minutes: 1 });
    await eraseReader(street.cloud, await keyOf(street.cloud, almut));
    for (const answer of [street.app.request(link), post(street.app, link)])
      expect(await textOf(answer)).toContain(sentences.stale.title);
  });

  it("says nothing about anyone where it is forged or of another publication", async () => {
    const link = await confirmLink(street);
    await savePublication(street.cloud, aPublication({ id: "talblatt" }));
    for (const path of [link.replace("elblandbote", "talblatt"), `${link}x`, "/elblandbote/c/..", "/niemand/c/x"])
      for (const method of ["GET", "POST"])
        expect(await textOf(street.app.request(path, { method }))).toMatch(/<h1>Dieser Link (gilt nicht mehr|ist unv)/);
    expect(await state()).toBe("pending");
  });

  it("answers 503 when it could not be written, and works afterwards", async () => {
    const link = await confirmLink(street);
    const { table } = street.cloud;
    const broken = site({ ...street.cloud, table: { ...table, write: () => Promise.reject(new Error("away")) } });
    expect((await post(broken, link)).status).toBe(503);
    expect(await state()).toBe("pending");
    expect((await post(street.app, link)).status).toBe(200);
    expect(await state()).toBe("confirmed");
  });

  it("of a new address moves the reader there", async () => {
    await takeIn(street.cloud, [almut]);
    const to = "almut@neu.example";
    const ask = { v: 1, is: "move", id: "1", at: street.cloud.clock.now().toISOString() } as const;
    const from = await keyOf(street.cloud, almut);
    await askToMove(street.cloud, { ...ask, publication: "elblandbote", from, address: to });
    const addressKey = addressKeyOf(addressSecret(await street.cloud.secrets.read("address")), to);
    const token = await makeToken(street.cloud, { is: "move", publication: "elblandbote", from, addressKey });
    const page = await textOf(street.app.request(`/elblandbote/c/${token}`));
    expect(page).toContain(sentences["confirm-move"].title);
    expect(page).toContain("a…@ne….example");
    expect(await state()).toBe("confirmed");
    expect(await textOf(post(street.app, `/elblandbote/c/${token}`))).toContain(sentences.moved.title);
    expect([await state(), await state(to)]).toEqual(["moved", "confirmed"]);
  });
});
