import { Refusal } from "../core/refusal.ts";
import { refusalSentence, words } from "../core/words.ts";
import { demandUnderstood, languageOf, readTyped, type Typed } from "./command-line.ts";
import type { Call, Command } from "./commands/command.ts";
import { commands, usageOf } from "./commands.ts";
import { mindClosedPipe, ourTerminal, type Terminal } from "./terminal.ts";

/** Runs one command line. Exit code 0: done · 2: a rule said no, with its sentences · 1: a fault. */
export async function main(args: readonly string[], terminal: Terminal = ourTerminal): Promise<void> {
  console.info = (...logged) => console.error(...logged); // what functions log never stands in an answer
  mindClosedPipe();
  const typed = readTyped(args);
  const call = callOf(typed, terminal);
  try {
    process.exitCode = await run(typed, call);
  } catch (trouble) {
    process.exitCode = trouble instanceof Refusal ? 2 : 1;
    tellTrouble(trouble, call);
  }
}

async function run(typed: Typed, call: Call): Promise<number> {
  const { command, args, options } = typed;
  if (options.help === true || (!command && args.length === 0 && Object.keys(options).length === 0))
    return help(command ? [command] : commands, call);
  if (!command) return unknown(args, call);
  demandUnderstood(typed, command);
  return (await command.load())(call);
}

function callOf(typed: Typed, terminal: Terminal): Call {
  const language = languageOf(typed);
  const isJson = typed.options.json === true;
  const lined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");
  return {
    language,
    say: words(language).cli,
    args: typed.args,
    options: typed.options,
    terminal,
    show: (data, lines) => process.stdout.write(isJson ? `${JSON.stringify(data, null, 2)}\n` : lined(lines)),
    tell: (line) => {
      if (!isJson) process.stdout.write(`${line}\n`);
    },
  };
}

function help(shown: readonly Command[], { show, say }: Call): number {
  show(
    shown.map((command) => ({ usage: usageOf(command), help: say.help[command.name] })),
    shown.length === 1 ? helpLines(shown, say) : [...say.helpTitle.split("\n"), "", ...helpLines(shown, say)],
  );
  return 0;
}

const helpLines = (shown: readonly Command[], say: Call["say"]): string[] =>
  shown.flatMap((command) => [`  ${usageOf(command)}`, `      ${say.help[command.name]}`]);

/** Names the commands that begin alike, else all of them. */
function unknown(args: readonly string[], call: Call): number {
  const alike = commands.filter(({ name }) => name.split(" ")[0] === args[0]);
  const refusal = new Refusal("command-unknown", { command: args.join(" ") });
  tellTrouble(refusal, call);
  if (call.options.json !== true)
    process.stderr.write(`\n${helpLines(alike.length > 0 ? alike : commands, call.say).join("\n")}\n`);
  return 2;
}

/** Whoever asked for JSON gets JSON, whatever happened. */
function tellTrouble(trouble: unknown, { language, say, options }: Call): void {
  const answer = (data: object): boolean => process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  const isJson = options.json === true;
  if (trouble instanceof Refusal) {
    const { code, details } = trouble;
    const sentence = refusalSentence(language, trouble);
    if (isJson) answer({ refusals: [{ code, details, sentence }] });
    else process.stderr.write(`${sentence}\n`);
    return;
  }
  if (isJson) answer({ fault: say.fault });
  process.stderr.write(`${say.fault}\n${trouble instanceof Error ? trouble.stack : String(trouble)}\n`);
}
