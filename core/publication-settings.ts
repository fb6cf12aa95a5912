import * as z from "zod";
import { titleParts } from "./article/plain-text/masthead.ts";
import { slugOf } from "./article/slug.ts";
import { publicationSchema } from "./publication.ts";
import { fill, type Language, words } from "./words.ts";

/**
 * The settings as people write them down: what can be derived may be left out. Title, publisher with its postal
 * address, sender, imprint and responsible person nobody can guess; the last two are refused at the build.
 */
export const publicationSettings = z.preprocess(complete, publicationSchema);

/** The same, with a logo as somebody writes it down: what it is made into is not for people. */
export const publicationSettingsWith = <Logo extends z.ZodType>(logo: Logo) =>
  z.preprocess(complete, publicationSchema.omit({ logo: true }).extend({ logo: logo.optional() }));

type Raw = Readonly<Record<string, unknown>>;
const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

function complete(given: unknown): unknown {
  if (!isRaw(given)) return given;
  const title = textOf(given.title);
  const language: Language = given.language === "en" ? "en" : "de";
  const id = textOf(given.id) || idOf(title, language);
  const sender = completeSender(given.sender, title, id);
  const publisher = completePublisher(given.publisher, sender.replyTo);
  const { privacy, privacyAuthors, accessibility } = words(language).standing;
  const details = { title, publisher: textOf(publisher.name), email: textOf(publisher.email) };
  return {
    language,
    ...(title ? { titleParts: titleParts(title) } : {}),
    baseUrl: `http://127.0.0.1:4810/${id}`,
    privacy: [privacy, ...(given.submissions ? [privacyAuthors] : [])].map((text) => fill(text, details)).join("\n\n"),
    accessibility: fill(accessibility, details),
    ...given,
    ...{ id, sender, publisher },
    ...(Array.isArray(given.topics) ? { topics: given.topics.map((topic) => completeTopic(topic, language)) } : {}),
    ...(typeof given.consentWording === "string" ? { consentWording: { [language]: given.consentWording } } : {}),
    ...(Array.isArray(given.titleParts) && given.titleParts.length === 1
      ? { titleParts: [...given.titleParts, ""] }
      : {}),
  };
}

/** A title alone is a topic. */
function completeTopic(given: unknown, language: Language): unknown {
  const topic = isRaw(given) ? given : { title: given };
  return typeof topic.title === "string" ? { id: idOf(topic.title, language), ...topic } : topic;
}

const longestId = 32;
/** A title as an id, where nobody named another one. */
export const idOf = (title: string, language: Language): string =>
  slugOf(title, language).slice(0, longestId).replace(/-+$/, "");

/** "post@stadt.de" alone is a sender: answers go there too, and the list is named after its domain. */
function completeSender(given: unknown, title: string, id: string): Raw {
  const sender = isRaw(given) ? given : { from: given };
  const from = textOf(sender.from);
  const domain = from.split("@")[1] ?? "";
  return { name: title, replyTo: from, listId: `${id}.${domain}`, ...sender };
}

/** A name alone, or an address in one piece, is what people write; lines are what is printed. */
function completePublisher(given: unknown, email: unknown): Raw {
  const publisher = isRaw(given) ? given : { name: given };
  const lines = typeof publisher.address === "string" ? publisher.address.split(/\n|, /) : undefined;
  const address = lines?.map((line) => line.trim()).filter(Boolean);
  return { email, ...publisher, ...(address ? { address } : {}) };
}
