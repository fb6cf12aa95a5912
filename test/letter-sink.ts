import { createHash } from "node:crypto";
import { bytesOf } from "../core/delivery/message.ts";
import { type Letter, type Mail, Rejected } from "../functions/cloud/cloud.ts";
import { headOf, whyRejected } from "../local/cloud/letter-rules.ts";

/** Where a million letters go that nobody will read: `localCloud({ folder, mail: sink.mail })`. Keeps none of them. */
export interface LetterSink {
  readonly mail: Mail;
  /** How many letters came, and the sum of their deliveries: {@link sumOf} over the readers who should have one. */
  letters(): number;
  sum(): bigint;
  /** What was wrong with the letters looked at, the first few; whoever sends hears of none of it. */
  troubles(): readonly string[];
}

const mostTroubles = 10;
/** For one letter after the other. */
const room = Buffer.allocUnsafe(1024 * 1024);

/**
 * @param every looks at one letter of so many; the others are only counted
 * @param look says what is wrong with a letter, beside what the carrier would refuse
 */
export function letterSink(every: number, look: (letter: Letter, raw: Buffer) => string | undefined): LetterSink {
  let [letters, sum] = [0, 0n];
  const troubles: string[] = [];
  const mail: Mail = {
    ...{ reports: false, isJudged: false },
    async send(letter) {
      const { delivery } = letter.tags;
      if (delivery === undefined) throw new Rejected("the letter does not say whose it is");
      const raw = bytesOf(letter.message, room);
      if (letters++ % every === 0) {
        const trouble = whyRejected(letter, raw, headOf(raw)) ?? look(letter, raw);
        if (trouble && troubles.length < mostTroubles) troubles.push(trouble);
      }
      sum = BigInt.asUintN(64, sum + numberOf(delivery));
      return { messageId: `sunk-${letters}` };
    },
    quota: async () => ({ perSecond: 1e9, perDay: Number.POSITIVE_INFINITY, sentInLastDay: letters }),
    ...{ close: async () => {}, open: async () => {} },
  };
  return { mail, letters: () => letters, sum: () => sum, troubles: () => troubles };
}

/** Tells two heaps of deliveries apart without keeping either: one missing, one twice, and the sums differ. */
export async function sumOf(deliveries: Iterable<string> | AsyncIterable<string>): Promise<bigint> {
  let sum = 0n;
  for await (const delivery of deliveries) sum = BigInt.asUintN(64, sum + numberOf(delivery));
  return sum;
}

const numberOf = (delivery: string): bigint => createHash("sha256").update(delivery).digest().readBigUInt64LE();
