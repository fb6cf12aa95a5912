import { demandUntil, reminderAt } from "../../core/article/asked-for.ts";
import type { AskedFor } from "../../core/article/submission.ts";
import { visible } from "../../core/edition/visible.ts";
import { demandReader, readAddress } from "../../core/email-address.ts";
import { demandEditable } from "../../core/issue/draft.ts";
import { dayAt } from "../../core/mail/received.ts";
import type { KnownPerson } from "../../core/person.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import { operator, type Person, type Thing } from "../../core/rights.ts";
import type { CommissionAsk } from "../../core/subscriber/ask.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { type Change, type Cloud, Conflict } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { countOne } from "../records/caps.ts";
import { requireIssue } from "../records/issues.ts";
import { reminderKey } from "../records/keys.ts";
import { findPerson } from "../records/people.ts";
import { readSubmission, type Submission, submissionChanges } from "../records/submissions.ts";
import { addPerson } from "./people.ts";
import { beginSubmission, lapseOf } from "./submissions.ts";

/** Asking an author for an article: a personal link by mail, for one submission, until a day, without an account. */

export interface Wanted {
  readonly name: string;
  readonly address: string;
  /** "2026-02" */
  readonly issue: string;
  readonly until: string;
  /** What it is to be about; "" leaves it to the author. */
  readonly title: string;
  /** Beside it in the letter; "" where nothing. */
  readonly words: string;
  /** The desk's origin: the link leads there. */
  readonly deskUrl: string;
}

/** More letters to people who may know nothing of it would look like spam, to them and to their mail servers. */
const mostPerHour = 60;
const longestWords = 2000;

/**
 * Asks for an article. Whoever is asked becomes known as an author, so that what they bring has a name.
 *
 * @throws Refusal `no-issue`, `in-motion`, `already-sent`, `until-no-day`, `until-past`, `address-…`, `commission-too-often`,
 * `not-allowed`
 */
export async function commission(
  cloud: Cloud,
  person: Person,
  publication: Publication,
  wanted: Wanted,
): Promise<Submission> {
  const { issue, until, title, deskUrl } = wanted;
  demand(person, "commission", { publication: publication.id, kind: "issue", id: issue });
  const planned = await requireIssue(cloud, publication.id, issue);
  demandEditable(planned);
  const now = cloud.clock.now();
  demandUntil(until, dayAt(publication, now));
  await demandFew(cloud, publication.id);
  const author = await authorAt(cloud, person, publication.id, wanted);
  const words = visible(wanted.words).trim().slice(0, longestWords);
  const asked: AskedFor = { issue, until, words, isRevoked: false };
  const besides = (submission: Submission): Change[] => [
    actRow(cloud.clock, person, "commission", thingOf(submission), { issue, until }),
    ...reminderChange(publication, submission.id, until, now),
  ];
  const begun = await beginSubmission(cloud, person, publication, { title, deskUrl, by: author.id, asked, besides });
  await sendCommission(cloud, begun);
  return begun;
}

async function demandFew(cloud: Cloud, publication: string): Promise<void> {
  const count = await countOne(cloud, { what: "commission", ours: publication });
  if (count > mostPerHour) throw new Refusal("commission-too-often", { most: mostPerHour });
}

const thingOf = ({ publication, id, by }: Submission): Thing => ({ publication, kind: "submission", id, by });

/** Editors make authors known by asking them, and nobody anything else. */
async function authorAt(
  cloud: Cloud,
  person: Person,
  publication: string,
  typed: Pick<Wanted, "address" | "name">,
): Promise<KnownPerson> {
  const address = readAddress(typed.address);
  demandReader(address);
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
  const known = await findPerson(cloud, publication, addressKey);
  return known ?? addPerson(cloud, { ...operator, id: person.id }, publication, typed);
}

function reminderChange({ id, timeZone }: Publication, submission: string, until: string, now: Date): Change[] {
  const at = reminderAt(until, timeZone, now)?.toISOString();
  return at === undefined
    ? []
    : [{ put: { ...reminderKey(at, id, submission), v: 1, publication: id, submission, until } }];
}

async function sendCommission(cloud: Cloud, { publication, id: submission }: Submission): Promise<void> {
  const at = cloud.clock.now().toISOString();
  const ask: CommissionAsk = {
    ...{ v: 1, id: cloud.clock.id(), is: "commission", at, publication, submission, reminds: false },
  };
  await cloud.queues.confirmations.add([ask]);
}

// ── what stands ──────────────────────────────────────────────────────────────────────────────────

interface Asked {
  readonly submission: string;
  /** Of the row, as it was shown. */
  readonly version: number;
}

/**
 * Sends a new link, good until another day perhaps; one that was taken back is good again.
 *
 * @throws Refusal `no-submission`, `not-commissioned`, `until-no-day`, `until-past`, `moved-on`, `commission-too-often`, `not-allowed`
 */
export async function commissionAgain(
  cloud: Cloud,
  person: Person,
  publication: Publication,
  { until, ...seen }: Asked & { readonly until: string },
): Promise<void> {
  const row = await commissionedRow(cloud, person, publication.id, seen);
  const now = cloud.clock.now();
  demandUntil(until, dayAt(publication, now));
  await demandFew(cloud, publication.id);
  await change(cloud, row, { ...row.desk.asked, until, isRevoked: false }, [
    actRow(cloud.clock, person, "commission", thingOf(row), { issue: row.desk.asked.issue, until }),
    ...reminderChange(publication, row.id, until, now),
  ]);
  await sendCommission(cloud, row);
}

/**
 * Takes a link back: all that were ever sent for it are good for nothing from now on. What was handed in stays.
 *
 * @throws Refusal `no-submission`, `not-commissioned`, `moved-on`, `not-allowed`
 */
export async function revokeCommission(
  cloud: Cloud,
  person: Person,
  publication: Publication,
  seen: Asked,
): Promise<void> {
  const row = await commissionedRow(cloud, person, publication.id, seen);
  const act = actRow(cloud.clock, person, "revoke-commission", thingOf(row));
  await change(cloud, row, { ...row.desk.asked, isRevoked: true }, [act]);
}

type Commissioned = Submission & { readonly desk: NonNullable<Submission["desk"]> & { readonly asked: AskedFor } };

async function commissionedRow(
  cloud: Cloud,
  person: Person,
  publication: string,
  { submission: id, version }: Asked,
): Promise<Commissioned> {
  demand(person, "commission", { publication, kind: "submission", id });
  const row = await readSubmission(cloud, publication, id);
  if (!row) throw new Refusal("no-submission", { submission: id });
  if (!row.desk?.asked) throw new Refusal("not-commissioned", { submission: id });
  if (row.version !== version) throw new Refusal("moved-on", { thing: row.desk.title || id });
  return row as Commissioned;
}

async function change(cloud: Cloud, row: Commissioned, asked: AskedFor, besides: readonly Change[]): Promise<void> {
  const next: Submission = { ...row, version: row.version + 1, desk: { ...row.desk, asked } };
  // An empty one lapses as before, counted from its new last day.
  const options = row.contentId === "" ? { expiresAt: lapseOf(asked) } : {};
  try {
    await cloud.table.write([...submissionChanges(row, next, options), ...besides]);
  } catch (conflict) {
    if (conflict instanceof Conflict) throw new Refusal("moved-on", { thing: row.desk.title || row.id });
    throw conflict;
  }
}
