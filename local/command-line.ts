import { parseArgs } from "node:util";
import { Refusal } from "../core/refusal.ts";
import { type Language, languages } from "../core/words.ts";
import type { Command } from "./commands/command.ts";
import { commands, usageOf } from "./commands.ts";

/** What somebody typed, in whatever order: the command and what it is given. */
export interface Typed {
  /** Undefined where the words name no command. */
  readonly command: Command | undefined;
  /** The words that are no options, those of the command left out. */
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean>>;
}

const knownOptions = Object.assign({}, ...commands.map(({ options }) => options)) as Readonly<Record<string, string>>;
const parserOptions = Object.fromEntries(
  Object.entries(knownOptions).map(([name, value]) => [name, { type: value === "" ? "boolean" : "string" } as const]),
);

/** Reads without judging, so that an answer knows its language and form before anything is refused. */
export function readTyped(typed: readonly string[]): Typed {
  const args = typed.map((word) => (word === "-h" ? "--help" : word)).map(bareIfBare);
  const { values, positionals } = parseArgs({ args, options: parserOptions, strict: false, allowPositionals: true });
  const command = commands.find(({ name }) => name.split(" ").every((word, index) => positionals[index] === word));
  return {
    command,
    args: positionals.slice(command?.name.split(" ").length ?? 0),
    options: values as Readonly<Record<string, string | boolean>>,
  };
}

/** An option never takes the next option for its value. */
const bareIfBare = (word: string, index: number, all: readonly string[]): string =>
  word.startsWith("--") && knownOptions[word.slice(2)] && all[index + 1]?.startsWith("--") ? `${word}=` : word;

/** @throws Refusal `option-unknown`, `option-bare`, `language-unknown`, `argument-missing`, `argument-surplus` */
export function demandUnderstood({ args, options }: Typed, command: Command): void {
  const usage = usageOf(command);
  for (const [name, value] of Object.entries(options)) {
    const wanted = command.options[name];
    if (wanted === undefined || (wanted === "" && value !== true))
      throw new Refusal("option-unknown", { option: `--${name}`, usage });
    if (wanted !== "" && (value === true || value === ""))
      throw new Refusal("option-bare", { option: `--${name}`, value: wanted });
  }
  const { lang } = options;
  if (lang !== undefined && !languages.some((language) => language === lang))
    throw new Refusal("language-unknown", { language: String(lang) });
  const missing = command.takes[args.length];
  if (missing) throw new Refusal("argument-missing", { argument: missing, usage });
  const surplus = args[command.takes.length];
  if (surplus !== undefined) throw new Refusal("argument-surplus", { argument: surplus, usage });
}

/** `--lang`, else the language of the terminal, else German. */
export function languageOf({ options }: Typed): Language {
  const terminal = /^en/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "") ? "en" : "de";
  return languages.find((language) => language === options.lang) ?? terminal;
}
