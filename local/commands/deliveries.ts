import { type ReaderState, readerStates } from "../../core/delivery/outcome.ts";
import { reasonWords } from "../../core/delivery/outcome-words.ts";
import { deliveriesSheet } from "../../core/delivery/sheet.ts";
import { readAddress } from "../../core/email-address.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import { fill, languages, words } from "../../core/words.ts";
import { listDeliveries, type ReaderLine } from "../../functions/desk/deliveries.ts";
import { readerFile } from "../../functions/desk/reader.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { number } from "../account-lines.ts";
import { readerLines } from "../reader-lines.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { listedTime } from "../wall-clock.ts";
import { type Call, issueArgument, namesIn, option, type Run } from "./command.ts";

/** Everybody the issue did not reach, as far as is known now. */
const missed: readonly ReaderState[] = readerStates.filter(
  (state) => !["sending", "accepted", "delivered", "complained"].includes(state),
);
/** Names that stand for several states. */
const groups: Readonly<Record<string, readonly ReaderState[]>> = { missed };

export const deliveriesList: Run = (call) => {
  const states = statesAsked(call);
  return inSession(call, async ({ cloud }) => {
    const publication = await requirePublication(cloud, await publicationOf(call, cloud));
    const issue = await requireIssue(cloud, publication.id, issueArgument(call));
    const sheet = sheetFor(call, publication);
    const count = { shown: 0, all: 0 };
    await call.terminal.print(sheet.begin);
    for await (const line of listDeliveries(cloud, person, { publication: publication.id, issue: idOfIssue(issue) })) {
      count.all++;
      if (states.has(line.state)) await call.terminal.print(sheet.line(line, count.shown++));
    }
    await call.terminal.print(sheet.end(count));
    return 0;
  });
};

/** `--state waiting,rejected`, or by the words a list shows; without it all. @throws Refusal `state-unknown` */
function statesAsked(call: Call): ReadonlySet<ReaderState> {
  const asked = namesIn(option(call, "state")) ?? readerStates;
  return new Set(asked.flatMap((name) => statesNamed(call, name.toLowerCase())));
}

function statesNamed({ language }: Call, name: string): readonly ReaderState[] {
  const isCalledSo = (state: ReaderState): boolean =>
    state === name || languages.some((one) => words(one).state.delivery[state].toLowerCase() === name);
  const known = groups[name] ?? readerStates.filter(isCalledSo);
  if (known.length > 0) return known;
  const spoken = readerStates.map((state) => {
    const word = words(language).state.delivery[state];
    return word === state ? state : `${state} (${word})`;
  });
  throw new Refusal("state-unknown", { state: name, known: [...spoken, ...Object.keys(groups)].join(", ") });
}

/** How a list is written: each line when it is known, none is kept. */
interface Sheet {
  readonly begin: string;
  line(line: ReaderLine, before: number): string;
  end(count: { readonly shown: number; readonly all: number }): string;
}

function sheetFor(call: Call, publication: Publication): Sheet {
  if (call.options.json === true) {
    return {
      begin: "[",
      line: (line, before) => `${before ? "," : ""}\n  ${JSON.stringify(line)}`,
      end: () => "\n]\n",
    };
  }
  return call.options.csv === true ? csvSheet(call, publication) : plainSheet(call, publication);
}

function csvSheet({ language }: Call, { timeZone }: Publication): Sheet {
  const { head, line } = deliveriesSheet(language, timeZone);
  return { begin: head, line, end: () => "" };
}

/** Widths of columns; what is longer pushes the rest aside. */
const [stateWidth, timeWidth, addressWidth] = [17, 21, 36];

function plainSheet({ language, say }: Call, { timeZone }: Publication): Sheet {
  const { delivery } = words(language).state;
  const counted = ({ shown, all }: Record<"shown" | "all", number>) => ({
    shown: number(language, shown),
    all: number(language, all),
  });
  return {
    begin: "",
    line: (line) => {
      const at = line.at ? listedTime(line.at, timeZone) : "";
      const who = line.address ?? line.addressKey;
      const more = [reasonWords(language, line), line.messageId ?? ""].filter(Boolean).join("  ");
      const cells = [delivery[line.state].padEnd(stateWidth), at.padEnd(timeWidth), who.padEnd(addressWidth), more];
      return `${cells.join(" ").trimEnd()}\n`;
    },
    end: (count) =>
      `${count.shown > 0 ? "\n" : ""}${count.all > 0 ? fill(say.deliveries.shown, counted(count)) : say.issue.notPlanned}\n`,
  };
}

export const deliveriesShow: Run = (call) => {
  const address = readAddress(call.args[0] ?? "");
  return inSession(call, async ({ cloud }) => {
    const file = await readerFile(cloud, person, address);
    call.show({ address, ...file }, await readerLines(call, cloud, address, file));
    return 0;
  });
};
