import { once } from "node:events";
import { createInterface } from "node:readline";

/** Who sits at the command line, if anybody does. */
export interface Terminal {
  /** Nobody answers where another program holds the other end. */
  readonly canAnswer: boolean;
  /** Asks beside the answer proper, so that data stays data. Whoever leaves instead (Ctrl-C, Ctrl-D) has said nothing. */
  ask(question: string): Promise<string>;
  /** Prints as fast as the reader takes it: a million lines never lie in memory. */
  print(text: string): Promise<void>;
}

export const ourTerminal: Terminal = {
  get canAnswer() {
    return process.stdin.isTTY === true;
  },

  async ask(question) {
    const line = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await new Promise<string>((answer) => {
        line.question(question, answer);
        line.once("SIGINT", () => answer(""));
        line.once("close", () => answer(""));
      });
    } finally {
      line.close();
    }
  },

  async print(text) {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  },
};

/** Whoever reads only the first lines closes the pipe; that is no fault of ours. */
export function mindClosedPipe(): void {
  if (process.stdout.listenerCount("error") === 0) process.stdout.on("error", leaveWhenClosed);
}

function leaveWhenClosed(fault: Error): void {
  if ((fault as NodeJS.ErrnoException).code === "EPIPE") process.exit(0);
  throw fault;
}
