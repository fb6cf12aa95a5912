import { digestOf } from "../digest.ts";
import { type Note, Refusal } from "../refusal.ts";
import { words } from "../words.ts";
import { dye } from "./dye.ts";
import type { EditionFile, EditionInput, Manifest } from "./edition.ts";
import { renderEmail } from "./email.ts";
import { judgeFiles, judgePlan } from "./gate.ts";
import { longestBytes } from "./ladder.ts";
import { carriedBy, coverFile, listedIn, picturesIn, revisionsOf } from "./manifest.ts";
import { renderWeb } from "./web.ts";

/** What a build leaves: editions when nothing refused them, and in any case what there is to say. */
export type Build =
  | { readonly refusals: readonly Refusal[]; readonly notes: readonly Note[]; readonly editions?: undefined }
  | { readonly refusals: readonly []; readonly notes: readonly Note[]; readonly editions: Editions };

export interface Editions {
  readonly files: readonly EditionFile[];
  readonly manifest: Manifest;
}

/** Names how variants are made of an original; part of the fingerprint, since variants themselves are not. */
const pictureRecipe = "sharp-2";

/** Makes every edition of an issue. The same in, the same out, byte for byte. */
export async function build(given: EditionInput): Promise<Build> {
  const dyed = dye(given);
  if (dyed instanceof Refusal) return { refusals: [dyed], notes: [] };
  const { input, notes: paletteNotes } = dyed;
  const plan = judgePlan(input);
  const notes = [...paletteNotes, ...plan.notes];
  if (plan.refusals.length > 0) return { refusals: plan.refusals, notes };

  const email = await renderEmail(input);
  const web = renderWeb(input);
  const files = [...email.files, ...web.files, coverFile(input)].sort((a, b) => (a.path < b.path ? -1 : 1));
  const verdict = judgeFiles(files, longestEmail(input, email.files));
  const all = [...notes, ...email.notes, ...web.notes, ...verdict.notes];
  const refusals = [...email.refusals, ...web.refusals, ...verdict.refusals];
  if (refusals.length > 0) return { refusals, notes: all };
  return { refusals: [], notes: all, editions: { files, manifest: manifestOf(input, files, email, all) } };
}

/** Bytes of the email with every slot at its longest. */
function longestEmail({ publication }: EditionInput, files: readonly EditionFile[]): number {
  const html = files.find(({ path }) => path === "email.html");
  return longestBytes(String(html?.body ?? ""), publication.baseUrl);
}

function manifestOf(
  input: EditionInput,
  files: readonly EditionFile[],
  { subject, preheader }: { subject: string; preheader: string },
  notes: readonly Note[],
): Manifest {
  const { issue } = input;
  const [listed, pictures] = [listedIn(files), picturesIn(input)];
  const besides = issue.downloads.length > 0 ? { downloads: carriedBy(input) } : {};
  const { greeting } = words(issue.language).email;
  const { from, name, replyTo } = input.publication.sender;
  // Whoever approves says yes to whom it comes from and goes to, too: neither stands in any of the files.
  const sender = { from, name, replyTo };
  const way = { ...sender, ...(issue.topic !== undefined && { topic: issue.topic }) };
  const seen = { subject, preheader, greeting, listed, pictures, pictureRecipe, way, ...besides };
  const fingerprint = digestOf(JSON.stringify(seen));
  const said = { v: 1, fingerprint, language: issue.language, subject, preheader, greeting, sender } as const;
  return { ...said, files: listed, ...besides, pictures, revisions: revisionsOf(input), notes };
}
