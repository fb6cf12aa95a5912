import type { NoteCode, RefusalCode } from "../../core/refusal.ts";
import { fill, noteSentence } from "../../core/words.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { openGiven } from "../given-pieces.ts";
import { importProgress } from "../import-progress.ts";
import { importReaders, type ReadersTaken } from "../readers-file.ts";
import { inSession, publicationOf } from "../session.ts";
import { type Call, option, type Run } from "./command.ts";

const firstProblems = 10;

export const subscribersImport: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await requirePublication(cloud, await publicationOf(call, cloud));
    const { bytes, pieces } = await openGiven(call.args[0] ?? "");
    const progress = importProgress(call, bytes);
    const isDryRun = call.options["dry-run"] === true;
    const options = { consentSource: option(call, "consent-source") ?? "", isDryRun, language: call.language };
    const taken = await importReaders(cloud, publication, progress.watch(pieces), {
      ...options,
      progress: progress.line,
    }).finally(progress.stop);
    call.show({ isDryRun, ...taken }, [
      ...resultLines(call, taken, isDryRun),
      ...countLines(call, taken),
      ...problemLines(call, taken),
    ]);
    return 0;
  });

function resultLines({ say }: Call, taken: ReadersTaken, isDryRun: boolean): string[] {
  const { added, known, suppressed, erased } = taken;
  const sentence = isDryRun ? say.importing.would : say.subscribers.imported;
  return [
    fill(sentence, { added, known, suppressed }),
    ...(erased > 0 ? [fill(say.importing.erased, { erased })] : []),
  ];
}

/** What has a line of its own in the summary; every other refusal is one more line nobody can read. */
const counted = ["listed-left", "listed-unconfirmed", "listed-inactive", "listed-bounced", "listed-unknown"] as const;
const told = ["reader-twice", "address-office", "address-slip", "reader-language"] as const;

function countLines({ say }: Call, { refused, noted }: ReadersTaken): string[] {
  const { count } = say.importing;
  const others = Object.entries(refused).filter(([code]) => !(counted as readonly string[]).includes(code));
  const unreadable = others.reduce((sum, [, lines]) => sum + lines, 0);
  const lines = (sentence: string, number: number | undefined): string[] =>
    number ? [`  ${fill(sentence, { lines: number })}`] : [];
  return [
    ...lines(count.unreadable, unreadable),
    ...counted.flatMap((code: RefusalCode & keyof typeof count) => lines(count[code], refused[code])),
    ...told.flatMap((code: NoteCode & keyof typeof count) => lines(count[code], noted[code])),
  ];
}

function problemLines({ language, say }: Call, { notes, refused, noted }: ReadersTaken): string[] {
  const all = [...Object.entries(refused), ...Object.entries(noted)]
    .filter(([code]) => !code.startsWith("listed-") || code === "listed-unknown")
    .reduce((sum, [, lines]) => sum + lines, 0);
  const shown = notes.slice(0, firstProblems).map((each) => `  · ${noteSentence(language, each)}`);
  const more = all - shown.length;
  return [...shown, ...(more > 0 ? [fill(say.subscribers.more, { more })] : [])];
}
