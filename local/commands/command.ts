import { readIssueId } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Language, Words } from "../../core/words.ts";
import type { Terminal } from "../terminal.ts";

/** One command of `npx kurier`, before it is loaded; its help is wording `cli.help.<name>`. */
export interface Command {
  readonly name: keyof Words["cli"]["help"];
  /** Words after the command, "<folder>"; each is asked for, and there are no others. */
  readonly takes: readonly string[];
  /** Options by name: "" for one that stands alone, else what is written after it, "<folder>". */
  readonly options: Readonly<Record<string, string>>;
  /** Heavy libraries are loaded by who needs them: a list of commands waits for nobody. */
  load(): Promise<Run>;
}

/** Answers the exit code: 0 done, 2 a rule said no. A fault is thrown. */
export type Run = (call: Call) => Promise<number>;

export interface Call {
  readonly language: Language;
  /** Wording of the command line. */
  readonly say: Words["cli"];
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** Prints for people, or the data alone with `--json`. */
  show(data: unknown, lines: readonly string[]): void;
  /** For what is more than an answer: questions, and lists too long to hold. */
  readonly terminal: Terminal;
  /** Told while it goes on; not part of a `--json` answer. */
  tell(line: string): void;
}

export const option = (call: Call, name: string): string | undefined => {
  const value = call.options[name];
  return typeof value === "string" ? value : undefined;
};

/** "joined, moved": a comma too many is no name. */
export const namesIn = (typed: string | undefined): readonly string[] | undefined =>
  typed
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** What people type for an issue: 2026-01 or 1/2026. @throws Refusal `issue-unreadable` */
export function issueArgument(call: Call): string {
  const typed = call.args[0] ?? "";
  const id = readIssueId(typed);
  if (!id) throw new Refusal("issue-unreadable", { typed });
  return id;
}
