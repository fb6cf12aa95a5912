/** What a text is by its name, to be read accordingly. */
export type TextFormat = "markdown" | "text" | "word";

const formats: readonly { readonly named: RegExp; readonly format: TextFormat }[] = [
  { named: /\.(md|markdown)$/i, format: "markdown" },
  { named: /\.(txt|text)$/i, format: "text" },
  { named: /\.docx$/i, format: "word" },
];

/** Undefined for everything Kurier does not read. */
export const textFormatNamed = (name: string): TextFormat | undefined =>
  formats.find(({ named }) => named.test(name))?.format;
