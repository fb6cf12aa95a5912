import type { Subscriber, Unsubscribed } from "./subscriber.ts";

/** A reader who left: the address and the name are forgotten at once, the key stays so that nobody takes them in again. */
export const unsubscribe = (
  {
    publication,
    addressKey,
    language,
    version,
  }: Pick<Subscriber, "publication" | "addressKey" | "language" | "version">,
  unsubscribedAt: string,
): Unsubscribed => ({
  ...{ v: 1, publication, addressKey, language, version: version + 1 },
  state: "unsubscribed",
  unsubscribedAt,
});
