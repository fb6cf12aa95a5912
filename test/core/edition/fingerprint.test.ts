import { describe, expect, it } from "vitest";
import { type Article, articleSchema } from "../../../core/article/article.ts";
import { build } from "../../../core/edition/build.ts";
import type { EditionInput } from "../../../core/edition/edition.ts";
import { type IssuePlan, issuePlanSchema } from "../../../core/issue/issue.ts";
import { type Publication, publicationSchema } from "../../../core/publication.ts";
import { aDownload, anArticle, anEditionInput, aPicture, paragraph, people, t } from "../../people-and-papers.ts";

/**
 * Every field of issue, publication and article changed one by one. What a reader sees or gets makes another build, and
 * takes the approval with it; what only the desk sees does not. A field that is new has to be entered here.
 */
type Changes<T> = { readonly [Field in keyof Required<T>]: readonly Trial<T>[] };
interface Trial<T> {
  readonly what?: string;
  readonly to: Partial<T>;
  readonly isSeen: boolean;
}
const seen = <T>(to: Partial<T>, what?: string): Trial<T> => ({ to, isSeen: true, ...(what && { what }) });
const unseen = <T>(to: Partial<T>, what?: string): Trial<T> => ({ to, isSeen: false, ...(what && { what }) });

const article = anArticle({
  ...{ id: "wind", slug: "wind", title: "Auenrode rechnet mit dem Wind", authors: [people.thomas] },
  ...{ hero: aPicture("wind.jpg", { alt: "Drei Windräder" }), teaser: "Ein Dorf, drei Windräder." },
});
const other = anArticle({ id: "recht", slug: "recht", title: "Ratsbeschluss im Umlauf", hero: aPicture("rat.jpg") });

const ofIssue: Changes<IssuePlan> = {
  publication: [],
  number: [seen({ number: 2 })],
  year: [seen({ year: 2027 })],
  erratum: [seen({ erratum: 1 })],
  date: [seen({ date: "2026-03-03" })],
  language: [seen({ language: "en" })],
  topic: [seen({ topic: "recht" }, "whoever approves says yes to whom it goes, too")],
  theme: [
    seen({ theme: { title: "Wasser", intro: "" } }, "title"),
    seen({ theme: { title: "Kleine Orte, große Wege", intro: "Worum es geht." } }, "intro"),
  ],
  lead: [seen({ lead: "recht" }), unseen({ lead: "wind" }, "named, where it is the first anyway")],
  editorial: [seen({ editorial: "recht" })],
  sections: [seen({ sections: [{ name: "Anders", articles: ["wind", "recht"] }] })],
  teasers: [seen({ teasers: { recht: "Nur in dieser Ausgabe." } })],
  cover: [seen({ cover: { article: "recht", picture: "rat.jpg" } })],
  dueAt: [unseen({ dueAt: "2026-02-16" })],
  subject: [seen({ subject: "Ein Betreff" })],
  preheader: [seen({ preheader: "Eine Vorschau" })],
  downloads: [seen({ downloads: [aDownload()] })],
  corrections: [seen({ corrections: [{ article: "wind", date: "2026-03-05", text: "Es sind vier." }] })],
};

const given = anEditionInput({}).publication;
const { publisher, sender } = given;
const ofPublication: Changes<Publication> = {
  v: [],
  id: [],
  title: [seen({ title: "ELBLANDzeitung" })],
  titleParts: [seen({ titleParts: ["ELB", "LANDbote"] })],
  subtitle: [seen({ subtitle: "Ein anderer" })],
  claim: [seen({ claim: "Ein anderer" })],
  publisher: [
    seen({ publisher: { ...publisher, name: "Ein anderer" } }, "name"),
    seen({ publisher: { ...publisher, address: ["Anderswo 1"] } }, "address"),
    unseen({ publisher: { ...publisher, legalForm: "GmbH" } }, "legalForm, of the imprint"),
    unseen({ publisher: { ...publisher, register: "HRB 1" } }, "register, of the imprint"),
    unseen({ publisher: { ...publisher, email: "a@elbe.example" } }, "email, of the imprint"),
    unseen({ publisher: { ...publisher, phone: "03999 1" } }, "phone, of the imprint"),
    unseen({ publisher: { ...publisher, representedBy: "Jemand" } }, "representedBy, of the imprint"),
  ],
  responsiblePerson: [seen({ responsiblePerson: "Jemand" })],
  issn: [seen({ issn: "1234-5679" })],
  language: [],
  sender: [
    seen({ sender: { ...sender, from: "a@elblandbote.example" } }, "from"),
    seen({ sender: { ...sender, name: "Ein anderer" } }, "name"),
    seen({ sender: { ...sender, replyTo: "a@elblandbote.example" } }, "replyTo"),
    unseen({ sender: { ...sender, listId: "b.elblandbote.example" } }, "listId"),
    unseen({ sender: { ...sender, isKnown: true } }, "isKnown"),
  ],
  submissions: [unseen({ submissions: "a@elblandbote.example" })],
  baseUrl: [seen({ baseUrl: "https://anderswo.example" })],
  timeZone: [unseen({ timeZone: "Europe/Lisbon" })],
  approvals: [unseen({ approvals: "one" })],
  accent: [seen({ accent: "#7A1F4B" })],
  logo: [
    seen({ logo: { alt: "Eine Fähre", light: { sha256: "c".repeat(64), width: 72, height: 72, needsPlate: true } } }),
  ],
  imprint: [unseen({ imprint: "Anderswo." }, "a page of its own")],
  privacy: [unseen({ privacy: "Anders." }, "a page of its own")],
  accessibility: [unseen({ accessibility: "Anders." }, "a page of its own")],
  topics: [unseen({ topics: [{ id: "recht", title: "Recht" }] })],
  sections: [unseen({ sections: ["Recht"] })],
  dueDays: [unseen({ dueDays: 3 })],
  besides: [unseen({ besides: ["bergblatt"] })],
  consentWording: [unseen({ consentWording: { de: "Ja." } })],
  welcome: [unseen({ welcome: true })],
  checksLinks: [unseen({ checksLinks: false })],
  proofPrinting: [seen({ proofPrinting: true })],
};

const ofArticle: Changes<Article> = {
  v: [],
  publication: [],
  id: [],
  slug: [seen({ slug: "anders" })],
  revision: [unseen({ revision: 2 }, "another revision of the same words")],
  kind: [seen({ kind: "notice" })],
  language: [seen({ language: "en" })],
  kicker: [seen({ kicker: "Energie" })],
  title: [seen({ title: "Anders" })],
  subtitle: [seen({ subtitle: "Anders" })],
  teaser: [seen({ teaser: "Anders." })],
  lead: [seen({ lead: t("Anders.") })],
  authors: [seen({ authors: [people.joerdis] })],
  hero: [
    seen({ hero: aPicture("rad.jpg", { alt: "Drei Windräder" }) }, "another picture"),
    seen({ hero: aPicture("wind.jpg", { alt: "Anders" }) }, "alt"),
    seen({ hero: aPicture("wind.jpg", { alt: "Drei Windräder", credit: "Anders" }) }, "credit"),
    seen({ hero: aPicture("wind.jpg", { alt: "Drei Windräder", caption: t("Anders") }) }, "caption"),
  ],
  blocks: [seen({ blocks: [paragraph("Anders.")] })],
  linkBox: [seen({ linkBox: { title: "Links", entries: [{ kind: "text", label: "Anders", url: null }] } })],
  notes: [seen({ notes: [t("Anders.")] })],
  event: [seen({ kind: "date", event: { day: "2026-03-12", until: null, place: "Lindenau" } })],
  mail: [seen({ mail: "full" })],
  images: [],
  origin: [unseen({ origin: { contentId: "x", format: "word" } })],
};

async function fingerprintOf(input: EditionInput): Promise<string> {
  const { editions, refusals } = await build(input);
  if (!editions) throw new Error(refusals.map(({ code }) => code).join());
  return editions.manifest.fingerprint;
}

const inputOf = (of: { issue?: object; publication?: object; article?: object }): EditionInput =>
  anEditionInput(
    { Recht: [anArticle({ ...article, ...of.article }), other] },
    { issue: of.issue ?? {}, publication: of.publication ?? {} },
  );

const standing = await fingerprintOf(inputOf({}));

const trials = <T>(changes: Changes<T>): [string, Trial<T>][] =>
  Object.entries<readonly Trial<T>[]>(changes).flatMap(([field, all]) =>
    all.map((one): [string, Trial<T>] => [`${field}${one.what ? ` (${one.what})` : ""}`, one]),
  );

describe("the fingerprint of a build", () => {
  describe.each([
    ["issue", ofIssue, issuePlanSchema],
    ["publication", ofPublication, publicationSchema],
    ["article", ofArticle, articleSchema],
  ] as const)("when of its %s something is changed", (noun, changes, schema) => {
    it("is tried with every field there is", () =>
      expect(Object.keys(changes).sort()).toEqual(Object.keys(schema.shape).sort()));

    it.each(trials(changes as Changes<object>))("%s", async (_, { to, isSeen }) => {
      expect((await fingerprintOf(inputOf({ [noun]: to }))) !== standing).toBe(isSeen);
    });
  });
});
