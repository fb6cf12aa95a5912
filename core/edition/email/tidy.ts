/**
 * Makes MJML's pages small and valid: no indentation, no redundant `type`, no doubled spaces in tags, and the
 * signs Handlebars escapes although they are harmless between quotes.
 */
export const tidy = (html: string): string =>
  html
    .replaceAll('<style type="text/css">', "<style>")
    .replaceAll("&#x3D;", "=")
    .replaceAll("&#x27;", "&#39;")
    .replace(/\s*\n\s*/g, "\n")
    .replace(/\n(?=<)|(?<=[>{};,])\n|\n(?=\})/g, "")
    .replaceAll("\n", " ")
    .replace(/ (?=\/?>)/g, "");
