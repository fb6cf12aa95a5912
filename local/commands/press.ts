import { resolve } from "node:path";
import { Presets, SingleBar } from "cli-progress";
import { sentencesOf } from "../../core/sentences.ts";
import { fill } from "../../core/words.ts";
import { type PressReport, press } from "../press.ts";
import type { Progress, Said } from "../press-run.ts";
import { type Call, option, type Run } from "./command.ts";

export const pressCommand: Run = async (call) => {
  const [folder = ""] = call.args;
  const out = resolve(option(call, "out") ?? "out");
  const progress = progressOf(call);
  const report = await press(resolve(folder), { out, language: call.language, progress: progress.listener });
  progress.stop();
  call.show(report, reportLines(call, report, out));
  return report.refusals.length > 0 ? 2 : 0;
};

/** A bar on a terminal, silence elsewhere. */
function progressOf(call: Call): { listener: Progress; stop(): void } {
  const isTerminal = process.stderr.isTTY && call.options.json !== true;
  const format = `{step} {bar} {value}/{total}`;
  const bar = isTerminal
    ? new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true }, Presets.rect)
    : undefined;
  return {
    listener: {
      step: (step) => {
        if (step === "deliver") return;
        if (isTerminal) process.stderr.write(`\u001b[2K\r${call.say.press.steps[step]}`);
      },
      letters: (count) => bar?.start(count, 0, { step: call.say.press.steps.deliver }),
      letter: () => bar?.increment(),
    },
    stop: () => {
      bar?.stop();
      if (isTerminal) process.stderr.write("\u001b[2K\r");
    },
  };
}

/** "2026-01" as the letters print it. */
const labelOf = (id: string): string => id.replace(/^\d\d(\d\d)-(\d+)$/, "$2|$1");

function reportLines(call: Pick<Call, "say" | "language">, report: PressReport, out: string): string[] {
  const { press: say } = call.say;
  const said = (sign: string, all: readonly Said<string>[]): string[] =>
    [...Map.groupBy(all, ({ about }) => about)].flatMap(([about, ofIt]) =>
      sentencesOf(call.language, ofIt, ({ sentence }) => `  ${sign} ${about ? `${about}: ` : ""}${sentence}`),
    );
  const notes = report.notes.length > 0 ? [say.notes, ...said("·", report.notes)] : [];
  if (report.refusals.length > 0) return [say.refused, ...said("✗", report.refusals), ...notes];
  const { candidates, accepted } = report.readers;
  const kilobytes = (bytes: number): number => Math.ceil(bytes / 1000);
  return [
    fill(say.done, { issue: labelOf(report.issue ?? ""), accepted, candidates }),
    fill(say.size, { email: kilobytes(report.bytes.emailHtml), letter: kilobytes(report.bytes.largestMessage) }),
    ...notes,
    fill(say.written, { out }),
    fill(say.open, { command: `npx kurier open ${out}` }),
  ];
}
