import { Presets, SingleBar } from "cli-progress";
import { fill } from "../core/words.ts";
import type { Call } from "./commands/command.ts";

export interface ImportProgress {
  /** The same file, watched as it is read. */
  watch(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  line(lines: number): void;
  stop(): void;
}

/** Without a bar, a line is told so often. */
const linesEach = 100_000;

/** A bar by bytes on a terminal; elsewhere a line now and then. */
export function importProgress(call: Call, bytes: number): ImportProgress {
  const { importing: say } = call.say;
  const isTerminal = process.stderr.isTTY && call.options.json !== true;
  const format = `${say.reading} {bar} {percentage} %  {lines}`;
  const bar = isTerminal
    ? new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true }, Presets.rect)
    : undefined;
  let [read, lines] = [0, 0];
  bar?.start(bytes, 0, { lines });
  return {
    async *watch(pieces) {
      for await (const piece of pieces) {
        read += piece.length;
        bar?.update(read, { lines });
        yield piece;
      }
    },
    line(now) {
      lines = now;
      if (!bar && lines % linesEach === 0) call.tell(fill(say.lines, { lines }));
    },
    stop: () => bar?.stop(),
  };
}
