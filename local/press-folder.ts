import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { downloadSchema, type OfferedDownload } from "../core/issue/download.ts";
import { type IssuePlan, issuePlanSchema } from "../core/issue/issue.ts";
import { completePlan } from "../core/issue/issue-settings.ts";
import type { Publication } from "../core/publication.ts";
import { publicationSettingsWith } from "../core/publication-settings.ts";
import { type Note, Refusal } from "../core/refusal.ts";
import { type Language, words } from "../core/words.ts";
import { readDownloads } from "./downloads.ts";
import { refusePath } from "./given-file.ts";
import { type GivenLogo, logoOnPaper, readGivenLogo } from "./logo.ts";
import { type Found, type PressSubmission, readSubmissions } from "./press-submissions.ts";
import { readSettingsFile } from "./settings-file.ts";

/** A folder as an editor keeps it on a desk: `publication.yaml`, `issue.yaml`, `articles/…`, `readers.csv`. */
export interface PressFolder {
  /** Its logo is yet to be made. */
  readonly publication: Publication | undefined;
  readonly logo: GivenLogo | undefined;
  readonly plan: PlanOnPaper | undefined;
  readonly submissions: readonly PressSubmission[];
  readonly downloads: readonly OfferedDownload[];
  readonly readers: Uint8Array | undefined;
  readonly notes: readonly Note[];
}

/**
 * What `issue.yaml` says; publication and language come from the publication. Of files to take along it names those
 * beside it; all else about them is in their bytes.
 */
const wholePlan = issuePlanSchema.omit({ publication: true, language: true }).extend({
  language: z.enum(["de", "en"]).optional(),
  sections: issuePlanSchema.shape.sections.default([]),
  downloads: z.array(z.strictObject({ file: z.string(), label: downloadSchema.shape.label })).default([]),
});
export type PlanOnPaper = z.infer<typeof wholePlan>;
export const planOnPaper = (language: Language) =>
  z.preprocess((given) => completePlan(given, words(language).cli.proof.section), wholePlan);

export const germanIssue = {
  ausgabe: "issue",
  nummer: "number",
  jahr: "year",
  datum: "date",
  sprache: "language",
  thema: "theme",
  themengebiet: "topic",
  titel: "title",
  einleitung: "intro",
  leitartikel: "lead",
  rubriken: "sections",
  name: "name",
  beiträge: "articles",
  anreißer: "teasers",
  beitrag: "article",
  titelbild: "cover",
  bild: "picture",
  einsendeschluss: "dueAt",
  betreff: "subject",
  vorschau: "preheader",
  downloads: "downloads",
  datei: "file",
  bezeichnung: "label",
} as const;
export const publicationOnPaper = publicationSettingsWith(logoOnPaper);

export const germanPublication = {
  titel: "title",
  titelteile: "titleParts",
  untertitel: "subtitle",
  anspruch: "claim",
  herausgeber: "publisher",
  anschrift: "address",
  rechtsform: "legalForm",
  registereintrag: "register",
  telefon: "phone",
  vertreten: "representedBy",
  verantwortlich: "responsiblePerson",
  sprache: "language",
  absender: "sender",
  adresse: "baseUrl",
  einreichungen: "submissions",
  zeitzone: "timeZone",
  freigaben: "approvals",
  themengebiete: "topics",
  kennung: "id",
  daneben: "besides",
  einwilligung: "consentWording",
  begrüßung: "welcome",
  linkprüfung: "checksLinks",
  rubriken: "sections",
  einreichfrist: "dueDays",
  farbe: "accent",
  datei: "file",
  dunkel: "dark",
  impressum: "imprint",
  datenschutz: "privacy",
  barrierefreiheit: "accessibility",
} as const;

/** @throws Refusal when the folder or one of its settings cannot be read, `nothing-to-print` when no text lies there */
export async function readPressFolder(folder: string, language: Language): Promise<PressFolder> {
  if (!existsSync(folder) || !(await stat(folder)).isDirectory()) throw new Refusal("no-folder", { folder });
  const written = await readYaml(folder, "publication.yaml", publicationOnPaper, germanPublication, language);
  const { logo: named, ...publication } = written ?? { logo: undefined };
  const logo = await readGivenLogo(folder, named);
  const plan = await readYaml(folder, "issue.yaml", planOnPaper(language), germanIssue, language);
  const downloads = await readDownloads(folder, plan?.downloads ?? []);
  const articles = join(folder, "articles");
  const inArticles = existsSync(articles) ? await readArticles(articles) : undefined;
  const beside = await readSubmissions(folder, inArticles ? "none" : "with a text");
  const submissions = [...(inArticles?.submissions ?? []), ...beside.submissions];
  const notes = [...(inArticles?.notes ?? []), ...beside.notes];
  if (submissions.length === 0) throw new Refusal("nothing-to-print", { folder });
  const readers = existsSync(join(folder, "readers.csv")) ? await readFile(join(folder, "readers.csv")) : undefined;
  return { publication: written && (publication as Publication), logo, plan, submissions, downloads, readers, notes };
}

async function readYaml<T>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  german: Readonly<Record<string, string>>,
  language: Language,
): Promise<T | undefined> {
  if (!existsSync(join(folder, file))) return undefined;
  return readSettingsFile(join(folder, file), schema, { german, language });
}

/** @throws Refusal `no-access` where `articles` is no folder or cannot be read */
const readArticles = (folder: string): Promise<Found> =>
  readSubmissions(folder, "all").catch((trouble: unknown) => refusePath(folder, trouble));

/** The issue an editor planned on paper, for the publication it belongs to. Downloads follow when they are kept. */
export const planFor = (publication: Publication, plan: PlanOnPaper): IssuePlan => ({
  ...plan,
  publication: publication.id,
  language: plan.language ?? publication.language,
  downloads: [],
});
