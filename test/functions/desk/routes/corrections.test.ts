import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../../../core/rights.ts";
import { words } from "../../../../core/words.ts";
import { beginImport } from "../../../../functions/desk/imports.ts";
import { readAmendments } from "../../../../functions/records/amendments.ts";
import { attachmentFolder, importFolder } from "../../../../functions/records/paths.ts";
import { leave } from "../../../../functions/records/subscribers.ts";
import { testCloud } from "../../../cloud/test-cloud.ts";
import { aPdf } from "../../../papers-to-take.ts";
import { paragraph } from "../../../people-and-papers.ts";
import { keepArticle, publicPage, sendIssue, sendSpring, wind } from "../../a-public-issue.ts";
import { afterMinutes, keyOf, letters, place, someReaders, takeIn } from "../../an-issue-to-send.ts";
import { type ADesk, aDesk, german, publication, type Visitor } from "./a-desk.ts";

const say = words("de").desk.corrections;
const path = "/issues/2026-01/corrections";
const windPage = "ausgaben/2026-01/wind-ueber-dem-deich/index.html";
let house: ADesk;
let publisher: Visitor;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const cloud = testCloud();
  await sendSpring(cloud, { readers: someReaders(3) });
  house = await aDesk(cloud);
  publisher = await house.as("publisher");
});
const body = async () => (await publisher.get(path, german)).text();
const correct = (fields: Record<string, string> = {}) =>
  publisher.post(path, { article: "wind", text: "Die Pacht steigt erst 2027.", seen: "0", ...fields });
const where = (answer: Response) => answer.headers.get("location")?.replace(`/${publication}`, "");

describe("the page of corrections", () => {
  it("corrects, withdraws and shows again, each with a word of what was done", async () => {
    expect(where(await correct())).toBe(`${path}?done=corrected`);
    expect(await body()).toContain("Die Pacht steigt erst 2027.");
    const withdrawal = { article: "wind", sentence: "Hier stand ein Irrtum.", seen: "1" };
    expect(where(await publisher.post(`${path}/withdrawals`, withdrawal))).toBe(`${path}?done=withdrawn`);
    expect(await publicPage(house.cloud, windPage)).toContain("Hier stand ein Irrtum.");
    expect(where(await publisher.post(`${path}/returns`, { article: "wind", seen: "2" }))).toBe(
      `${path}?done=returned`,
    );
    expect(await publicPage(house.cloud, windPage)).toContain("Die Pacht steigt erst 2027.");
  });

  it("says when a mail about corrections is possible", async () => {
    expect(await body()).toContain(say.mailNotYet);
    await correct();
    expect(await body()).not.toContain(say.mailNotYet);
  });

  it("shows the mended article only where somebody says so", async () => {
    await keepArticle(house.cloud, { ...wind, blocks: [paragraph("Die Pacht steigt.")] });
    expect(await body()).toContain("neue Fassung 2 liegt bereit");
    await correct({ mended: "yes" });
    expect(await publicPage(house.cloud, windPage)).toContain("Die Pacht steigt.");
    expect(await body()).not.toContain("liegt bereit");
  });

  it("leads to what readers see, and says before the button what mails show of pictures then", async () => {
    await correct();
    const page = await body();
    expect(page).toContain('<a href="https://elblandbote.example/ausgaben/2026-01/wind-ueber-dem-deich/">');
    expect(page.indexOf(say.withdrawWhat)).toBeLessThan(page.indexOf(say.withdrawButton));
  });

  it("keeps what was ticked beside words that are missing", async () => {
    await keepArticle(house.cloud, { ...wind, blocks: [paragraph("Die Pacht steigt.")] });
    const page = await (await correct({ text: "", mended: "yes" })).text();
    expect(page).toMatch(/name="mended" type="checkbox" value="yes" checked/);
  });

  it("lets a file that was attached give way to another one, and go", async () => {
    const bring = async (name: string, fields: Record<string, string>) => {
      const begun = where(await publisher.post(`${path}/downloads`)) ?? "";
      const id = begun.split("/").at(-1) ?? "";
      await house.cloud.files.write(attachmentFolder(publication, id) + name, aPdf(name), { type: "application/pdf" });
      const page = await (await publisher.get(begun, german)).text();
      return { page, answer: await publisher.post(begun, fields) };
    };
    await bring("heft.pdf", { label: "Das gedruckte Heft", seen: "0" });
    const same = await bring("heft.pdf", { label: "Noch eins", seen: "1" });
    expect([same.answer.status, await same.answer.text()]).toEqual([
      422,
      expect.stringContaining("heft.pdf wird schon angeboten"),
    ]);
    const other = await bring("heft-neu.pdf", { label: "", replaces: "heft.pdf", seen: "1" });
    expect(other.page).toContain("Statt: Das gedruckte Heft (heft.pdf)");
    expect(where(other.answer)).toBe(`${path}?done=attached`);
    const address = "ausgaben/2026-01/heft.pdf";
    expect(await publicPage(house.cloud, address)).toContain("heft-neu.pdf");
    const late = await publisher.post(`${path}/removals`, { file: "heft.pdf", seen: "1" });
    expect(late.status).toBe(409);
    const gone = await publisher.post(`${path}/removals`, { file: "heft.pdf", seen: "2" });
    expect(where(gone)).toBe(`${path}?done=detached`);
    expect(await publicPage(house.cloud, address)).toBe("");
  });

  it("loses nothing of whoever was slower, and shows them what stands now", async () => {
    await correct();
    const second = await correct({ text: "Und der Deich ist höher." });
    expect(second.status).toBe(409);
    const page = await second.text();
    expect(page).toContain("Und der Deich ist höher.</textarea>");
    expect(page).toContain("Die Pacht steigt erst 2027.");
    expect((await readAmendments(house.cloud, place)).corrections).toHaveLength(1);
    const [, seen = ""] = /name="seen" value="(\d+)"/.exec(page) ?? [];
    expect((await correct({ text: "Und der Deich ist höher.", seen })).status).toBe(303);
  });

  it("says what is missing beside what was typed", async () => {
    const answer = await publisher.post(`${path}/withdrawals`, { article: "wind", sentence: " ", seen: "0" });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("fehlt noch der Satz");
  });

  it("offers a file that was brought to storage, under the name it is given", async () => {
    const at = where(await publisher.post(`${path}/downloads`)) ?? "";
    expect(await (await publisher.get(at, german)).text()).toContain('enctype="multipart/form-data"');
    const folder = attachmentFolder(publication, at.split("/").at(-1) ?? "");
    await house.cloud.files.write(`${folder}Heft 01.pdf`, aPdf(), { type: "application/pdf" });
    expect((await publisher.post(at, { label: "", seen: "0" })).status).toBe(422);
    expect(where(await publisher.post(at, { label: "Das gedruckte Heft", seen: "0" }))).toBe(`${path}?done=attached`);
    expect(await publicPage(house.cloud, "ausgaben/2026-01/index.html")).toContain("heft-01.pdf");
    expect(await house.cloud.files.list("imports/")).toEqual([]);
  });

  it("asks for another file on the same page where one will not do, and says why", async () => {
    const at = where(await publisher.post(`${path}/downloads`)) ?? "";
    const folder = attachmentFolder(publication, at.split("/").at(-1) ?? "");
    await house.cloud.files.write(`${folder}heft.pdf`, "kein PDF", { type: "application/pdf" });
    const answer = await publisher.post(at, { label: "Das gedruckte Heft", seen: "0" });
    expect([answer.status, await answer.text()]).toEqual([
      422,
      expect.stringMatching(/enctype="multipart\/form-data".*id="file-problem".*type="file"/s),
    ]);
    await house.cloud.files.write(`${folder}Heft 01.pdf`, aPdf(), { type: "application/pdf" });
    expect(where(await publisher.post(at, { label: "Das gedruckte Heft", seen: "0" }))).toBe(`${path}?done=attached`);
  });

  it("offers no list of readers that somebody else is bringing", async () => {
    const { id } = await beginImport(house.cloud, operator, publication, "Bestellkarten");
    const list = `${importFolder(publication, id)}Heft 01.pdf`;
    await house.cloud.files.write(list, aPdf(), { type: "application/pdf" });
    const editor = await house.as("editor");
    const at = `${path}/downloads/${id}`;
    expect(await (await editor.get(at, german)).text()).not.toContain("Heft 01.pdf");
    expect((await editor.post(at, { label: "Das Heft", seen: "0" })).status).toBe(422);
    expect(await house.cloud.files.read(list)).toBeDefined();
  });

  it("lets editors correct and not withdraw, and shows authors nothing", async () => {
    const [editor, author] = [await house.as("editor"), await house.as("author")];
    expect(await (await editor.get(path, german)).text()).not.toContain(say.withdrawButton);
    expect((await editor.post(`${path}/withdrawals`, { article: "wind", sentence: "x", seen: "0" })).status).toBe(403);
    expect((await author.get(path)).status).toBe(403);
    expect((await publisher.get("/issues/2026-09/corrections")).status).toBe(404);
  });
});

describe("after an issue was sent", () => {
  it("is named on a reader's page, and linked for whoever may read issues", async () => {
    const [reader = ""] = someReaders(1);
    const key = await keyOf(house.cloud, reader);
    const page = async (visitor: Visitor) => (await visitor.get(`/subscribers/${key}`, german)).text();
    expect(await page(publisher)).toContain('/issues/2026-01">01|26</a>');
    expect(await page(await house.as("admin"))).toMatch(/^(?!.*issues\/2026-01).*01\|26/s);
  });

  it("is corrected, told to who received it alone, and withdrawn", async () => {
    const { cloud } = house;
    const [gone = "", ...stayed] = someReaders(3);
    await correct();
    const none = await (await publisher.post(`${path}/erratum`)).text();
    expect(none).toContain("Bitte wählen Sie, welche Korrekturen der Ausgabe 01|26 die Mail nennen soll.");
    await takeIn(cloud, ["neu@auenrode.example"]);
    await leave(cloud, publication, await keyOf(cloud, gone));
    expect(where(await publisher.post(`${path}/erratum`, { which: "0" }))).toBe("/issues/2026-01-e1");
    await sendIssue(cloud, "2026-01-e1");
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual({ [gone]: 1, ...Object.fromEntries(stayed.map((one) => [one, 2])) });
    expect(await body()).toContain("01|26 E1");
    await publisher.post(`${path}/withdrawals`, { article: "wind", sentence: "Zurückgezogen auf Wunsch.", seen: "1" });
    expect(await publicPage(cloud, windPage)).toContain("Zurückgezogen auf Wunsch.");
    expect(await publicPage(cloud, "feed/atom.xml")).not.toContain("Wind über dem Deich");
    expect(letters(cloud)[stayed[0] ?? ""]).toBe(2);
  });
});
