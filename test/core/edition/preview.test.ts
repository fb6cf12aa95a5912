import { describe, expect, it } from "vitest";
import { type Framing, framedLetter, framedPage, framedText } from "../../../core/edition/framed.ts";
import { preview } from "../../../core/edition/preview.ts";
import { house } from "../../../functions/house.ts";
import { anArticle, anEditionInput, aPicture, aPublication, paragraph } from "../../people-and-papers.ts";

const deich = anArticle({
  ...{ title: "Der Deich", hero: aPicture("deich.jpg", { alt: null, credit: null }), teaser: "Er hält." },
  blocks: [paragraph('Siehe ../../bilder/ und src="../bilder/x.jpg".')],
});
const given = anEditionInput({ Umland: [deich] });
const framing: Framing = {
  ...{ publication: aPublication(), scheme: "light", pictures: "/bilder/elblandbote/" },
  language: "de",
};

async function files(input = given) {
  const looked = await preview(input);
  const file = (path: RegExp): string => String(looked?.files.find((one) => path.test(one.path))?.body);
  return { letter: file(/^email\.html/), text: file(/^email\.txt/), page: file(/der-deich\/index\.html/), looked };
}

describe("a preview", () => {
  it("shows what the gate would still refuse: a picture without alt text or credit", async () => {
    const { letter, page } = await files();
    expect(letter).toContain("Der Deich");
    expect(page).toContain("Der Deich");
  });

  it("leaves out what the library lacks, and empty sections with it", async () => {
    const sections = [
      { name: "Umland", articles: ["fort", deich.id] },
      { name: "Recht", articles: ["weg"] },
    ];
    const { letter } = await files({ ...given, issue: { ...given.issue, sections, lead: "fort", editorial: "weg" } });
    expect(letter).toContain("Der Deich");
    expect(letter).not.toContain("Recht");
  });

  it("is nothing while there is nothing to show", async () => {
    expect(await preview(anEditionInput({}))).toBeUndefined();
  });

  it("shows the house's own colour where the publication's is too weak to read", async () => {
    const weak = { ...given, publication: aPublication({ accent: "#FFFFAA" }) };
    expect((await files(weak)).letter).toContain("Der Deich");
  });
});

describe("an edition in a frame", () => {
  it("greets the sample reader and asks nobody but the desk for pictures", async () => {
    const letter = framedLetter((await files()).letter, framing);
    expect(letter).toContain("Guten Tag, Jördis Mühlbach,");
    expect([...letter.matchAll(/src="([^"]*)"/g)].map(([, url]) => url?.replace(/[^/]*$/, ""))).toEqual([
      "/bilder/elblandbote/",
    ]);
  });

  it("is dark or light as it is told, whatever the device asks for", async () => {
    const { letter, page } = await files();
    expect(letter).toContain("prefers-color-scheme");
    for (const scheme of ["light", "dark"] as const) {
      const framed = { ...framing, scheme };
      for (const html of [framedLetter(letter, framed), framedPage(page, house(), framed)]) {
        expect(html.includes("prefers-color-scheme") || html.includes("light dark")).toBe(false);
        expect(html.includes(scheme === "dark" ? "(min-width:0)" : "(max-width:0)")).toBe(true);
      }
    }
  });

  it("brings its style along and leads nowhere", async () => {
    const page = framedPage((await files()).page, house(), framing);
    expect(page).not.toMatch(/<link rel="(?:stylesheet|preload|icon)"|http-equiv/);
    expect(page).toContain('<base target="_blank">');
    expect(page).toMatch(/url\(\/gestalt\/source-sans-3-latin-wght-normal\.woff2\)/);
  });

  it("leaves what an author wrote as it is, though it looks like an address of a picture", async () => {
    const page = framedPage((await files()).page, house(), framing);
    expect(page).toContain("Siehe ../../bilder/ und");
    expect(page).toContain("../bilder/x.jpg");
  });

  it("prints the text part as text", async () => {
    const text = framedText((await files()).text.replace("Der Deich", "<b>Der Deich</b>"), framing);
    expect(text).toContain("&#60;b&#62;Der Deich&#60;/b&#62;");
    expect(text).toContain("https://elblandbote.example/u/probe");
  });
});
