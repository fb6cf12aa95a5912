import { tidy } from "./tidy.ts";

/**
 * Markup as mail programs understand it; markup MJML finds fault with is a fault. Of all we load MJML takes longest to
 * wake: it is woken by the first letter, not by whoever only looks at a page.
 */
export async function pressed(markup: string): Promise<string> {
  const { default: mjml2html } = await import("mjml");
  const { html } = await mjml2html(markup, { validationLevel: "strict", fonts: {} });
  return tidy(html);
}
