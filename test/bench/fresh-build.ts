/** One build in a process of its own; prints the milliseconds since the process began. */
import { markupOf } from "../../core/edition/email/html.ts";
import { renderEmail } from "../../core/edition/email.ts";
import { fitting } from "../../core/edition/ladder.ts";
import { readable } from "../../core/edition/letter.ts";
import { twelveArticles } from "./twelve-articles.ts";

const input = twelveArticles();
if (process.argv[2] === "bare") {
  // The markup has to be made first; only what follows is counted, with MJML's own loading before it.
  const { default: mjml2html } = await import("mjml");
  const loaded = performance.now();
  const { letter } = await fitting(readable(input));
  const markup = markupOf(letter, input.house);
  const made = performance.now();
  await mjml2html(markup, { validationLevel: "strict", fonts: {} });
  process.stdout.write(String(loaded + performance.now() - made));
} else {
  await renderEmail(input);
  process.stdout.write(String(performance.now()));
}
