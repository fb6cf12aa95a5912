import { readFile } from "node:fs/promises";
import type { BrowserContextOptions, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "../../core/rights.ts";
import { draftIssue } from "../../functions/desk/issues.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { paragraph, run, wordFile } from "../core/article/word-files.ts";
import { anIssue, aPublication } from "../people-and-papers.ts";
import { axeFindings } from "./chromium.ts";
import { type DeskHouse, openDeskHouse, type Window } from "./desk-house.ts";

/** Handing in, in a real browser: on a phone, without script, by the keyboard alone, by a personal link. */

const bote = aPublication();
const sample = "local/sample/elblandbote/articles";
const word = {
  name: "Am Fluss.docx",
  mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  buffer: Buffer.from(
    wordFile({
      body: [
        paragraph(run("Am Fluss"), "Title"),
        paragraph(run("Der Fluss ist wieder klar, und an der Brücke wird gebadet. Niemand hatte das erwartet.")),
        paragraph(run("Foto: bruecke.jpg")),
        paragraph(run("Dahinter drehen sich seit dem Herbst die neuen Räder, und die Gemeinde verdient daran.")),
        paragraph(run("Foto: windraeder.jpg")),
      ].join(""),
    }),
  ),
};
const manuscript = [
  `${sample}/schuldach/schuldach.docx`,
  `${sample}/bruecke/bruecke.jpg`,
  `${sample}/wind/windraeder.jpg`,
];
const phone = { viewport: { width: 360, height: 740 } } satisfies BrowserContextOptions;

let house: DeskHouse;
beforeAll(async () => {
  house = await openDeskHouse({ hasSample: false });
  await savePublication(house.cloud, bote);
  await draftIssue(house.cloud, operator, anIssue({ date: "2027-03-02" }));
}, 300_000);
afterAll(() => house?.close());

const photos = () =>
  Promise.all(
    [`bruecke/bruecke.jpg`, `wind/windraeder.jpg`].map(async (path) => ({
      ...{ name: path.split("/")[1] ?? "", mimeType: "image/jpeg" },
      buffer: await readFile(`${sample}/${path}`),
    })),
  );

/** For whoever looks at the pages themselves: a folder to keep them in. */
const { KURIER_DESK_PICTURES: pictures } = process.env;

async function fine(page: Page, name: string): Promise<void> {
  await page.evaluate("document.fonts.ready");
  const { width } = page.viewportSize() ?? { width: 0 };
  if (pictures) await page.screenshot({ path: `${pictures}/intake ${name} ${width}.png`, fullPage: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    if (pictures && colorScheme === "dark")
      await page.screenshot({ path: `${pictures}/intake ${name} ${width} dark.png`, fullPage: true });
    expect([name, colorScheme, await axeFindings(page)]).toEqual([name, colorScheme, []]);
  }
  await page.emulateMedia({ colorScheme: "light" });
  expect([name, await page.evaluate("document.documentElement.scrollWidth <= innerWidth")]).toEqual([name, true]);
}
async function inWindow(
  options: BrowserContextOptions,
  work: (page: Page) => Promise<void>,
  role: "author" | "editor" = "author",
): Promise<void> {
  const window: Window = await house.enter([role], options);
  try {
    await work(window.page);
    // What goes wrong on purpose browsers note as errors, too.
    expect(window.trouble.filter((line) => !/status of (404|503)/.test(line))).toEqual([]);
  } finally {
    await window.close();
  }
}
const room = () => `${house.origin}/${bote.id}/submissions`;
const begin = async (page: Page, title: string): Promise<void> => {
  await page.goto(`${room()}/new`);
  await page.getByLabel("Worum geht es?").fill(title);
  await page.getByRole("button", { name: "Weiter" }).click();
  await page.waitForURL(/submissions\/\d{4}/);
};
const shows = (page: Page, words: string) => page.getByText(words).first().waitFor({ timeout: 60_000 });

describe("an author with a phone", () => {
  it("hands in a Word file and two photos at once, and fills in what is missing", () =>
    inWindow(phone, async (page) => {
      await page.goto(room());
      await fine(page, "nothing yet");
      await page.getByRole("link", { name: "Beitrag einreichen" }).click();
      await fine(page, "new");
      await page.getByLabel("Worum geht es?").fill("Das Schuldach");
      await page.getByRole("button", { name: "Weiter" }).click();
      await fine(page, "begun");
      await page.locator("input[type=file]").setInputFiles([word, ...(await photos())]);
      await shows(page, "Alles angekommen: 3.");
      await shows(page, "Was Kurier verstanden hat");
      expect(await page.getByText("Fügen Sie nun den Text und die Bilder hinzu").count()).toBe(0);
      await page.goto(page.url().replace(/\?.*/, ""));
      await fine(page, "understood");
      for (const field of await page.locator("form[action$=pictures] textarea").all())
        await field.fill("Ein Dach mit Platten");
      for (const field of await page.locator("form[action$=pictures] input[name$=credit]").all())
        await field.fill("privat");
      await page.getByRole("button", { name: "Angaben speichern" }).click();
      await shows(page, "Die Angaben zu den Bildern sind gespeichert.");
      expect(await page.locator("#missing").count()).toBe(0);
      await page.goto(room());
      await fine(page, "one in the list");
    }));

  it("keeps what they typed when one more photo comes, wherever they look meanwhile", () =>
    inWindow(phone, async (page) => {
      await begin(page, "Das Dach");
      const [bridge, mills] = await photos();
      if (!bridge || !mills) throw new Error("there are no photos");
      await page.locator("input[type=file]").setInputFiles([word, bridge, mills]);
      await shows(page, "Was Kurier verstanden hat");
      await page.goto(page.url().replace(/\?.*/, ""));
      const caption = page.locator("form[action$=pictures] textarea[name$=caption]").first();
      await caption.fill("Ein Dach mit Platten");
      await caption.blur();
      await page.locator("input[type=file]").setInputFiles({ ...bridge, name: "noch-eins.jpg" });
      await shows(page, "Alles angekommen: 1.");
      const looked = page.waitForResponse((answer) => "x-kurier-look" in answer.request().headers());
      await looked;
      await page.waitForTimeout(300);
      expect(await caption.inputValue()).toBe("Ein Dach mit Platten");
    }));

  it("sends no file twice, tries again what failed, and hears at once what cannot be read", () =>
    inWindow(phone, async (page) => {
      await begin(page, "Die Brücke");
      let failures = 0;
      await page.route("**/upload", (route) => {
        failures += 1;
        return failures === 1 ? route.fulfill({ status: 503 }) : route.continue();
      });
      await page.locator("input[type=file]").setInputFiles(manuscript.slice(1, 2));
      await shows(page, "Alles angekommen: 1.");
      expect(failures).toBe(2);
      await expect.poll(() => page.locator("#stand [data-name]").count(), { timeout: 30_000 }).toBe(1);
      await page.locator("input[type=file]").setInputFiles(manuscript.slice(1, 2));
      await shows(page, "liegt schon hier");
      expect(failures).toBe(2);
      const scan = { name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-") };
      await page.locator("input[type=file]").setInputFiles(scan);
      await shows(page, "nicht angekommen");
      await fine(page, "uploads");
    }));

  it("brings two photos their phone gave one name, and hears sums instead of every step", () =>
    inWindow(phone, async (page) => {
      await begin(page, "Zwei Bilder");
      const [bridge, mills] = await photos();
      if (!bridge || !mills) throw new Error("there are no photos");
      const named = [bridge, mills].map((photo) => ({ ...photo, name: "image.jpg" }));
      await page.locator("input[type=file]").setInputFiles(named);
      await shows(page, "Alles angekommen: 2.");
      await expect.poll(() => page.locator("#stand [data-name]").count(), { timeout: 30_000 }).toBe(2);
      await shows(page, "image 2.jpg");
      // Each name stands once: among the files.
      await expect.poll(() => page.locator(".uploads li").count(), { timeout: 30_000 }).toBe(0);
      expect(await page.locator(".uploads[aria-live]").count()).toBe(0);
    }));

  it("needs no script: one file after another, and the page says what came", () =>
    inWindow({ ...phone, javaScriptEnabled: false }, async (page) => {
      await begin(page, "Ohne Skript");
      await page.locator("input[type=file]").setInputFiles(manuscript.slice(1, 2));
      await page.getByRole("button", { name: "Datei senden" }).click();
      await shows(page, "„bruecke.jpg“ ist angekommen.");
      expect(new URL(page.url()).origin).toBe(house.origin);
    }));
});

describe("an author at a keyboard", () => {
  it("pastes an article and never needs the mouse", () =>
    inWindow({ viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.goto(`${room()}/new`);
      await page.getByLabel("Worum geht es?").focus();
      await page.keyboard.type("Der Deich hält");
      await page.keyboard.press("Tab");
      await page.keyboard.insertText(
        "# Der Deich hält\n\nEr ist einen Meter höher als im letzten Jahr.\n\n## Am Wehr\n\nAuch dort.\n",
      );
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await shows(page, "Was Kurier verstanden hat");
      await fine(page, "pasted");
    }));
});

describe("an editor", () => {
  it("asks for an article, and whoever is asked hands it in by their link", () =>
    inWindow(
      { viewport: { width: 1280, height: 900 } },
      async (page) => {
        await page.goto(room());
        await fine(page, "all of them");
        await page.getByRole("link", { name: "Um einen Beitrag bitten" }).click();
        await fine(page, "commission");
        const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
        await page.getByLabel("Name").fill("Frieda Möhring");
        await page.getByLabel("E-Mail-Adresse").fill("frieda@verein.example");
        await page.getByLabel("Bis wann?").fill(until);
        await page.getByLabel("Worum geht es?").fill("Der Verein feiert");
        await page.getByRole("button", { name: "Anfrage senden" }).click();
        await shows(page, "Die Anfrage ist unterwegs.");
        await fine(page, "asked for");
        const link = await linkFor("frieda@verein.example");
        await page.context().clearCookies();
        await page.goto(link);
        await fine(page, "by link");
        await page.locator("input[type=file]").setInputFiles(manuscript.slice(0, 1));
        await shows(page, "Was Kurier verstanden hat");
        await page.goto(`${house.origin}/r/hand-in/nirgends`);
        await fine(page, "link over");
      },
      "editor",
    ));
});

async function linkFor(to: string): Promise<string> {
  await expect.poll(() => house.cloud.outbox.list({ limit: 5, to }).letters.length, { timeout: 30_000 }).toBe(1);
  const [letter] = house.cloud.outbox.list({ limit: 5, to }).letters;
  const mail = await PostalMime.parse(house.cloud.outbox.source(letter as never));
  return /http:\/\/\S+\/r\/hand-in\/\S+/.exec(mail.text ?? "")?.[0] ?? "";
}
