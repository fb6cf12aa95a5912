import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listSubscribers } from "../../functions/records/subscribers.ts";
import { type DeskHouse, onlyPublication, openDeskHouse } from "./desk-house.ts";

/** Readers and what is public, by hand in a real browser. */

let house: DeskHouse;
let publication: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kurier-list-"));
  house = await openDeskHouse();
  publication = await onlyPublication(house);
}, 300_000);
afterAll(async () => {
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});
const at = (path: string): string => `${house.origin}/${publication}${path}`;

describe("whoever looks after readers", () => {
  it("takes a list in from a phone: it goes to storage, is looked through by itself, and wants one yes", async () => {
    const list = join(folder, "leser.csv");
    await writeFile(list, "email;name\nneu1@auenrode.example;Neu Eins\nneu2@auenrode.example;Neu Zwei\nnix;\n");
    const { page, trouble, close } = await house.enter(["admin"], { viewport: { width: 360, height: 740 } });
    await page.goto(at("/subscribers"));
    await page.getByRole("link", { name: "Liste aufnehmen" }).click();
    await page.getByLabel("Woher stammt die Einwilligung?").fill("Bestellkarten 2025");
    await page.getByRole("button", { name: "Weiter zur Datei" }).click();
    await page.getByLabel("CSV-Datei").setInputFiles(list);
    await page.getByRole("button", { name: "Hochladen" }).click();
    await page.getByText("Wer neu dazukommt (2), hat eingewilligt").waitFor();
    const before = (await listSubscribers(house.cloud, publication)).length;
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "2 aufnehmen" }).click();
    await page.getByText("Aufgenommen: 2.").waitFor();
    expect((await listSubscribers(house.cloud, publication)).length).toBe(before + 2);
    await page.goto(at("/subscribers"));
    await page.getByLabel("Ganze E-Mail-Adresse").fill("neu2@auenrode.example");
    await page.getByRole("button", { name: "Suchen" }).click();
    await page.getByRole("heading", { name: "neu2@auenrode.example" }).waitFor();
    expect(page.url()).not.toContain("auenrode");
    // No icon lies at the root.
    expect(trouble.filter((line) => !line.includes("status of 404"))).toEqual([]);
    await close();
  });

  it("takes a list in without any script, press by press", async () => {
    const list = join(folder, "ohne.csv");
    await writeFile(list, "email\nohne@auenrode.example\n");
    const { page, close } = await house.enter(["publisher"], { javaScriptEnabled: false });
    await page.goto(at("/subscribers/imports"));
    await page.getByLabel("Woher stammt die Einwilligung?").fill("Bestellkarten 2025");
    await page.getByRole("button", { name: "Weiter zur Datei" }).click();
    await page.getByLabel("CSV-Datei").setInputFiles(list);
    for (const button of ["Hochladen", "Liste durchsehen", "Weiter"])
      await page.getByRole("button", { name: button }).click();
    await page.getByRole("checkbox").check();
    for (const button of ["1 aufnehmen", "Weiter"]) await page.getByRole("button", { name: button }).click();
    await page.getByText("Aufgenommen: 1.").waitFor();
    await close();
  });
});

describe("whoever corrects an issue that is public", () => {
  it("does it with the keyboard alone, and readers find it on the page", async () => {
    const { page, close } = await house.enter(["publisher"]);
    await page.goto(at("/issues/2026-01/corrections"));
    await page.locator("#correct-article").focus();
    await page.keyboard.type("Auenrode");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Die Pacht steigt erst 2027.");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("status").waitFor();
    const reading = await page.context().newPage();
    await reading.goto(`${house.site}/${publication}/ausgaben/2026-01/auenrode-rechnet-mit-dem-wind/`);
    expect(await reading.locator(".correction").innerText()).toContain("Die Pacht steigt erst 2027.");
    await close();
  });

  it("withdraws, and whoever asks for the article is told 410 and why", async () => {
    const { page, close } = await house.enter(["publisher"]);
    await page.goto(at("/issues/2026-01/corrections"));
    await page.locator("#withdraw-article").selectOption({ label: "Auenrode rechnet mit dem Wind" });
    await page.getByLabel("Satz an seiner Stelle").fill("Auf Wunsch der Autorin zurückgezogen.");
    await page.getByRole("button", { name: "Aus dem Web zurückziehen" }).click();
    await page.getByRole("button", { name: "Wieder zeigen: Auenrode" }).waitFor();
    const reading = await page.context().newPage();
    const answer = await reading.goto(`${house.site}/${publication}/ausgaben/2026-01/auenrode-rechnet-mit-dem-wind/`);
    expect(answer?.status()).toBe(410);
    expect(await reading.getByText("Auf Wunsch der Autorin zurückgezogen.").count()).toBe(1);
    await close();
  });
});
