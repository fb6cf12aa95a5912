import { csvIn } from "../csv.ts";
import { onTheWall } from "../wall-clock.ts";
import { type Language, words } from "../words.ts";
import type { Outcome } from "./outcome.ts";
import { reasonWords } from "./outcome-words.ts";

/** Who got an issue and who did not, as a table for office programs. */

export interface SheetLine extends Outcome {
  readonly addressKey: string;
  /** Null once it is forgotten. */
  readonly address: string | null;
  readonly name: string | null;
}

/** What begins the table, and how each line of it is written. */
export function deliveriesSheet(language: Language, timeZone: string) {
  const { address, name, state, at, messageId, reason, attempts, addressKey } = words(language).cli.deliveries.heading;
  const csv = csvIn(language, [address, name, state, reason, at, messageId, attempts, addressKey]);
  const { delivery } = words(language).state;
  return {
    head: csv.head,
    line: (line: SheetLine): string =>
      csv.line([
        ...[line.address, line.name, delivery[line.state], reasonWords(language, line)],
        ...[line.at && listed(line.at), line.messageId, line.attempts, line.addressKey],
      ]),
  };

  function listed(instant: string): string {
    return onTheWall(new Date(instant), timeZone).replace("T", " ");
  }
}
