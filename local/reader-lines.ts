import { reasonWords } from "../core/delivery/outcome-words.ts";
import type { Publication } from "../core/publication.ts";
import type { Subscriber } from "../core/subscriber/subscriber.ts";
import { fill, words } from "../core/words.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import type { ReaderFile } from "../functions/desk/reader.ts";
import { requirePublication } from "../functions/records/publications.ts";
import type { Call } from "./commands/command.ts";
import { listedTime, spokenTime } from "./wall-clock.ts";

/** Widths of columns; what is longer pushes the rest aside. */
const [stateWidth, timeWidth] = [17, 21];

/** What an address got and why, publication by publication. */
export async function readerLines(call: Call, cloud: Cloud, address: string, file: ReaderFile): Promise<string[]> {
  const publications = await Promise.all(file.publications.map((one) => requirePublication(cloud, one.publication)));
  return [
    address,
    ...suppressionLine(call, file, publications[0]?.timeZone ?? "Europe/Berlin"),
    ...publications.flatMap((publication, index) => publicationLines(call, publication, file.publications[index])),
  ];
}

function suppressionLine({ language, say }: Call, { suppression }: ReaderFile, timeZone: string): string[] {
  if (!suppression) return [];
  const { reason } = suppression;
  const at = spokenTime(new Date(suppression.at), timeZone, language);
  const spoken = say.suppression[reason as keyof typeof say.suppression] ?? reason;
  return [`  ${fill(say.deliveries.suppressed, { at, reason: spoken })}`];
}

function publicationLines(
  call: Call,
  publication: Publication,
  found: ReaderFile["publications"][number] | undefined,
): string[] {
  const { language, say } = call;
  const issues = (found?.issues ?? []).map(({ issue, outcome }) => {
    const { delivery } = words(language).state;
    const at = outcome.at ? listedTime(outcome.at, publication.timeZone) : "";
    const more = [reasonWords(language, outcome), outcome.messageId ?? ""].filter(Boolean).join("  ");
    return `    ${[issue.padEnd(9), delivery[outcome.state].padEnd(stateWidth), at.padEnd(timeWidth), more].join(" ").trimEnd()}`;
  });
  return [
    `  ${subscriberLine(call, publication, found?.subscriber ?? null)}`,
    ...(issues.length > 0 ? issues : [`    ${say.deliveries.noIssue}`]),
  ];
}

function subscriberLine({ language, say }: Call, publication: Publication, subscriber: Subscriber | null): string {
  const spoken = (at: string): string => spokenTime(new Date(at), publication.timeZone, language);
  const { subscriber: sentence } = say.deliveries;
  const title = { publication: publication.title };
  if (!subscriber) return fill(sentence.none, title);
  switch (subscriber.state) {
    case "pending":
      return fill(sentence.pending, { ...title, at: spoken(subscriber.requestedAt) });
    case "unsubscribed":
      return fill(sentence.unsubscribed, { ...title, at: spoken(subscriber.unsubscribedAt) });
    case "moved":
      return fill(sentence.moved, title);
    case "confirmed": {
      const said = { ...title, at: spoken(subscriber.confirmedAt), source: subscriber.consentSource };
      const { pausedUntil } = subscriber;
      return pausedUntil
        ? fill(sentence.away, { ...said, until: spoken(pausedUntil) })
        : fill(sentence.confirmed, said);
    }
  }
}
