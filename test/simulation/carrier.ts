import { Closed, Doubtful, type Letter, Rejected, Throttled } from "../../functions/cloud/cloud.ts";
import type { Faults } from "./faults.ts";
import type { Lots } from "./lots.ts";

/** The carrier, and its own list of what it took: the truth that the ledger is held against. */
export interface Carrier {
  /** A letter has arrived there. Answers its message id, or what the sender is told instead. */
  take(letter: Handed): string | Error;
  /** Every letter anybody began to send, in order. */
  readonly handed: readonly Handed[];
  begin(letter: Letter): Handed;
  readonly perSecond: number;
}

export interface Handed {
  readonly to: string;
  readonly addressKey: string;
  readonly attempt: string;
  readonly begunAt: number;
  acceptedAt?: number;
  /** Nobody told its sender what became of it. */
  isDoubtful?: boolean;
  isRejected?: boolean;
}

/** While it is closed, in milliseconds since 1970. */
export interface Closing {
  readonly from: number;
  readonly to: number;
}

export interface CarrierOptions {
  readonly now: () => number;
  readonly lots: Lots;
  readonly faults: Faults;
  readonly closing: Closing | undefined;
  readonly isRefused: (address: string) => boolean;
}

export function simulatedCarrier({ now, lots, faults, closing, isRefused }: CarrierOptions): Carrier {
  const handed: Handed[] = [];
  const accept = (letter: Handed): string => {
    letter.acceptedAt = now();
    return `ses-${letter.attempt}-${letter.addressKey}`;
  };
  const doubt = (letter: Handed, isAccepted: boolean): Error => {
    if (isAccepted) accept(letter);
    letter.isDoubtful = true;
    return new Doubtful(lots.pick(["socket hang up", "ECONNRESET", "TimeoutError", "InternalFailure"]));
  };
  return {
    handed,
    perSecond: lots.pick([1, 5, 14, 50, 200]),
    begin({ to, tags }) {
      const letter = { to, addressKey: tags.delivery ?? "", attempt: tags.attempt ?? "", begunAt: now() };
      handed.push(letter);
      return letter;
    },
    take(letter) {
      if (closing && now() >= closing.from && now() < closing.to) {
        faults.count("carrier closed");
        return new Closed("ConfigurationSetSendingPausedException");
      }
      if (faults.strikes("carrier throttled")) return new Throttled("Throttling");
      if (isRefused(letter.to)) {
        faults.count("address rejected");
        letter.isRejected = true;
        return new Rejected("MessageRejected");
      }
      if (faults.strikes("letter doubtful and accepted")) return doubt(letter, true);
      if (faults.strikes("letter doubtful and lost")) return doubt(letter, false);
      return accept(letter);
    },
  };
}
