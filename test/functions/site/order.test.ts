import { beforeEach, describe, expect, it, vi } from "vitest";
import { holdTogether } from "../../../core/article/no-break.ts";
import { sentenceOf, wordingOf } from "../../../core/subscriber/consent.ts";
import { words } from "../../../core/words.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { confirmReader } from "../../../functions/records/readers.ts";
import { readWording } from "../../../functions/records/wordings.ts";
import { site } from "../../../functions/site.ts";
import { aPublication } from "../../people-and-papers.ts";
import { takeIn } from "../an-issue-to-send.ts";
import { almut, aStreet, confirmLink, fieldIn, filledIn, post, type Street, textOf, withWork } from "./a-street.ts";

const sentences = words("de").site;
const topics = [
  { id: "bauen", title: "Bauen und Planen" },
  { id: "recht", title: "Recht" },
];
let street: Street;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  street = await aStreet({ topics });
});
const order = (typed = {}, headers = {}) =>
  post(street.app, "/elblandbote/s", filledIn(street.publication, typed), headers);
/** As it is set: what belongs together stays on one line. */
const consent = (title = "ELBLANDbote") => holdTogether(sentenceOf(aPublication({ title }), "de"), "de");

describe("ordering with a script", () => {
  it("hands the wish on, with the words that were shown, and says to look into the mailbox", async () => {
    const answer = await order({
      ...(await withWork(street)),
      name: " Almut\u0000 Weiß ",
      topic: ["recht", "niemals"],
    });
    expect(answer.status).toBe(200);
    const page = await textOf(answer);
    expect(page).toContain(sentences.mailbox.title);
    expect(page).toContain(almut);
    const { hash } = wordingOf(street.publication, "de");
    expect(street.asked).toMatchObject([
      {
        ...{ v: 1, is: "sign-up", at: street.cloud.clock.now().toISOString(), publications: ["elblandbote"] },
        ...{ address: almut, name: "Almut Weiß", language: "de", format: "html", topics: { elblandbote: ["recht"] } },
        ...{ form: "https://elblandbote.example/bestellen/", wording: hash },
      },
    ]);
    expect(await readWording(street.cloud, hash)).toMatchObject({ publications: ["elblandbote"] });
  });

  it.each(["abuse@telekom.example", "no-reply+x@stadt.example", "postmaster@auenrode.example"])(
    "writes to no mailbox that nobody reads or that is there for trouble: %s",
    async (address) => {
      const answer = await order({ ...(await withWork(street)), address });
      expect(answer.status).toBe(422);
      expect(await textOf(answer)).toContain("tragen Sie die Adresse einer Person ein");
      expect(street.asked).toEqual([]);
    },
  );

  it("gives the same answer whoever it is: new, waiting, a reader, one who left", async () => {
    await confirmLink(street, { address: "wartend@auenrode.example" });
    await takeIn(street.cloud, ["leserin@auenrode.example"]);
    const pages = [];
    for (const address of ["neu@auenrode.example", "wartend@auenrode.example", "leserin@auenrode.example"]) {
      const answer = await order({ ...(await withWork(street)), address });
      pages.push([answer.status, (await answer.text()).replaceAll(address, "")]);
    }
    expect(new Set(pages.map((page) => JSON.stringify(page))).size).toBe(1);
    expect(street.asked).toHaveLength(3);
  });

  it("says so when it could not be handed on", async () => {
    const add = () => Promise.reject(new Error("the queue is away"));
    const broken = site({ ...street.cloud, queues: { ...street.cloud.queues, confirmations: { add } } });
    const answer = await post(broken, "/elblandbote/s", filledIn(street.publication, await withWork(street)));
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain(sentences.fault.title);
  });
});

describe("ordering without a script", () => {
  it("asks for a second look, and takes the order when it was not a machine's haste", async () => {
    const second = await textOf(order({ name: "Almut" }));
    expect(second).toContain(sentences.slower.title);
    expect(street.asked).toEqual([]);
    const step = fieldIn(second, "step");
    expect([fieldIn(second, "address"), fieldIn(second, "name")]).toEqual([almut, "Almut"]);
    expect(await textOf(order({ step }))).toContain(sentences.slower.soon);
    street.cloud.clock.advance({ seconds: 12 });
    expect(await textOf(order({ step }))).toContain(sentences.mailbox.title);
    expect(street.asked).toMatchObject([{ address: almut, form: "https://elblandbote.example/s" }]);
  });

  it("from another site leads to the words of consent first", async () => {
    const page = await textOf(
      post(street.app, "/elblandbote/s", { address: almut, said: "de" }, { origin: "https://auenrode.example" }),
    );
    expect(page).toContain(sentences.slower.title);
    expect(page).toContain(consent());
    expect(page).not.toMatch(/name="publication"[^>]*checked/);
    expect(page).not.toContain('role="alert"');
    street.cloud.clock.advance({ seconds: 12 });
    expect(await textOf(order({ step: fieldIn(page, "step") }))).toContain(sentences.mailbox.title);
    expect(street.asked).toHaveLength(1);
  });

  it("finds the lines to embed on a page of their own", async () => {
    const page = await textOf(street.app.request("/elblandbote/s/form"));
    expect(page).toContain(
      "&lt;form method&#x3D;&quot;post&quot; action&#x3D;&quot;https://elblandbote.example/s&quot;",
    );
    expect(page).not.toMatch(/&lt;script|style=/);
  });
});

describe("what is wrong with an order", () => {
  it("is said beside its field, which has the focus, and what was typed stays", async () => {
    const answer = await order({ address: "almut.auenrode", name: "Almut", topic: "bauen", publication: [] });
    expect(answer.status).toBe(422);
    const page = await textOf(answer);
    expect(page).toMatch(/<p class="problem" id="address-problem" role="alert">[^<]*@/);
    expect(page).toMatch(/name="address"[^>]* autofocus aria-invalid="true" aria-describedby="address-problem"/);
    expect(page).toContain(sentences.order.none);
    expect([fieldIn(page, "address"), fieldIn(page, "name")]).toEqual(["almut.auenrode", "Almut"]);
    expect(page).toContain('name="topic" value="bauen" checked');
    expect(page).toContain(`<title>${sentences.order.mark}: `);
    expect(street.asked).toEqual([]);
  });

  it("is asked about where it may be a slip, and never corrected silently", async () => {
    const typed = "almut@gmial.com";
    const page = await textOf(order({ address: typed }));
    expect(page).toContain(sentences.order.slip);
    expect(page).toContain('name="meant" value="almut@gmail.com" autofocus');
    expect(fieldIn(page, "address")).toBe(typed);
    const work = await withWork(street);
    await order({ ...work, address: typed, meant: typed });
    expect(street.asked).toMatchObject([{ address: typed }]);
    await order({ ...(await withWork(street)), address: typed, meant: "almut@gmail.com" });
    expect(street.asked[1]).toMatchObject({ address: "almut@gmail.com" });
    await order({ ...(await withWork(street)), address: typed, meant: "fremd@gmail.com" });
    expect(street.asked).toHaveLength(2);
  });

  it("is also a wording nobody reads any more", async () => {
    const old = wordingOf(street.publication, "de").hash;
    await savePublication(street.cloud, aPublication({ topics, consentWording: { de: "Ja, bitte jede Woche." } }));
    const page = await textOf(order({ wording: old }));
    expect(page).toContain(sentences.order.changed);
    expect(page).toContain("Ja, bitte jede Woche.");
    expect(street.asked).toEqual([]);
  });

  it("changes nothing where a machine filled in what people do not see", async () => {
    expect(await textOf(order({ ...(await withWork(street)), homepage: "https://evil.example" }))).toContain(
      sentences.mailbox.title,
    );
    expect(street.asked).toEqual([]);
  });
});

describe("the form", () => {
  it("is had in German and English, as asked for, then as the browser says", async () => {
    const head = async (path: string, headers = {}) =>
      /<html lang="(..)"/.exec(await textOf(street.app.request(path, { headers })))?.[1];
    const english = { "accept-language": "fr-FR, en-GB;q=0.8, de;q=0.5" };
    expect(await head("/elblandbote/s")).toBe("de");
    expect(await head("/elblandbote/s", english)).toBe("en");
    expect(await head("/elblandbote/s?sprache=de", english)).toBe("de");
    expect(await textOf(order({ said: "en", address: "" }))).toContain('<html lang="en"');
  });

  it("offers no other language where it answers a post: behind that link all that was typed would be gone", async () => {
    expect(await textOf(street.app.request("/elblandbote/s"))).toContain("?sprache&#x3D;en");
    expect(await textOf(order({ address: "kein" }))).not.toContain("?sprache");
    expect(await textOf(order(await withWork(street)))).not.toContain("?sprache");
  });

  it("never parts the two letters of a registered association", async () => {
    await savePublication(street.cloud, aPublication());
    expect(await textOf(street.app.request("/elblandbote/s"))).toContain("Gemeindebund e.\u00a0V. darf mir");
  });

  it("offers the publications beside it, each with its own sentence, ticked by nobody", async () => {
    await savePublication(street.cloud, aPublication({ id: "talblatt", title: "Talblatt" }));
    const both = aPublication({ besides: ["talblatt", "verschwunden"] });
    await savePublication(street.cloud, both);
    const page = await textOf(street.app.request("/elblandbote/s"));
    expect(page).toContain(consent("Talblatt"));
    expect(page).not.toMatch(/name="publication"[^>]*checked/);
    await order({ ...(await withWork(street)), publication: ["talblatt", "fremd"], wording: fieldIn(page, "wording") });
    expect(street.asked).toMatchObject([{ publications: ["talblatt"] }]);
  });

  it("takes no more than a form's worth", async () => {
    expect((await order({ name: "x".repeat(100_000) })).status).toBe(413);
  });

  it("is nobody's at a publication that is none", async () => {
    for (const path of ["/niemand/s", "/niemand/s/form", "/niemand/s/challenge"])
      expect((await street.app.request(path)).status).toBe(404);
    expect((await post(street.app, "/niemand/s", { address: almut })).status).toBe(404);
    expect(await confirmReader(street.cloud, "x")).toBeUndefined();
  });
});
