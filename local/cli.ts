import { parseArgs } from "node:util";
import { Refusal } from "../core/refusal.ts";
import { fill, type Language, languages, refusalSentence, words } from "../core/words.ts";
import { articlesList, articlesShow, articlesSubmit } from "./commands/articles.ts";
import type { Call, Command } from "./commands/command.ts";
import { doctor } from "./commands/doctor.ts";
import {
  issuesApprove,
  issuesBuild,
  issuesCreate,
  issuesPreview,
  issuesSchedule,
  issuesShow,
  issuesStatus,
} from "./commands/issues.ts";
import { open } from "./commands/open.ts";
import { pressCommand } from "./commands/press.ts";
import { publicationsFound, publicationsList } from "./commands/publications.ts";
import { issuesCancel, issuesPause, issuesResume } from "./commands/sending.ts";
import { start } from "./commands/start.ts";
import { subscribersImport, subscribersList } from "./commands/subscribers.ts";

const commands: readonly Command[] = [
  start,
  pressCommand,
  open,
  publicationsFound,
  publicationsList,
  articlesSubmit,
  articlesList,
  articlesShow,
  issuesCreate,
  issuesShow,
  issuesPreview,
  issuesBuild,
  issuesApprove,
  issuesSchedule,
  issuesStatus,
  issuesPause,
  issuesResume,
  issuesCancel,
  subscribersImport,
  subscribersList,
  doctor,
];

const everywhere = {
  json: { type: "boolean" },
  lang: { type: "string" },
  help: { type: "boolean", short: "h" },
  publication: { type: "string" },
  cloud: { type: "string" },
  stage: { type: "string" },
  data: { type: "string" },
} as const;

/** Runs one command line. Exit code 0: done · 2: a rule said no, with its sentences · 1: a fault. */
export async function main(args: readonly string[]): Promise<void> {
  const language = languageOf(args);
  try {
    process.exitCode = await run(args, language);
  } catch (trouble) {
    process.exitCode = trouble instanceof Refusal ? 2 : 1;
    tellTrouble(trouble, args, language);
  }
}

async function run(args: readonly string[], language: Language): Promise<number> {
  const command = commands.find(
    ({ name }) => args.join(" ").startsWith(name) && wordsOf(name).every((word, index) => args[index] === word),
  );
  if (!command || args.includes("--help") || args.includes("-h")) return help(command, args, language);
  const { values, positionals } = read(command, args.slice(wordsOf(command.name).length));
  const missing = (command.takes ?? []).filter((name) => name.startsWith("<"))[positionals.length];
  if (missing) throw new Refusal("argument-missing", { argument: missing, usage: usageOf(command) });
  return command.run(callOf(values, positionals, language));
}

function read(command: Command, args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...everywhere, ...command.options },
      allowPositionals: true,
      strict: true,
    });
  } catch {
    const known = new Set(Object.keys({ ...everywhere, ...command.options }).map((name) => `--${name}`));
    const unknown =
      args.find((word) => word.startsWith("-") && !known.has(word.split("=")[0] ?? "")) ?? args.at(-1) ?? "";
    throw new Refusal("option-unknown", { option: unknown, usage: usageOf(command) });
  }
}

function callOf(options: Call["options"], args: readonly string[], language: Language): Call {
  const json = options.json === true;
  return {
    language,
    say: words(language).cli,
    args,
    options,
    show: (data, lines) =>
      process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : lines.map((line) => `${line}\n`).join("")),
    tell: (line) => {
      if (!json) process.stdout.write(`${line}\n`);
    },
  };
}

function help(command: Command | undefined, args: readonly string[], language: Language): number {
  const { help: sentences, helpTitle, unknownCommand } = words(language).cli;
  const asked = args.length === 0 || args.includes("--help") || args.includes("-h");
  if (command) process.stdout.write(`${usageOf(command)}\n  ${sentences[command.name]}\n`);
  else {
    if (!asked) process.stderr.write(`${fill(unknownCommand, { command: args.join(" ") })}\n\n`);
    const width = Math.max(...commands.map((each) => usageOf(each).length));
    const lines = commands.map((each) => `  ${usageOf(each).padEnd(width)}  ${sentences[each.name]}`);
    (asked ? process.stdout : process.stderr).write(`${helpTitle}\n\n${lines.join("\n")}\n`);
  }
  return asked ? 0 : 2;
}

const wordsOf = (name: string): string[] => name.split(" ");
const usageOf = ({ name, takes = [], options = {} }: Command): string =>
  ["npx kurier", name, ...takes, ...Object.keys(options).map((each) => `[--${each}]`)].join(" ");

/** `--lang`, else the language of the terminal, else German. */
function languageOf(args: readonly string[]): Language {
  const flag =
    args.find((word) => word.startsWith("--lang="))?.slice("--lang=".length) ?? args[args.indexOf("--lang") + 1];
  const asked = args.some((word) => word.startsWith("--lang")) ? flag : undefined;
  const terminal = /^en/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "") ? "en" : "de";
  return languages.find((language) => language === asked) ?? terminal;
}

function tellTrouble(trouble: unknown, args: readonly string[], language: Language): void {
  if (trouble instanceof Refusal) {
    const sentence = refusalSentence(language, trouble);
    if (args.includes("--json"))
      process.stdout.write(`${JSON.stringify({ refusals: [{ code: trouble.code, sentence }] }, null, 2)}\n`);
    else process.stderr.write(`${sentence}\n`);
    return;
  }
  const { fault } = words(language).cli;
  process.stderr.write(`${fault}\n${trouble instanceof Error ? trouble.stack : String(trouble)}\n`);
}
