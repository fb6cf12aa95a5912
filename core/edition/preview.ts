import { articlesOf } from "../issue/draft.ts";
import { type Note, Refusal } from "../refusal.ts";
import { dye } from "./dye.ts";
import type { EditionFile, EditionInput } from "./edition.ts";
import { renderEmail } from "./email.ts";
import { renderWeb } from "./web.ts";

/** An issue as it would look now, whatever the gate still has to say about it. */
export interface Preview {
  readonly subject: string;
  readonly preheader: string;
  /** `email.html` and `email.txt` with their slots, `web/…`. */
  readonly files: readonly EditionFile[];
  /** What had to be shortened or mended to show it. */
  readonly notes: readonly Note[];
}

/**
 * Renders mail and pages and judges nothing: a missing credit is no reason to see nothing. What the library lacks is
 * left out.
 *
 * @returns undefined while there is nothing to show
 */
export async function preview(given: EditionInput): Promise<Preview | undefined> {
  const there = withoutMissing(given);
  if (articlesOf(there.issue).length === 0) return undefined;
  const { input, notes } = dyed(there);
  const email = await renderEmail(input);
  const web = renderWeb(input);
  const files = [...email.files, ...web.files];
  return { subject: email.subject, preheader: email.preheader, files, notes: [...notes, ...email.notes, ...web.notes] };
}

/** A colour too weak to read is refused at the build; until then the house's own shows the rest. */
function dyed(there: EditionInput): { input: EditionInput; notes: readonly Note[] } {
  const strong = dye(there);
  if (!(strong instanceof Refusal)) return strong;
  const accent = there.house.palette.light.accent ?? there.publication.accent;
  return { input: { ...there, publication: { ...there.publication, accent } }, notes: [] };
}

function withoutMissing(input: EditionInput): EditionInput {
  const { issue, articles } = input;
  const sections = issue.sections
    .map(({ name, articles: ids }) => ({ name, articles: ids.filter((id) => articles.has(id)) }))
    .filter((section) => section.articles.length > 0);
  const there = (id: string | undefined): string | undefined => (id !== undefined && articles.has(id) ? id : undefined);
  return { ...input, issue: { ...issue, sections, lead: there(issue.lead), editorial: there(issue.editorial) } };
}
