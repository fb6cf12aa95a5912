import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { stateOfReview } from "../../../core/desk/review.ts";
import type { KnownPerson } from "../../../core/person.ts";
import { operator } from "../../../core/rights.ts";
import type { Value } from "../../../functions/cloud/cloud.ts";
import { mendArticle } from "../../../functions/desk/articles.ts";
import { addPerson, changePerson, removePerson } from "../../../functions/desk/people.ts";
import { describePictures } from "../../../functions/desk/pictures.ts";
import { answerReview, askReview, isAnswerCurrent } from "../../../functions/desk/reviews.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { listReviews } from "../../../functions/records/reviews.ts";
import { suppress } from "../../../functions/records/suppressions.ts";
import { workUntilQuiet } from "../../../local/wiring.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";
import { keyOf } from "../an-issue-to-send.ts";
import { almut, arrive, joerdis, paper, place, reworded, standing, theArticle } from "./an-article.ts";

const desk = new URL("https://redaktion.elbland.example");
const address = "joerdis@auenrode.example";

let cloud: TestCloud;
let person: string;
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await savePublication(cloud, aPublication());
  await theArticle(cloud);
  person = (await addPerson(cloud, operator, paper, { address, name: "Jördis Mühlbach" })).id;
});
const ask = (whom: Parameters<typeof askReview>[3]["whom"] = { person }, by = almut) =>
  askReview(cloud, by, place, { revision: 1, whom, words: "Stimmen die Zahlen?", desk });
const mails = async (to = address) => {
  await workUntilQuiet(cloud);
  const { letters } = cloud.outbox.list({ limit: 10, to });
  return Promise.all(letters.map((letter) => PostalMime.parse(cloud.outbox.source(letter))));
};
const linkOf = async (to = address) =>
  /https:\/\/redaktion\.elbland\.example\/r\/review\/(\S+)/.exec((await mails(to))[0]?.text ?? "")?.[1] ?? "";
const state = async () => {
  const [review] = await listReviews(cloud, paper, place.article);
  if (!review) return undefined;
  const isSame = await isAnswerCurrent(cloud, review, await standing(cloud));
  return stateOfReview(review, isSame, cloud.clock.now().toISOString());
};

describe("asking somebody to look an article through", () => {
  it("sends them one mail with a link of their own", async () => {
    await ask();
    const [mail, ...more] = await mails();
    expect([mail?.subject, more]).toEqual(["Zur Durchsicht: Der Steg", []]);
    expect(mail?.text).toContain("Stimmen die Zahlen?");
    expect(await linkOf()).toHaveLength(43);
    expect(await state()).toBe("waiting");
  });

  it("asks once however often a form is pressed, be it twice at once, and again for somebody else", async () => {
    const other = "thomas@auenrode.example";
    const { id } = await addPerson(cloud, operator, paper, { address: other, name: "Thomas Serak" });
    const press = (whom = person) =>
      askReview(cloud, almut, place, { revision: 1, whom: { person: whom }, words: "", desk, form: "one form" });
    await Promise.all([press(), press()]);
    await press();
    await press(id);
    expect([(await mails()).length, (await mails(other)).length]).toEqual([1, 1]);
    expect(await listReviews(cloud, paper, place.article)).toHaveLength(2);
  });

  it("goes to anybody an editor names, too, and their address is kept nowhere beside the letter", async () => {
    const guest = "interview@partner.example";
    await ask({ name: "Frieda Blum", address: guest });
    expect(await linkOf(guest)).toHaveLength(43);
    const [review] = await listReviews(cloud, paper, place.article);
    expect(review).toMatchObject({ of: { name: "Frieda Blum" }, askedBy: "almut" });
    expect(JSON.stringify(review)).not.toContain(guest);
  });

  it("is for editors, about words they saw, to somebody there is", async () => {
    await expect(ask(undefined, joerdis)).rejects.toMatchObject({ code: "not-allowed" });
    await expect(ask({ person: "nobody" })).rejects.toMatchObject({ code: "no-person" });
    await expect(ask({ name: "", address: "keine adresse" })).rejects.toMatchObject({ code: /^address-/ });
    await mendArticle(cloud, almut, place, { revision: 1, markdown: await reworded(cloud, "Mai", "Juni") });
    await expect(ask()).rejects.toMatchObject({ code: "article-moved-on" });
  });

  it("leaves the house no more than sixty times an hour, for an address may be anybody's", async () => {
    for (let nth = 0; nth < 60; nth += 1) await ask({ name: "", address: `gast${nth}@partner.example` });
    await expect(ask()).rejects.toMatchObject({ code: "review-too-often" });
    expect(await listReviews(cloud, paper, place.article)).toHaveLength(60);
    cloud.clock.advance({ hours: 1 });
    await ask();
  });

  it("writes to nobody who asked never to be written to", async () => {
    await suppress(cloud, new Map([[await keyOf(cloud, address), "complained"]]));
    await ask();
    expect(await mails()).toEqual([]);
  });
});

describe("the answer", () => {
  const answer = async (agrees: boolean, words = "", revision = 1) =>
    answerReview(cloud, await linkOf(), { revision, agrees, words, desk });

  it("is seen by the editors, and may be thought over", async () => {
    await ask();
    await answer(false, "Es sind zwölf Meter.");
    expect(await state()).toBe("wishes");
    await answer(true);
    expect(await state()).toBe("agreed");
    const acts = (await cloud.table.query({ pk: `acts#${paper}`, limit: 100 })).items;
    expect(acts.filter(({ act }) => act === "answer-review").map(({ by }) => by)).toEqual([person, person]);
  });

  it("counts for the words that were seen: others make it void, a cut picture does not", async () => {
    await ask();
    await answer(true);
    const focus = { x: 80, y: 30 };
    await describePictures(cloud, almut, place, { revision: 1, pictures: [{ name: "steg.jpg", focus }] });
    expect(await state()).toBe("void");
    await answer(true, "", 2);
    await arrive(cloud, [{ v: 1, is: "cut", publication: paper, article: place.article }]);
    expect(await state()).toBe("agreed");
    await mendArticle(cloud, almut, place, { revision: 2, markdown: await reworded(cloud, "Mai", "Juni") });
    expect(await state()).toBe("void");
  });

  it("is not taken for words that changed while they read", async () => {
    await ask();
    await mendArticle(cloud, almut, place, { revision: 1, markdown: await reworded(cloud, "Mai", "Juni") });
    await expect(answer(true)).rejects.toMatchObject({ code: "article-moved-on" });
    expect(await state()).toBe("waiting");
  });

  it("says what should change, and needs a link that still leads somewhere", async () => {
    await ask();
    await expect(answer(false, " ")).rejects.toMatchObject({ code: "review-wordless" });
    const token = await linkOf();
    cloud.clock.advance({ days: 31 });
    for (const link of [token, "", "x".repeat(43)])
      await expect(answerReview(cloud, link, { revision: 1, agrees: true, words: "", desk })).rejects.toMatchObject({
        code: "no-review",
      });
    expect(await state()).toBe("lapsed");
  });
});

describe("whoever asked", () => {
  const editor = { address: "almut@auenrode.example", name: "Almut Vogelsang" };
  let asker: KnownPerson;
  beforeEach(async () => {
    asker = await addPerson(cloud, operator, paper, { ...editor, roles: ["editor"] });
  });
  const asked = (given: Partial<Parameters<typeof askReview>[3]> = {}) =>
    askReview(cloud, asker, place, { revision: 1, whom: { person }, words: "", desk, ...given });
  const answer = async (agrees: boolean, words = "") =>
    answerReview(cloud, await linkOf(), { revision: 1, agrees, words, desk });
  const told = () => mails(editor.address);

  it("hears who answered what, with a link to the article", async () => {
    await asked();
    await answer(false, "Es sind <b>zwölf</b> Meter.\r\nUnd: {name}.");
    const [mail, ...more] = await told();
    expect([mail?.subject, more]).toEqual(["Änderungswunsch: Der Steg", []]);
    expect(mail?.text).toContain("Jördis Mühlbach wünscht eine Änderung");
    expect(mail?.text).toContain("Jördis Mühlbach hat „Der Steg“ durchgesehen");
    expect(mail?.text?.replace(/\s+/g, " ")).toContain("Es sind <b>zwölf</b> Meter. Und: {name}.");
    expect(mail?.html).toContain("&lt;b&gt;zwölf&lt;/b&gt;");
    expect(mail?.html).not.toContain("<b>zwölf");
    expect(mail?.text).toContain(`https://redaktion.elbland.example/${paper}/articles/${place.article}\n`);
  });

  it("gets one letter an answer, though its message comes twice, and another for another answer", async () => {
    const add = vi.spyOn(cloud.queues.confirmations, "add");
    await asked();
    await answer(false, "Es sind zwölf Meter.");
    const message = add.mock.calls.map(([[one]]) => one).find((one) => (one as { is: string }).is === "answered");
    await told();
    await cloud.queues.confirmations.add([message as Value]);
    expect(await told()).toHaveLength(1);
    await answer(true);
    expect((await told()).map(({ subject }) => subject).sort()).toEqual([
      "Einverstanden: Der Steg",
      "Änderungswunsch: Der Steg",
    ]);
  });

  it("hears it in the language they asked in", async () => {
    await asked({ language: "en" });
    await answer(true);
    expect((await told())[0]?.subject).toBe("Agreed: Der Steg");
  });

  it("hears nothing once removed, nor where they may not ask any more", async () => {
    await asked();
    const token = await linkOf();
    const version = asker.version ?? 0;
    await changePerson(cloud, operator, paper, asker.id, { name: editor.name, roles: ["author"], version });
    await answerReview(cloud, token, { revision: 1, agrees: true, words: "", desk });
    expect(await told()).toEqual([]);
    await removePerson(cloud, operator, paper, asker.id);
    await answerReview(cloud, token, { revision: 1, agrees: true, words: "", desk });
    expect(await told()).toEqual([]);
  });
});
