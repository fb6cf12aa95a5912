import { beforeEach, describe, expect, it, vi } from "vitest";
import { words } from "../../../core/words.ts";
import { consentRange } from "../../../functions/records/keys.ts";
import { readSubscriber } from "../../../functions/records/subscribers.ts";
import { keyOf, takeIn } from "../an-issue-to-send.ts";
import { almut, aStreet, fieldIn, linkOf, post, type Street, textOf } from "./a-street.ts";

const sentences = words("de").site;
const topics = [
  { id: "bauen", title: "Bauen und Planen" },
  { id: "recht", title: "Recht" },
];
let street: Street;
let link: string;
let key: string;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  street = await aStreet({ topics });
  await takeIn(street.cloud, [almut]);
  link = await linkOf(street, "preferences");
  key = await keyOf(street.cloud, almut);
});
const reader = () => readSubscriber(street.cloud, "elblandbote", key);
const read = (path = link) => textOf(street.app.request(path));
const choice = { topic: "recht", format: "text", language: "de", away: "" };

describe("the preferences", () => {
  it("show what is chosen and half the address, and change nothing by being read", async () => {
    const before = await reader();
    const page = await read();
    expect(page).toContain("a…@stadt-….example");
    expect(page).not.toContain(almut);
    expect(page).toContain('value="html" checked');
    expect(page).toContain(`href="${(await linkOf(street, "leave")).replace("/elblandbote", "")}"`);
    expect(await reader()).toEqual(before);
  });

  it("are saved, and say so", async () => {
    const page = await textOf(post(street.app, link, { ...choice, away: "2026-12-31" }));
    expect(page).toContain(`role="status">${sentences.preferences.saved}`);
    expect(page).toMatch(/value="recht" checked.*value="text" checked/s);
    expect(fieldIn(page, "away")).toBe("2026-12-31");
    // Midnight in Berlin.
    expect(await reader()).toMatchObject({
      topics: ["recht"],
      format: "text",
      pausedUntil: "2026-12-31T23:00:00.000Z",
    });
    await post(street.app, link, choice);
    expect(await reader()).not.toHaveProperty("pausedUntil");
  });

  it("say what is wrong with a day, and keep the rest as it was chosen", async () => {
    const answer = await post(street.app, link, { ...choice, away: "2020-01-01" });
    expect(answer.status).toBe(422);
    const page = await textOf(answer);
    expect(page).toMatch(/id="away-problem" role="alert">[^<]+</);
    expect(page).toMatch(/name="away"[^>]* aria-invalid="true" autofocus/);
    expect([fieldIn(page, "away"), page.includes('value="recht" checked')]).toEqual(["2020-01-01", true]);
    expect(await reader()).toMatchObject({ topics: [], format: "html" });
  });

  it("are had in the reader's own language, unless another is asked for", async () => {
    await post(street.app, link, { ...choice, language: "en" });
    expect(await read()).toContain('<html lang="en"');
    expect(await read(`${link}?sprache=de`)).toContain('<html lang="de"');
  });

  it("say no more than a way to order to somebody who is no reader", async () => {
    await post(street.app, await linkOf(street, "leave"));
    for (const answer of [street.app.request(link), post(street.app, link, choice)])
      expect(await textOf(answer)).toContain(sentences.gone.title);
    const stranger = await linkOf(street, "preferences", "niemand@auenrode.example");
    expect((await read(stranger)).replaceAll(stranger.slice(13), "")).toBe(
      (await read()).replaceAll(link.slice(13), ""),
    );
    expect(await read(link.slice(0, -1))).toContain(sentences["unknown-link"].title);
    expect(await read(await linkOf(street, "leave").then((one) => one.replace("/u/", "/e/")))).toContain(
      sentences["unknown-link"].title,
    );
  });
});

describe("a new address", () => {
  it("is asked to confirm first", async () => {
    const before = await reader();
    const page = await textOf(
      post(street.app, `${link}/address`, { address: " Almut@Neu.example", current: almut.toUpperCase() }),
    );
    expect(page).toContain(sentences.mailbox.title);
    expect(street.asked).toMatchObject([
      { is: "move", publication: "elblandbote", from: key, address: "almut@neu.example" },
    ]);
    expect(await reader()).toEqual(before);
  });

  it("is not taken from whoever was only forwarded the link: they do not know the whole address", async () => {
    for (const current of ["", "almut", "jemand@auenrode.example"]) {
      const answer = await post(street.app, `${link}/address`, { address: "dieb@neu.example", current });
      expect(answer.status).toBe(422);
      const page = await textOf(answer);
      expect(page).toContain('id="current-problem" role="alert"');
      expect(page).toContain('value="dieb@neu.example"');
      expect(page).not.toContain(almut);
    }
    expect(street.asked).toEqual([]);
  });

  it("is looked at like any other", async () => {
    const wrong = await post(street.app, `${link}/address`, { address: "almut" });
    expect(wrong.status).toBe(422);
    expect(await textOf(wrong)).toContain('aria-invalid="true" autofocus');
    expect((await post(street.app, `${link}/address`, { address: "abuse@stadt.example", current: almut })).status).toBe(
      422,
    );
    const slip = await textOf(post(street.app, `${link}/address`, { address: "almut@gmial.com", current: almut }));
    expect(slip).toContain('name="meant" value="almut@gmail.com" autofocus');
    expect(street.asked).toEqual([]);
  });
});

describe("that was a mistake", () => {
  it("brings a reader back for ten minutes, and nobody after that", async () => {
    const leave = await linkOf(street, "leave");
    const left = await textOf(post(street.app, leave));
    expect(left).toContain(`action="${leave.replace("/elblandbote", "")}/undo"`);
    expect(await textOf(street.app.request(leave))).toContain("/undo");
    // Pressed twice, as people do.
    for (const _ of ["once", "twice"])
      expect(await textOf(post(street.app, `${leave}/undo`))).toContain(sentences.undone.title);
    expect(await reader()).toMatchObject({ state: "confirmed", address: almut });
    // The same page in the other language is no button that takes back what nobody did.
    expect(await textOf(street.app.request(`${leave}/undo?sprache=en`))).toContain(words("en").site.undone.title);
    street.cloud.clock.advance({ seconds: 1 });
    await post(street.app, leave);
    street.cloud.clock.advance({ minutes: 11 });
    expect(await textOf(street.app.request(leave))).not.toContain("/undo");
    expect(await textOf(post(street.app, `${leave}/undo`))).toContain(sentences["too-late"].title);
    expect(await reader()).toMatchObject({ state: "unsubscribed" });
  });
});

describe("my data", () => {
  it("go only to whoever knows the whole address: the link may have been forwarded", async () => {
    expect(await read(`${link}/data`)).not.toContain(almut);
    for (const address of ["", "bertil@auenrode.example", "kein"]) {
      const answer = await post(street.app, `${link}/data`, { address });
      expect(answer.status).toBe(422);
      expect(await textOf(answer)).toContain(sentences.data.other);
    }
    const answer = await post(street.app, `${link}/data`, { address: almut.toUpperCase() });
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="elblandbote.json"');
    expect(await answer.json()).toMatchObject({
      subscriptions: [{ publication: "elblandbote", address: almut }],
      evidence: [{ kind: "import" }],
    });
  });

  it("are erased by a button, after the whole address; the link then knows nobody", async () => {
    expect(await read(`${link}/erase`)).toContain(sentences.erase.stays);
    expect((await post(street.app, `${link}/erase`, { address: "bertil@auenrode.example" })).status).toBe(422);
    expect(await reader()).toMatchObject({ state: "confirmed" });
    expect(await textOf(post(street.app, `${link}/erase`, { address: almut }))).toContain(sentences.erased.title);
    expect(JSON.stringify(await reader())).not.toContain("@");
    expect((await street.cloud.table.query({ ...consentRange(key), limit: 9 })).items).not.toEqual([]);
    expect(await read()).toContain(sentences.gone.title);
  });
});
