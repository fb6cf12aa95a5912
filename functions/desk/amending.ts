import type { Article } from "../../core/article/article.ts";
import { rebuildWeb } from "../../core/edition/rebuild.ts";
import { downloadAddress } from "../../core/edition/web/address.ts";
import { type Amendments, demandPublic, revisionShown } from "../../core/issue/amend.ts";
import { articlesOf, planOf } from "../../core/issue/draft.ts";
import { correctedBy } from "../../core/issue/erratum.ts";
import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ActName, Person } from "../../core/rights.ts";
import { type Cloud, Conflict, type Value } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { actRow } from "../records/acts.ts";
import {
  type AmendmentsRow,
  amendmentsChange,
  noteSettled,
  publishInForce,
  readAmendments,
} from "../records/amendments.ts";
import { readArticle } from "../records/articles.ts";
import { type EditionPlace, readManifest, saveEdition } from "../records/editions.ts";
import { inBatches } from "../records/in-batches.ts";
import { type Place, readControl } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { publicFile } from "../records/paths.ts";
import { requirePublication } from "../records/publications.ts";
import { publishShelf, replaceOnShelf } from "../records/shelf.ts";
import { hideWithdrawn, showReturned } from "./withdrawn-pictures.ts";

/** Brings out what became of an issue since it is public: pages first made, then noted, then published. */

export interface State {
  readonly place: Place;
  readonly issue: Issue;
  readonly amendments: AmendmentsRow;
  /** The edition whose letters left. */
  readonly sent: EditionPlace;
  readonly startedAt: string;
}

/** @throws Refusal `no-issue`, `not-public` */
export async function stateOf(cloud: Cloud, place: Place): Promise<State> {
  const [issue, control, amendments] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    readControl(cloud, place),
    readAmendments(cloud, place),
  ]);
  demandPublic(issue);
  if (!control) throw new Refusal("not-public", { issue: issueLabel(issue) });
  const { fingerprint, language, startedAt } = control;
  return { place, issue, amendments, sent: { ...place, fingerprint, language }, startedAt };
}

export interface Step {
  /** Which version of the amendments the person saw. */
  readonly seen: number;
  readonly next: Amendments;
  readonly act: ActName;
  readonly details: Readonly<Record<string, Value>>;
}

/** Makes the pages, notes the amendment with its act, and brings the pages out. */
export async function amend(cloud: Cloud, person: Person, state: State, step: Step): Promise<AmendmentsRow> {
  const { place, issue, amendments, sent } = state;
  const movedOn = new Refusal("moved-on", { thing: issueLabel(issue) });
  if (step.seen !== amendments.version) throw movedOn;
  const { files, manifest } = rebuildWeb(await inputFor(cloud, state, step.next), step.next);
  await saveEdition(cloud, { ...sent, fingerprint: manifest.fingerprint }, files, manifest);
  const row = { ...amendments, ...step.next, web: manifest.fingerprint, isSettled: false };
  const thing = { publication: place.publication, kind: "issue", id: place.issue } as const;
  const act = actRow(cloud.clock, person, step.act, thing, { ...step.details, web: manifest.fingerprint });
  try {
    await cloud.table.write([amendmentsChange(place, row), act]);
  } catch (conflict) {
    throw conflict instanceof Conflict ? movedOn : conflict;
  }
  await makePublic(cloud, state);
  return readAmendments(cloud, place);
}

/** What pages are made of: everything as it was sent, but for the revisions that were named since. */
async function inputFor(cloud: Cloud, state: State, next: Amendments) {
  const { place, issue, sent } = state;
  const [publication, manifest] = await Promise.all([
    requirePublication(cloud, place.publication),
    readManifest(cloud, sent),
  ]);
  const found = await inBatches(articlesOf(issue), async (id): Promise<[string, Article]> => {
    const revision = revisionShown(next, id) ?? manifest?.revisions?.[id];
    const article = await readArticle(cloud, place.publication, id, revision);
    if (!article) throw new Refusal("revision-missing", { article: id, revision: revision ?? 1 });
    return [id, article];
  });
  return { publication, issue: planOf(issue), articles: new Map(found), house: house() };
}

/**
 * Brings out what is in force: pages, shelf and pictures. Pictures that come back are there before the pages that show
 * them, those that go leave after them. A run that dies in between leaves a row that says so.
 */
export async function makePublic(cloud: Cloud, state: State): Promise<void> {
  const { sent, startedAt } = state;
  const { version } = await readAmendments(cloud, sent);
  await showReturned(cloud, state);
  const place = await publishInForce(cloud, sent);
  if (correctedBy(place.issue) === undefined) {
    await replaceOnShelf(cloud, place, startedAt);
    await publishShelf(cloud, house(), place.publication);
  }
  const isLess = [await hideWithdrawn(cloud, state), await removeDetached(cloud, state)].includes(true);
  // What is gone here has to be gone near readers, too.
  if (isLess) await cloud.edge.forget(copiesOf(await requirePublication(cloud, sent.publication)));
  await noteSettled(cloud, sent, version);
}

/** Files that are offered no more. Answers whether there were any. */
async function removeDetached(cloud: Cloud, { place, issue, sent }: State): Promise<boolean> {
  const { detached = [] } = await readAmendments(cloud, sent);
  if (detached.length === 0) return false;
  const publication = await requirePublication(cloud, place.publication);
  const addresses = detached.map((file) => downloadAddress(publication, issue, file));
  await cloud.files.remove(addresses.map((address) => publicFile(place.publication, address)));
  return true;
}

/** Everything of a publication: by its own path, and by the one readers know where it has a host of its own. */
const copiesOf = ({ id, baseUrl }: Publication): string[] => [
  ...new Set([`/${id}/*`, `${new URL(baseUrl).pathname.replace(/\/$/, "")}/*`]),
];
