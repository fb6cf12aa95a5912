import sharp from "sharp";
import type { IssuePlan } from "../../core/issue/issue.ts";
import { operator } from "../../core/rights.ts";
import { draftIssue, orderBuild } from "../../functions/desk/issues.ts";
import { addPerson } from "../../functions/desk/people.ts";
import { found } from "../../functions/desk/publications.ts";
import { type HandedIn, submit } from "../../functions/desk/submissions.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { listArticles } from "../../functions/records/articles.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { paragraph, shown, wordFile } from "../core/article/word-files.ts";
import { anIssue, aPublication } from "../people-and-papers.ts";
import type { DeskHouse } from "./desk-house.ts";
import { unseenSigns, wickedWords } from "./wicked-words.ts";

/** Everything somebody can hand in, type or be called, as a weapon: it lies in a house before anybody looks. */

export const weapons = [...wickedWords, ...unseenSigns];
/** Two that leave text, attribute, script, style, title, template and slot. */
export const [polyglot, other] = [
  `</script><svg/onload=alert(1)>"'\`><img src=https://evil.example/x onerror=alert(1)> {{{x}}} {{#each`,
  `</title></style></textarea><script>alert(1)</script> " onclick="alert(1) {{leaveUrl}} &lt;b&gt; javascript:alert(1)`,
] as const;

/** Of files: what a file system and a store would still take. */
const wickedNames = [
  `"><img src=x onerror=alert(1)>.jpg`,
  "'onmouseover='alert(1).jpg",
  "<svg onload=alert(1)>.jpg",
  "{{{x}}} &lt;b&gt;.jpg",
  "javascript:alert(1).jpg",
];

export async function fillWithWeapons({ cloud, site }: DeskHouse): Promise<void> {
  await found(cloud, operator, wickedPublication(`${site}/elblandbote`));
  const picture = await sharp({ create: { width: 640, height: 400, channels: 3, background: "#0B5A3E" } })
    .jpeg()
    .toBuffer();
  for (const [id, files] of handedIn(picture)) await submit(cloud, operator, "elblandbote", id, files);
  for (const [index, name] of [polyglot, other, ...weapons.slice(0, 12)].entries())
    await addPerson(cloud, operator, "elblandbote", { address: `boese-${index}@auenrode.example`, name });
  await importSubscribers(
    ...([cloud, operator, "elblandbote"] as const),
    weapons.map((name, index) => ({
      line: index + 2,
      address: `leserin-${index}@auenrode.example`,
      name,
      language: "de" as const,
    })),
    { consentSource: polyglot },
  );
  await workUntilQuiet(cloud);
  const plan = wickedPlan((await listArticles(cloud, "elblandbote")).map(({ id }) => id));
  await draftIssue(cloud, operator, plan);
  await orderBuild(cloud, operator, "elblandbote", "2026-01");
  await draftIssue(cloud, operator, { ...plan, number: 2, sections: [{ name: other, articles: [] }] });
  await workUntilQuiet(cloud);
}

const wickedPublication = (baseUrl: string) =>
  aPublication({
    ...{ baseUrl, title: polyglot, titleParts: [polyglot.slice(0, 20), polyglot.slice(20, 120)], subtitle: other },
    ...{ responsiblePerson: polyglot, imprint: weapons.join("\n\n"), privacy: other, accessibility: polyglot },
    ...{ sections: [other.slice(0, 60), polyglot.slice(0, 60)], topics: [{ id: "boese", title: polyglot }] },
    publisher: {
      ...{ name: polyglot, address: [other, polyglot], legalForm: other, register: other, phone: "'><script>alert(1)" },
      ...{ email: "a@b.example", representedBy: other },
    },
    sender: { from: "post@elbland.example", name: other, replyTo: "post@elbland.example", listId: "a.elbland.example" },
    consentWording: { de: polyglot, en: other },
  });

function handedIn(picture: Uint8Array): [string, HandedIn[]][] {
  const file = (name: string, body: string | Uint8Array): HandedIn => ({ name, body: Buffer.from(body) });
  const markdown = weapons.map((word, index): [string, HandedIn[]] => [
    `m-${index}`,
    [file("text.md", inMarkdown(word)), file("bild.jpg", picture)],
  ]);
  return [
    ...markdown,
    ["t-alles", [file("text.txt", [polyglot, "", ...weapons].join("\n\n"))]],
    ["w-alles", [file("text.docx", inWord(picture))]],
    ["n-namen", [file("text.md", inMarkdown(polyglot)), ...wickedNames.map((name) => file(name, picture))]],
    ["l-leer", [file("text.md", `---\ntitel: [${JSON.stringify(other)}`)]],
    ["f-fremd", [file(`${wickedNames[0]}.exe`, "MZ")]],
  ];
}

/** The same word wherever an author's words can stand. */
function inMarkdown(word: string): string {
  const said = JSON.stringify(word);
  const head = [
    `titel: ${JSON.stringify(`T ${word}`)}`,
    ...["untertitel", "dachzeile", "teaser", "vorspann"].map((key) => `${key}: ${said}`),
    `autor: { name: ${said}, funktion: ${said} }`,
    `titelbild: { datei: bild.jpg, alt: ${said}, unterschrift: ${said}, foto: ${said} }`,
  ];
  return `---\n${head.join("\n")}\n---\n\n${word}\n\n## ${word}\n\n- ${word}\n\n> ${word}\n\n[${word}](https://auenrode.example/?x="onclick=alert(1))\n`;
}

const attribute = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

function inWord(picture: Uint8Array): Uint8Array {
  // A zip of XML: signs that no XML may hold make no file that Word could have written.
  const words = wickedWords.filter((word) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(word));
  const body = [
    paragraph(polyglot, "Titel"),
    ...words.map((word) => paragraph(`W ${word}`)),
    paragraph(other, "berschrift1"),
    `<w:p>${shown("x.jpg", { alt: attribute(polyglot), name: attribute(other) })}</w:p>`,
    paragraph(`Foto: ${other}`),
  ];
  return wordFile({ body: body.join(""), creator: attribute(polyglot), media: { "x.jpg": picture } });
}

const wickedPlan = (articles: readonly string[]): IssuePlan =>
  anIssue({
    ...{ theme: { title: polyglot, intro: other }, subject: polyglot, preheader: other },
    sections: [
      { name: polyglot, articles: articles.slice(0, 12) },
      { name: other, articles: articles.slice(12, 20) },
    ],
  });
