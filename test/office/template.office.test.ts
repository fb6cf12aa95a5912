import { beforeAll, describe, expect, it } from "vitest";
import { readWord, type WordDocument } from "../../core/article/word.ts";
import { languages } from "../../core/words.ts";
import { photoOfBusStop, template, written, writtenOver } from "../a-written-template.ts";
import { savedByLibreOffice } from "./office.ts";

/** Whose frame is English has written the same German words in it. */
describe.each(languages)("the Word template, opened in LibreOffice and saved again: %s", (language) => {
  const mine = writtenOver(template(language), language, written, photoOfBusStop());
  let [untouched, whole]: (WordDocument | undefined)[] = [];
  beforeAll(async () => {
    const files = savedByLibreOffice([
      { name: "vorlage.docx", body: template(language) },
      { name: "rufbus.docx", body: mine },
    ]);
    [untouched, whole] = await Promise.all(files.map((file) => readWord("rufbus.docx", file)));
  });

  it("is read without a note once somebody has written in it", () => {
    expect(whole?.reading.notes).toEqual([]);
  });

  it("is the same article as the one Word would have saved", async () => {
    const { reading } = await readWord("rufbus.docx", mine);
    expect(whole?.reading.text).toEqual(reading.text);
    expect(whole?.reading.credit).toBe(reading.credit);
  });

  it("still has the photo's own bytes", async () => {
    const [picture] = whole?.reading.pictures ?? [];
    expect(await whole?.picture(picture?.name ?? "")).toEqual(photoOfBusStop());
  });

  it("is still no article before somebody has written in it", () => {
    expect(untouched?.reading.text).toMatchObject({ title: "", lead: [], authors: [], hero: null, blocks: [] });
    expect(untouched?.reading.notes.map(({ code }) => code)).toEqual(["word-placeholder"]);
  });
});
