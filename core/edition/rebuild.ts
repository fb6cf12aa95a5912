import { digestOf } from "../digest.ts";
import { type Amendments, amended, withoutWithdrawn } from "../issue/amend.ts";
import { articlesOf } from "../issue/draft.ts";
import { Refusal } from "../refusal.ts";
import type { Editions } from "./build.ts";
import { dye } from "./dye.ts";
import type { EditionInput } from "./edition.ts";
import { judgeFiles, judgePlan } from "./gate.ts";
import { carriedBy, coverFile, listedIn, picturesIn, revisionsOf } from "./manifest.ts";
import { renderWeb } from "./web.ts";

/**
 * The web edition of an issue that is public already, with what was corrected, withdrawn and attached since. It has a
 * fingerprint of its own: the one that was approved and sent stays with the letters.
 *
 * @throws Refusal the first the gate has, as for any build
 */
export function rebuildWeb(given: EditionInput, amendments: Amendments): Editions {
  const input = dyed({ ...given, issue: amended(given.issue, amendments) });
  const left = { ...input, issue: withoutWithdrawn(input.issue, amendments.withdrawals) };
  const isEmpty = articlesOf(left.issue).length === 0;
  if (!isEmpty) demandNone(judgePlan(left).refusals);
  const web = renderWeb(input, amendments.withdrawals);
  demandNone(web.refusals);
  const cover = isEmpty ? [] : [coverFile(left)];
  const files = [...web.files, ...cover].sort((a, b) => (a.path < b.path ? -1 : 1));
  demandNone(judgeFiles(files, 0).refusals);
  const [listed, pictures, downloads] = [listedIn(files), picturesIn(left), carriedBy(input)];
  const fingerprint = digestOf(JSON.stringify({ listed, pictures, downloads }));
  const said = { v: 1, fingerprint, language: input.issue.language, subject: "", preheader: "", greeting: "" } as const;
  const besides = downloads.length > 0 ? { downloads } : {};
  const manifest = { ...said, files: listed, ...besides, pictures, revisions: revisionsOf(left), notes: [] };
  return { files, manifest };
}

function dyed(input: EditionInput): EditionInput {
  const done = dye(input);
  if (done instanceof Refusal) throw done;
  return done.input;
}

function demandNone([first]: readonly Refusal[]): void {
  if (first) throw first;
}
