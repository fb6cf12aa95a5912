import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { idOfIssue, issueLabel } from "../core/issue/issue.ts";
import { operator } from "../core/rights.ts";
import { fill, type Language, refusalSentence, words } from "../core/words.ts";
import { addPerson, type Named } from "../functions/desk/people.ts";
import { submit } from "../functions/desk/submissions.ts";
import { readIssue } from "../functions/records/issues.ts";
import { listPublications } from "../functions/records/publications.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import { readPressFolder } from "./press-folder.ts";
import { readSubmissions } from "./press-submissions.ts";
import { buildNow, deliverNow, handIn } from "./printing.ts";
import { assume } from "./proof-printing.ts";
import { pressReaders } from "./readers-file.ts";
import { workUntilQuiet } from "./wiring.ts";

/** Who makes it: one of each kind. */
const samplePeople: readonly Named[] = [
  { name: "Thomas Śěrak", address: "t.serak@niederlommatz.example", roles: ["author"] },
  { name: "Gülşen Yıldız", address: "yildiz@elblandbote.example", roles: ["editor"] },
  { name: "Henrike Fährmann", address: "faehrmann@elblandbote.example", roles: ["publisher"] },
  { name: "Ines Wićaz", address: "wicaz@elblandbote.example", roles: ["admin"] },
];

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "sample", "elblandbote");
/** What has come for the issue after it: whoever looks at the desk finds something to make one of. */
const forTheNext = join(here, "sample", "next");

/**
 * Gives an empty cloud a magazine of our own invention, built, sent and archived. A cloud that knows a publication
 * already stays as it is. Answers whether it was set up now.
 */
export async function setUpSample(
  cloud: LocalCloud,
  origin: string,
  tell: (line: string) => void,
  language: Language,
): Promise<boolean> {
  const { start: say } = words(language).cli;
  const onPaper = await readPressFolder(folder, language);
  const { publication, plan } = assume(onPaper, origin, cloud.clock.now());
  if (!(await isNewHere(cloud, publication.id, idOfIssue(plan)))) return false;
  tell(fill(say.ingesting, { articles: onPaper.submissions.length }));
  await handIn(cloud, publication, onPaper);
  for (const named of samplePeople) await addPerson(cloud, operator, publication.id, named);
  tell(fill(say.building, { issue: issueLabel(plan) }));
  const { fingerprint, refusals } = await buildNow(cloud, plan, onPaper.downloads);
  if (!fingerprint) throw new Error(refusals.map((refusal) => refusalSentence(language, refusal)).join("\n"));
  const { added } = await pressReaders(cloud, publication, onPaper.readers, language);
  tell(fill(say.delivering, { readers: added }));
  await deliverNow(cloud, plan, fingerprint);
  for (const { id, files } of (await readSubmissions(forTheNext, "all")).submissions)
    await submit(cloud, operator, publication.id, id, files);
  await workUntilQuiet(cloud);
  return true;
}

/** Nothing of anybody else's, and the sample issue not on its way: a first start that was cut off begins again. */
async function isNewHere(cloud: LocalCloud, publication: string, issue: string): Promise<boolean> {
  const others = (await listPublications(cloud)).filter((id) => id !== publication);
  const status = (await readIssue(cloud, publication, issue))?.status ?? "draft";
  return others.length === 0 && ["draft", "built", "approved"].includes(status);
}
