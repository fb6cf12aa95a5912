import { fill, type Language, words } from "../words.ts";
import { fillSlots } from "./slots.ts";

/** Somebody previews greet: invented, with letters that show whether the type can set them. */
export const sampleName = "Jördis Mühlbach";

/**
 * A letter's part as the sample reader would get it; every other file as it is.
 *
 * @param language of the issue
 */
export function sampleSlots(
  path: string,
  body: Uint8Array,
  { baseUrl, language }: { baseUrl: string; language: Language },
): string | Uint8Array {
  const part = path === "email.html" ? "html" : path === "email.txt" ? "text" : undefined;
  if (!part) return body;
  const greeting = fill(words(language).email.greeting, { name: sampleName });
  return fillSlots(
    new TextDecoder().decode(body),
    { greeting, leaveUrl: `${baseUrl}/u/probe`, preferencesUrl: `${baseUrl}/e/probe` },
    part,
  );
}
