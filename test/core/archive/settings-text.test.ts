import { expect, it } from "vitest";
import { readSettingsText } from "../../../core/archive/settings-text.ts";

const linked = (text: string): string[] =>
  readSettingsText(text).flatMap((block) =>
    block.type === "paragraph" ? block.content.flatMap((one) => (one.type === "link" ? [one.url] : [])) : [],
  );

it("makes links of addresses in imprint and privacy, as in an article: nobody has to copy them", () => {
  const text =
    "Schreiben Sie an datenschutz@blatt.example, www.blatt.example oder [uns](https://blatt.example/kontakt).\nUnd an post@blatt.example.";
  expect(linked(text)).toEqual([
    "mailto:datenschutz@blatt.example",
    "https://www.blatt.example",
    "https://blatt.example/kontakt",
    "mailto:post@blatt.example",
  ]);
});

it("leaves a sentence without an address as it is", () => {
  expect(readSettingsText("Am Alten Hafen 4 [nicht mehr]")).toEqual([
    { type: "paragraph", content: [{ type: "text", text: "Am Alten Hafen 4 [nicht mehr]" }] },
  ]);
});
