import type { AtAddress } from "./subscribe.ts";
import type { AddressKey, Confirmed, Moved } from "./subscriber.ts";

/** More changes of address in a row than anybody makes: links from older mail end there. */
export const farthest = 8;

/**
 * A reader's change of address: the old row forgets address and name, and points to the new one. Who reads at the new
 * address already keeps what they chose there.
 */
export function move(
  reader: Confirmed,
  to: AtAddress,
  destination: { readonly addressKey: AddressKey; readonly address: string },
  at: string,
): { moved: Moved; arrived: Confirmed } {
  const { publication, addressKey, language, version } = reader;
  const there = to.settled?.state === "confirmed" ? to.settled : undefined;
  const movedFrom = [addressKey, ...(reader.movedFrom ?? []), ...(there?.movedFrom ?? [])]
    .filter((key, index, all) => key !== destination.addressKey && all.indexOf(key) === index)
    .slice(0, farthest);
  const { returnedAt: _, ...carried } = there ?? { ...reader, ...destination, confirmedAt: at };
  return {
    moved: {
      ...{ v: 1, publication, addressKey, language, version: version + 1 },
      ...{ state: "moved", movedTo: destination.addressKey },
    },
    arrived: { ...carried, version: ((to.settled ?? to.waiting)?.version ?? 0) + 1, movedFrom },
  };
}
