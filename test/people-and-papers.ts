import { createHash } from "node:crypto";
import type { ShelfEntry } from "../core/archive/shelf.ts";
import {
  type Article,
  type Author,
  articleSchema,
  type Block,
  type Image,
  type Inline,
  type Picture,
  type Variant,
} from "../core/article/article.ts";
import type { EditionInput } from "../core/edition/edition.ts";
import { readable } from "../core/edition/letter.ts";
import { coverOf } from "../core/edition/web/cover.ts";
import type { IssueDownload } from "../core/issue/download.ts";
import { type IssuePlan, issuePlanSchema } from "../core/issue/issue.ts";
import { type Publication, publicationSchema } from "../core/publication.ts";
import { house } from "../functions/house.ts";

/** The invented office every test works for: the ELBLANDbote, its people and its papers. */

export const t = (text: string): Inline[] => [{ type: "text", text }];
export const paragraph = (text: string): Block => ({ type: "paragraph", content: t(text) });
export const heading = (text: string, level: 2 | 3 | 4 = 2): Block => ({ type: "heading", level, content: t(text) });

/** `aPicture("rathaus.jpg", { alt: "…" })`. A name without an extension is a picture still awaited. */
export const aPicture = (name: string, given: Partial<Picture> = {}): Picture => ({
  name,
  alt: "Ein Bild aus dem Elbland",
  caption: [],
  credit: "Gemeinde Auenrode",
  ...given,
});

const jpg = (recipe: Variant["recipe"], width: number, height: number): Variant => ({
  recipe,
  type: "jpg",
  width,
  height,
  bytes: width * 60,
});

/** The bytes behind a name: an invented hash, always the same for the same name, and every variant ingest makes. */
export function anImage(name: string): Image {
  const sha256 = createHash("sha256").update(name).digest("hex");
  const wide = [480, 960, 1600].flatMap((width): Variant[] => {
    const made = jpg(`${width}` as Variant["recipe"], width, width * 0.625);
    return [made, { ...made, type: "webp" }];
  });
  const variants = [jpg("mail", 1280, 800), jpg("lead", 1280, 800), jpg("portrait", 288, 360), ...wide];
  return { sha256, width: 2400, height: 1500, variants };
}

export const anAuthor = (name: string, roleAtTime = "", portrait: Picture | null = null): Author => ({
  name,
  roleAtTime,
  portrait,
});

const portraitOf = (file: string): Picture => aPicture(file, { alt: "", credit: "privat" });

export const people = {
  joerdis: anAuthor("Jördis Mühlbach", "Bürgermeisterin der Gemeinde Auenrode", portraitOf("muehlbach.jpg")),
  thomas: anAuthor("Thomas Śěrak", "Leiter des Bürgerbüros Niederlommatz", portraitOf("serak.jpg")),
  almut: anAuthor("Dr. Almut Weiß-Özdemir", "Referentin für Vergaberecht"),
  guelsen: anAuthor("Gülşen Yıldız", "Redakteurin"),
  office: anAuthor("Redaktion"),
};

const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "ohne-titel";

function picturesIn(blocks: readonly Block[]): Picture[] {
  return blocks.flatMap((block): readonly Picture[] => {
    if (block.type === "figure") return [block.picture];
    if (block.type === "gallery") return block.pictures;
    if (block.type === "list") return block.items.flatMap((item) => picturesIn(item));
    if (block.type === "quote" || block.type === "infobox") return picturesIn(block.blocks);
    if (block.type === "interview") return block.turns.flatMap((turn) => picturesIn(turn.answer));
    return [];
  });
}

/** An article with everything the model asks for; pictures named with an extension have come, the others are awaited. */
export function anArticle(given: Partial<Article> = {}): Article {
  const title = given.title ?? "Ein Schalter, der zuhört";
  const slug = given.slug ?? slugOf(title);
  const article: Article = {
    v: 1,
    publication: "elblandbote",
    id: slug,
    slug,
    revision: 1,
    kind: "report",
    language: "de",
    kicker: "",
    title,
    subtitle: "",
    teaser: "",
    lead: [],
    authors: [],
    hero: null,
    blocks: [paragraph("Das Bürgerbüro hat die Terminpflicht abgeschafft und die Wartezeit halbiert.")],
    linkBox: null,
    notes: [],
    event: null,
    mail: "teaser",
    images: {},
    origin: { contentId: createHash("sha256").update(slug).digest("hex"), format: "markdown" },
    ...given,
  };
  const portraits = article.authors.map(({ portrait }) => portrait);
  const names = [article.hero, ...portraits, ...picturesIn(article.blocks)].flatMap((one) => one?.name ?? []);
  const come = names.filter((name) => name.includes(".")).map((name) => [name, anImage(name)] as const);
  return articleSchema.parse({ ...article, images: { ...Object.fromEntries(come), ...given.images } });
}

export const aPublication = (given: Partial<Publication> = {}): Publication =>
  publicationSchema.parse({
    id: "elblandbote",
    title: "ELBLANDbote",
    titleParts: ["ELBLAND", "bote"],
    subtitle: "Organ des Elbländischen Gemeindebundes e. V.",
    claim: "Kommunalzeitschrift für die Gemeinden im Elbland",
    publisher: {
      name: "Elbländischer Gemeindebund e. V.",
      address: ["Am Alten Hafen 4", "01999 Lindenau"],
      email: "bund@elblandbote.example",
      representedBy: "Dr. Henrike Fährmann",
    },
    responsiblePerson: "Gülşen Yıldız",
    language: "de",
    sender: {
      from: "post@elblandbote.example",
      name: "ELBLANDbote",
      replyTo: "redaktion@elblandbote.example",
      listId: "ausgaben.elblandbote.example",
    },
    baseUrl: "https://elblandbote.example",
    imprint: "Elbländischer Gemeindebund e. V., Am Alten Hafen 4, 01999 Lindenau.",
    privacy: "Wir speichern Ihre Adresse und nutzen sie nur für diese Ausgaben.",
    accessibility: "Diese Seiten sollen für alle lesbar sein.",
    ...given,
  });

export const anIssue = (given: Partial<IssuePlan> = {}): IssuePlan =>
  issuePlanSchema.parse({
    publication: "elblandbote",
    number: 1,
    year: 2026,
    date: "2026-03-02",
    language: "de",
    theme: { title: "Kleine Orte, große Wege" },
    sections: [],
    ...given,
  });

/** A file to take along, as a plan names it. */
export const aDownload = (given: Partial<IssueDownload> = {}): IssueDownload => ({
  file: "heft.pdf",
  label: "Das gedruckte Heft",
  bytes: 2_100_000,
  sha256: "a".repeat(64),
  ...given,
});

/** An issue as the shelf keeps it once it is public. */
export const shelfEntry = (input: EditionInput, publishedAt: string): ShelfEntry => ({
  v: 1,
  publishedAt,
  cover: coverOf(readable(input)),
});

export const byId = (articles: readonly Article[]): ReadonlyMap<string, Article> =>
  new Map(articles.map((article) => [article.id, article]));

/** What an edition's renderer takes: the issue of these sections, or one given whole, with the real templates. */
export function anEditionInput(
  sections: Readonly<Record<string, readonly Article[]>>,
  given: { publication?: Partial<Publication>; issue?: Partial<IssuePlan> } = {},
): EditionInput {
  const plan = Object.entries(sections).map(([name, articles]) => ({ name, articles: articles.map(({ id }) => id) }));
  return {
    publication: aPublication(given.publication),
    issue: anIssue({ sections: plan, ...given.issue }),
    articles: byId(Object.values(sections).flat()),
    house: house(),
  };
}
