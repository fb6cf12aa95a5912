import { zipSync } from "fflate";
import { bold, paragraph, partsOf, run, shown, wordFile } from "./word-files.ts";

/** Honest documents at the edge of what one article can be. */

const sentence = "Wer dienstags kommt, hat eine Frage und einen Zettel in der Hand, und beides wird gebraucht.";
const title = paragraph("Ein Schalter, der zuhört", "Titel");

/** Paragraphs of five runs each, as Word tears them for its spelling marks, and a heading over every twenty. */
export function longWordFile(paragraphs: number): Uint8Array {
  const text = (index: number): string =>
    ["", "", "<w:b/>", "", "<w:i/>"].map((look, part) => run(`${sentence} ${index}.${part} `, look)).join("");
  const body = Array.from({ length: paragraphs }, (_, index) =>
    index % 20 === 0 ? bold(`Abschnitt ${index / 20 + 1}`) : paragraph(text(index)),
  );
  return wordFile({ body: title + body.join("") });
}

/** One paragraph in so many runs that only their number can be slow. */
export const tornWordFile = (runs: number): Uint8Array =>
  wordFile({ body: title + paragraph(Array.from({ length: runs }, (_, index) => run(`${index} `)).join("")) });

/** Photos whose bytes no zip can shrink, as those of a camera are. */
export function photoWordFile(count: number, bytes: number): Uint8Array {
  const names = Array.from({ length: count }, (_, index) => `image${index + 1}.jpeg`);
  const body = names.flatMap((name) => [paragraph(shown(name)), paragraph("Blick in den Saal"), paragraph(sentence)]);
  const media = Object.fromEntries(names.map((name, index) => [name, photo(bytes, index + 1)]));
  return zipSync(partsOf({ body: title + paragraph(sentence) + body.join(""), media }), { level: 1 });
}

/** The beginning of a JPEG, and noise that is the same in every run (xorshift). */
function photo(bytes: number, seed: number): Uint8Array {
  const noise = new Uint32Array(bytes >> 2);
  let state = seed * 2_654_435_761;
  for (let index = 0; index < noise.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    noise[index] = state;
  }
  const photo = new Uint8Array(noise.buffer);
  photo.set([0xff, 0xd8, 0xff, 0xe0]);
  return photo;
}
