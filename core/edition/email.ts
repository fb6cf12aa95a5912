import { Refusal } from "../refusal.ts";
import type { EditionInput, Rendered } from "./edition.ts";
import { fitting } from "./ladder.ts";
import { unbroken } from "./letter.ts";
import { differences } from "./same-words.ts";
import { textOf } from "./text.ts";

/**
 * The email edition: `email.html` and `email.txt`, two parts with the same words, both with their slots.
 * As much as fits below the limit; what was shortened is noted.
 */
export async function renderEmail(input: EditionInput): Promise<Rendered & { subject: string; preheader: string }> {
  const { letter, html, notes } = await fitting(unbroken(input));
  const text = textOf(letter);
  const [difference] = differences(html, text);
  return {
    files: [
      { path: "email.html", body: html, type: "text/html; charset=utf-8" },
      { path: "email.txt", body: text, type: "text/plain; charset=utf-8" },
    ],
    notes,
    refusals: difference === undefined ? [] : [new Refusal("parts-differ", { difference })],
    subject: letter.subject,
    preheader: letter.preheader,
  };
}
