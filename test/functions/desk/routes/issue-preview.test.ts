import { beforeEach, describe, expect, it } from "vitest";
import { pictureAddress, variantOf } from "../../../../core/article/picture-address.ts";
import { words } from "../../../../core/words.ts";
import { createIssue } from "../../../../functions/desk/new-issue.ts";
import { publicFile } from "../../../../functions/records/paths.ts";
import { anImage } from "../../../people-and-papers.ts";
import { aPlannedIssue, shelve } from "../an-issue.ts";
import { type ADesk, aDesk, deskUrl, publication, type Visitor } from "./a-desk.ts";

const say = words("de").desk;
let house: ADesk;
let editor: Visitor;
beforeEach(async () => {
  house = await aDesk();
  await aPlannedIssue(house.cloud);
  editor = await house.as("editor");
});
const at = "/issues/2026-01/preview";
const textOf = async (path: string): Promise<string> => (await editor.get(path)).text();
const unescaped = (html: string): string => html.replaceAll("&#x3D;", "=").replaceAll("&amp;", "&");
const srcIn = (html: string): string => /<iframe[^>]*src="([^"]*)"/.exec(unescaped(html))?.[1] ?? "";

describe("Vorschau", () => {
  it("shows the mail on a phone, and how it stands in the inbox", async () => {
    const html = await textOf(at);
    expect(srcIn(html)).toBe(`/${publication}${at}/mail?edition=mail&width=phone&scheme=light&pictures=on&page=`);
    expect(html).toMatch(/<iframe class="frame phone"[^>]* sandbox /);
    for (const words of ["ELBLANDbote 01|26: Kleine Orte, große Wege", "Deich · Wind · Urteil"])
      expect(html).toContain(words);
  });

  it("answers every look in a sandbox that asks for nothing", async () => {
    const looks = ["/mail?scheme=dark", "/mail?pictures=off", "/text", "/page", "/page?page=wind&scheme=dark"];
    for (const look of looks) {
      const answer = await editor.get(at + look);
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect([look, answer.status, policy.startsWith("sandbox; default-src 'none'")]).toEqual([look, 200, true]);
      expect(policy.includes("img-src 'none'")).toBe(look.includes("off"));
      expect(await answer.text()).not.toMatch(/<script(?! type="application\/ld\+json")/);
    }
  });

  it("shows pages of articles of the issue, and none of anything else", async () => {
    expect(await textOf(`${at}/page?page=wind`)).toMatch(/<h1[^>]*>Wind<\/h1>/);
    for (const page of ["rufbus", "../../impressum", "fort"])
      expect((await editor.get(`${at}/page?page=${page}`)).status).toBe(404);
    const html = unescaped(await textOf(`${at}?edition=page`));
    for (const title of [say.preview.cover, "Deich", "Wind", "Urteil"]) expect(html).toContain(`>${title}</a>`);
  });

  it("tells a script by one small answer whether to look again", async () => {
    const stamp = async (): Promise<string> =>
      ((await (await editor.get(`${at}/stamp`)).json()) as { stamp: string }).stamp;
    const before = await stamp();
    expect(await textOf(at)).toContain(`data-stamp="${before}"`);
    await shelve(house.cloud, { title: "Sturm" }, "wind");
    expect(await stamp()).not.toBe(before);
    expect(await textOf(`${at}/mail`)).toContain("Sturm");
  });

  it("says what to do while there is nothing to show", async () => {
    await createIssue(house.cloud, editor.person, publication, {
      ...{ number: 2, year: 2026, date: "2026-04-06", theme: { title: "Wasser", intro: "" } },
    });
    const empty = "/issues/2026-02/preview";
    expect(await textOf(empty)).toContain(say.preview.nothing);
    expect((await editor.get(`${empty}/mail`)).status).toBe(404);
  });

  it("hands its pictures and type to a frame that has no origin and no cookie", async () => {
    const image = anImage("deich.jpg");
    const variant = variantOf(image, "lead");
    if (!variant) return expect.unreachable();
    const file = pictureAddress(image, variant);
    await house.cloud.files.write(publicFile(publication, file), "jpeg", { type: "image/jpeg" });
    const src = /src="(\/pictures\/[^"]*)"/.exec(await textOf(`${at}/mail`))?.[1];
    expect(src).toBe(`/pictures/${publication}/${file.slice("bilder/".length)}`);
    const picture = await house.app.request(new URL(src ?? "", deskUrl).href);
    expect([picture.status, picture.headers.get("cross-origin-resource-policy")]).toEqual([200, "cross-origin"]);
    const font = /url\((\/gestalt\/[^)]*)\)/.exec(await textOf(`${at}/page`))?.[1];
    const type = await house.app.request(new URL(font ?? "", deskUrl).href);
    expect([type.status, type.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
  });

  it("shows authors nothing", async () => {
    const author = await house.as("author");
    for (const path of [at, `${at}/mail`, `${at}/stamp`]) expect((await author.get(path)).status).toBe(403);
  });
});
