import { rounds } from "../../core/delivery/delivery.ts";
import type { Person } from "../../core/rights.ts";
import { isWanted, type Wanted } from "../../core/subscriber/chosen.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { subscribersAfter } from "../records/subscribers.ts";

const pageSize = 400;

/**
 * The readers of a publication that are wanted, round by round; a page of them is held.
 *
 * @throws Refusal `not-allowed`
 */
export async function* listReaders(
  cloud: Cloud,
  person: Person,
  publication: string,
  wanted: Wanted = {},
): AsyncGenerator<Subscriber> {
  demand(person, "read-subscribers", { publication, kind: "subscribers", id: publication });
  for (const round of rounds) {
    for (let after = "", isLast = false; !isLast; ) {
      const page = await subscribersAfter(cloud, publication, round, after, pageSize);
      for (const subscriber of page.subscribers) if (isWanted(subscriber, wanted)) yield subscriber;
      after = page.subscribers.at(-1)?.addressKey ?? after;
      isLast = page.isLast;
    }
  }
}
