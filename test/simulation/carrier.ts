import { bytesOf } from "../../core/delivery/message.ts";
import {
  Closed,
  Doubtful,
  type Letter,
  type Quota,
  Rejected,
  type Stream,
  Throttled,
} from "../../functions/cloud/cloud.ts";
import type { Kind } from "./events.ts";
import type { Faults } from "./faults.ts";
import type { Lots } from "./lots.ts";
import type { Weather } from "./weather.ts";

/** The carrier, and its own list of what it took: the truth that the ledger is held against. */
export interface Carrier {
  /** A letter is about to leave. */
  begin(letter: Letter): Handed;
  /** It has arrived there. Answers its message id, or what the sender is told instead. */
  take(letter: Handed): string | Error;
  quota(): Quota;
  setOpen(stream: Stream, isOpen: boolean): void;
  /** Every letter anybody began to send, in order. */
  readonly handed: readonly Handed[];
  /** Told of every letter that is taken, whatever its sender hears of it. */
  onAccepted: (letter: Handed) => void;
}

export interface Handed {
  readonly to: string;
  readonly addressKey: string;
  readonly attempt: string;
  /** "elblandbote-2026-01", as its tag says. */
  readonly issue: string;
  readonly begunAt: number;
  /** Its words are of another issue, or its links another reader's. */
  readonly isStrange: boolean;
  acceptedAt?: number;
  /** Nobody told its sender what became of it. */
  isDoubtful?: boolean;
  isRejected?: boolean;
  /** What has been told of it so far. */
  readonly told: Set<Kind>;
  /** It was taken, and a virus was found in it. */
  isRejectedLater?: boolean;
}

export interface CarrierOptions {
  readonly now: () => number;
  readonly lots: Lots;
  readonly faults: Faults;
  readonly weather: Weather;
  readonly perDay: number;
  /** What comes of every letter to an address. */
  readonly fateOf: (address: string) => "taken" | "refused" | "poison";
}

const day = 86_400_000;

/** What a letter of this issue says and no other does. */
export const markOf = (issue: string): string => `Kennung ${issue}`;

export function simulatedCarrier({ now, lots, faults, weather, perDay, fateOf }: CarrierOptions): Carrier {
  const handed: Handed[] = [];
  const taken: number[] = [];
  const closed = new Set<Stream>();
  const perSecond = lots.pick([1, 5, 14, 50, 200]);

  const takenInLastDay = (): number => {
    while (taken[0] !== undefined && taken[0] <= now() - day) taken.shift();
    return taken.length;
  };
  const accept = (letter: Handed): string => {
    letter.acceptedAt = now();
    taken.push(now());
    carrier.onAccepted(letter);
    return messageIdOf(letter);
  };
  const doubt = (letter: Handed, isAccepted: boolean): Error => {
    if (isAccepted) accept(letter);
    letter.isDoubtful = true;
    return new Doubtful(lots.pick(["socket hang up", "ECONNRESET", "TimeoutError", "InternalFailure"]));
  };
  const inBadWeather = (letter: Handed): Error | undefined => {
    const spell = weather.now();
    if (!spell) return undefined;
    if (spell === "carrier throttled half" && lots.chance(0.5)) return undefined;
    if (spell === "carrier answered 5xx" && lots.chance(0.3)) return undefined;
    faults.count(spell);
    if (spell === "carrier closed") return new Closed("ConfigurationSetSendingPausedException");
    if (spell === "carrier unreachable") return new Closed("ECONNREFUSED");
    if (spell === "carrier throttled half") return new Throttled("Throttling");
    return doubt(letter, lots.chance(0.4));
  };
  const refusal = (letter: Handed): Error | undefined => {
    const fate = fateOf(letter.to);
    if (fate === "taken") return undefined;
    faults.count(fate === "refused" ? "address rejected" : "address poisoned every letter");
    if (fate === "poison") return doubt(letter, false);
    letter.isRejected = true;
    return new Rejected("MessageRejected");
  };

  const carrier: Carrier = {
    handed,
    onAccepted: () => {},
    begin({ to, tags, message }) {
      const { delivery: addressKey = "", attempt = "", issue = "" } = tags;
      const letter = {
        to,
        addressKey,
        attempt,
        issue,
        begunAt: now(),
        isStrange: isStrange(message, issue, addressKey),
        told: new Set<Kind>(),
      };
      handed.push(letter);
      return letter;
    },
    take(letter) {
      if (closed.has("editions")) return new Closed("ConfigurationSetSendingPausedException");
      const trouble = inBadWeather(letter);
      if (trouble) return trouble;
      if (takenInLastDay() >= perDay) return new Throttled("Throttling");
      if (faults.strikes("carrier throttled")) return new Throttled("Throttling");
      const refused = refusal(letter);
      if (refused) return refused;
      if (faults.strikes("letter doubtful and accepted")) return doubt(letter, true);
      if (faults.strikes("letter doubtful and lost")) return doubt(letter, false);
      return accept(letter);
    },
    quota: () => ({ perSecond, perDay, sentInLastDay: takenInLastDay() }),
    setOpen: (stream, isOpen) => void (isOpen ? closed.delete(stream) : closed.add(stream)),
  };
  return carrier;
}

export const messageIdOf = ({ attempt, addressKey }: Handed): string => `ses-${attempt}-${addressKey}`;

function isStrange(message: Letter["message"], issue: string, addressKey: string): boolean {
  const text = Buffer.from(bytesOf(message)).toString("latin1");
  const publication = issue.slice(0, -"-2026-01".length);
  return !text.includes(markOf(issue)) || !text.includes(`.${addressKey}${publication}.`);
}
