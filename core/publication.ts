import * as z from "zod";
import { dateFormat } from "./formats.ts";
import { logoSchema } from "./logo/logo.ts";

/** The title itself: masthead, voice, sender address, look, imprint. One row, `publication#<id>` / `settings`. */

/** First in every address: what the links of letters, the mailbox and the desk answer to can be no publication. */
const taken: readonly string[] = [
  ...["u", "e", "s", "c", "mailbox"],
  ...["r", "session", "gestalt", "upload", "founding", "pictures"],
];

export const publicationId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/)
  .refine((id) => !taken.includes(id));
/** "bauen-und-planen" */
export const topicId = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/);
const isEachOnce = (topics: readonly { id: string }[]): boolean =>
  new Set(topics.map(({ id }) => id)).size === topics.length;
const line = z.string().min(1).max(300);
const address = z.string().regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/);

/** Public paths are words of the publication's language, fixed when it is founded: permalinks never move. */
export const paths = {
  de: {
    issues: "ausgaben",
    archive: "archiv",
    print: "druck",
    imprint: "impressum",
    privacy: "datenschutz",
    accessibility: "barrierefreiheit",
    subscribe: "bestellen",
    submit: "einreichen",
    template: "vorlage.docx",
  },
  en: {
    issues: "issues",
    archive: "archive",
    print: "print",
    imprint: "imprint",
    privacy: "privacy",
    accessibility: "accessibility",
    subscribe: "subscribe",
    submit: "submit",
    template: "template.docx",
  },
} as const;
export type Paths = (typeof paths)["de"] | (typeof paths)["en"];

export const publicationSchema = z.strictObject({
  v: z.literal(1).default(1),
  id: publicationId,
  title: line,
  /** Bold and light half of the wordmark; together they are the title. */
  titleParts: z.tuple([line, z.string().max(100)]),
  /** "Organ des …" */
  subtitle: z.string().max(300).default(""),
  claim: z.string().max(300).default(""),
  publisher: z.strictObject({
    name: line,
    /** Postal address, one line each. */
    address: z.array(line).min(1),
    legalForm: z.string().max(200).default(""),
    register: z.string().max(200).default(""),
    email: address,
    phone: z.string().max(60).default(""),
    representedBy: z.string().max(300).default(""),
  }),
  /** V. i. S. d. § 18 Abs. 2 MStV; a build without one is refused. */
  responsiblePerson: z.string().max(300).default(""),
  issn: z
    .string()
    .regex(/^\d{4}-\d{3}[\dX]$/)
    .optional(),
  language: z.enum(["de", "en"]),
  sender: z.strictObject({
    from: address,
    name: line,
    replyTo: address,
    listId: z.string().regex(/^[a-z0-9.-]+\.[a-z]+$/),
    /** Mailbox providers know the domain already, from another tool: no warm-up. */
    isKnown: z.boolean().optional(),
  }),
  /** Mail from its authors to this address becomes a submission; nobody else reads there. */
  submissions: address.optional(),
  /** Everything public hangs below it; no trailing slash. */
  baseUrl: z.string().regex(/^https?:\/\/[^\s/?#]+(\/[^\s?#]*[^\s/?#])?$/),
  timeZone: z.string().refine(isTimeZone).default("Europe/Berlin"),
  approvals: z.enum(["one", "two"]).default("two"),
  /** The one colour that acts; the palette is derived from it. */
  accent: z
    .string()
    .regex(/^#[0-9A-Fa-f]{6}$/)
    .default("#0B5A3E"),
  /** The publisher's emblem, at the foot of pages and letters. */
  logo: logoSchema.optional(),
  /** Paragraphs of plain text or Markdown links for the pages named so. A build without an imprint is refused. */
  imprint: z.string().max(50_000).default(""),
  privacy: z.string().min(1).max(100_000),
  accessibility: z.string().min(1).max(50_000),
  /** What readers may choose between: which issues come to them. */
  topics: z
    .array(z.strictObject({ id: topicId, title: line }))
    .max(50)
    .refine(isEachOnce)
    .default([]),
  /** Names an issue's sections are chosen from, in their order. */
  sections: z
    .array(z.string().min(1).max(60))
    .max(30)
    .refine((names) => new Set(names).size === names.length)
    .default([]),
  /** So many days before an issue's date authors hand in at the latest. */
  dueDays: z.number().int().min(0).max(180).default(14),
  /** Other publications of the deployment that its order form offers too, by id. */
  besides: z.array(publicationId).max(19).default([]),
  /** The publication's own words of consent by language, one sentence; else a usual one. */
  consentWording: z
    .strictObject({ de: z.string().min(1).max(2000).optional(), en: z.string().min(1).max(2000).optional() })
    .default({}),
  /** Whoever confirms gets the current issue at once. */
  welcome: z.boolean().default(false),
  /** A check of an issue follows its links to see whether anybody answers. */
  checksLinks: z.boolean().default(true),
  /** A proof printing (Probedruck) has no imprint of its own and says so. */
  proofPrinting: z.boolean().default(false),
});
export type Publication = z.infer<typeof publicationSchema>;

function isTimeZone(name: string): boolean {
  try {
    return Boolean(dateFormat("de", { timeZone: name }));
  } catch {
    return false;
  }
}
