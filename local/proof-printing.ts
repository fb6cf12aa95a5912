import { basename } from "node:path";
import { decoded } from "../core/article/encoding.ts";
import { readMasthead } from "../core/article/plain-text/masthead.ts";
import { slugOf } from "../core/article/slug.ts";
import type { Masthead } from "../core/article/submission.ts";
import type { IssuePlan } from "../core/issue/issue.ts";
import { issueLabel } from "../core/issue/issue.ts";
import type { Publication } from "../core/publication.ts";
import { type Note, note } from "../core/refusal.ts";
import { words } from "../core/words.ts";
import { type PlanOnPaper, type PressFolder, planFor } from "./press-folder.ts";

/** What a press prints, with everything it had to assume said as a note. */
export interface Assumed {
  readonly publication: Publication;
  readonly plan: IssuePlan;
  readonly notes: readonly Note[];
}

/**
 * Fills what the folder does not say: without `publication.yaml` it is a proof printing (Probedruck) after the text's
 * own masthead lines; without `issue.yaml` the articles stand in the order of their names.
 *
 * @param origin where the press will be looked at: the base address in pages and letters
 */
export function assume(folder: PressFolder, origin: string, today: Date): Assumed {
  const masthead = folder.submissions.map(mastheadOf).find((found) => found !== undefined);
  const founded = folder.publication ?? proofPublication(masthead);
  const publication = { ...founded, baseUrl: `${origin}/${founded.id}` };
  const plan = folder.plan ?? planAssumed(masthead, today, publication);
  const sections = plan.sections.length > 0 ? plan.sections : [everything(folder, publication)];
  const whole = planFor(publication, { ...plan, sections });
  return {
    publication,
    plan: whole,
    notes: [
      ...(folder.publication ? [] : [note("proof-printing", { title: publication.title })]),
      ...(folder.plan ? [] : [note("assumed-issue", { issue: issueLabel(whole), theme: whole.theme.title })]),
      ...(plan.sections.length > 0 || folder.submissions.length === 1
        ? []
        : [note("assumed-order", { articles: folder.submissions.length })]),
    ],
  };
}

const textOf = ({ files }: PressFolder["submissions"][number]): string => {
  const text = files.find(({ name }) => /\.(md|markdown|txt)$/i.test(name));
  return text ? decoded(text.body) : "";
};
const mastheadOf = (submission: PressFolder["submissions"][number]): Masthead | undefined =>
  readMasthead(textOf(submission));

function proofPublication(masthead: Masthead | undefined): Publication {
  const { proof } = words("de").cli;
  const titleParts: [string, string] = masthead ? [...masthead.titleParts] : [proof.title, ""];
  const title = titleParts.join("");
  return {
    v: 1,
    id: slugOf(title).slice(0, 30).replace(/-+$/, "") || "probe",
    title,
    titleParts,
    subtitle: masthead?.subtitle ?? "",
    claim: masthead?.claim ?? "",
    publisher: {
      name: masthead?.publisherName || title,
      address: [proof.noImprint],
      legalForm: "",
      register: "",
      email: "probe@example.org",
      phone: "",
      representedBy: "",
    },
    responsiblePerson: proof.noImprint,
    language: "de",
    sender: {
      from: "probe@example.org",
      name: title,
      replyTo: "probe@example.org",
      listId: `${slugOf(title) || "probe"}.example.org`,
    },
    baseUrl: "http://127.0.0.1",
    timeZone: "Europe/Berlin",
    approvals: "one",
    accent: "#0B5A3E",
    imprint: proof.noImprint,
    privacy: proof.noImprint,
    accessibility: proof.noImprint,
    topics: [],
    besides: [],
    consentWording: {},
    welcome: false,
    checksLinks: true,
    sections: [],
    dueDays: 14,
    proofPrinting: true,
  };
}

function planAssumed(masthead: Masthead | undefined, today: Date, publication: Publication): PlanOnPaper {
  const date = today.toISOString().slice(0, 10);
  return {
    number: masthead?.number ?? 1,
    year: masthead?.year ?? today.getUTCFullYear(),
    date,
    theme: { title: masthead?.theme || words(publication.language).cli.proof.theme, intro: "" },
    sections: [],
    subject: "",
    preheader: "",
    downloads: [],
    corrections: [],
  };
}

const everything = ({ submissions }: PressFolder, { language }: Publication) => ({
  name: words(language).cli.proof.section,
  articles: submissions.map(({ id }) => basename(id)),
});
