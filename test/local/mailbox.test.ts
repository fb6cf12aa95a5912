import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messageOf } from "../../core/delivery/message.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { lettersInFolder, lettersInOutbox } from "../../local/letters.ts";
import { mailbox } from "../../local/mailbox.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kurier-mailbox-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Writing {
  readonly to?: string | { name: string; address: string };
  readonly subject?: string;
  readonly html?: string | undefined;
  readonly text?: string;
}
const press = createTransport({ streamTransport: true, buffer: true, newline: "windows" });

async function aLetter({
  to = "gülşen@example.org",
  subject = "ELBLANDbote 01|26",
  html,
  text = "Guten Tag",
}: Writing) {
  const { message } = await press.sendMail({
    ...{ from: { name: "ELBLANDbote", address: "post@elblandbote.example" }, to, subject, text },
    ...(html === undefined ? {} : { html }),
    date: new Date("2026-03-02T06:00:00Z"),
  });
  return message as Buffer;
}

async function post(minute: number, writing: Writing = { html: "<p>Guten Tag</p>" }): Promise<string> {
  const id = `20260302T06${String(minute).padStart(2, "0")}00000Z-aB_${minute}`;
  await writeFile(join(folder, `${id}.eml`), await aLetter(writing));
  return id;
}

const app = (language: "de" | "en" = "de") => mailbox({ letters: lettersInFolder(folder), language });
const read = async (path: string, language: "de" | "en" = "de") => (await app(language).request(path)).text();

describe("the mailbox", () => {
  it("says who got what, the newest first", async () => {
    await post(1, { to: { name: "Hanka Młynkowa", address: "hanka@example.org" } });
    await post(2, { to: { name: "Gülşen Yıldız", address: "g@example.org" }, subject: "Bestätigung" });
    const page = await read("/");
    expect(page).toContain("2 Briefe");
    expect(page).toContain("Hanka Młynkowa");
    expect(page).toContain("hanka@example.org");
    expect(page.indexOf("Gülşen Yıldız")).toBeLessThan(page.indexOf("Hanka Młynkowa"));
    expect(page.indexOf("Gülşen Yıldız")).toBeGreaterThan(0);
  });

  it("speaks English where that is asked for", async () => {
    await post(1);
    expect(await read("/", "en")).toContain("One letter");
  });

  it("says what comes next while it is empty", async () => {
    await rm(folder, { recursive: true });
    expect(await read("/")).toContain("Sobald eine Ausgabe versendet wird");
  });

  it("turns pages where there are more letters than one shows", async () => {
    for (let minute = 1; minute <= 52; minute++) await post(minute);
    const first = await read("/");
    expect(first.match(/<li>/g)).toHaveLength(50);
    const older = /href="\.([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll("&#x3D;", "=") ?? "";
    const second = await read(older);
    expect(second.match(/<li>/g)).toHaveLength(2);
    expect(second).toContain("Zu den neuesten");
  });

  it("shows a letter as it is designed, in a frame that runs nothing and lets links open beside it", async () => {
    const id = await post(1, {
      html: '<html><head><title>x</title></head><body><a href="https://a.example/">a</a></body></html>',
    });
    const page = await read(`/${id}/`);
    expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    const frame = await app().request(`/${id}/letter`);
    const policy = frame.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toMatch(/^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';/);
    expect(policy).not.toMatch(/script|same-origin|allow-forms/);
    expect(await frame.text()).toContain('<head><base target="_blank"><title>x</title>');
  });

  it("finds pictures and pages of this machine wherever its server listens now", async () => {
    const id = await post(1, {
      html: '<img src="http://127.0.0.1:4810/elblandbote/bilder/a.jpg"><a href="https://b.example/">b</a>',
    });
    const frame = await read(`/${id}/letter`);
    expect(frame).toContain('src="/elblandbote/bilder/a.jpg"');
    expect(frame).toContain('href="https://b.example/"');
    expect(await read(`/${id}/source`)).toContain("127.0.0.1:4810");
  });

  it("leaves the desk's links to the desk, and leads to where it listens now", async () => {
    const words = "http://127.0.0.1:4830/elblandbote/articles/pegel/words";
    const id = await post(1, {
      html: `<a href="http://127.0.0.1:4830/r/hand-in/abc">a</a><a href="${words}">b</a><a href="http://127.0.0.1:4830/">c</a><a href="http://127.0.0.1:4810/elblandbote/u/x">d</a>`,
    });
    const frame = async (desk?: string) => {
      const here = mailbox({ letters: lettersInFolder(folder), language: "de", desk: () => desk });
      return (await here.request(`/${id}/letter`)).text();
    };
    expect(await frame("http://127.0.0.1:4830")).toContain(
      `<base target="_blank"><a href="http://127.0.0.1:4830/r/hand-in/abc">a</a><a href="${words}">b</a><a href="http://127.0.0.1:4830/">c</a><a href="/elblandbote/u/x">d</a>`,
    );
    expect(await frame("http://127.0.0.1:4931")).toContain('href="http://127.0.0.1:4931/r/hand-in/abc"');
    expect(await frame()).toContain('href="http://127.0.0.1:4830/r/hand-in/abc"');
  });

  it("speaks by the clock of the publication, wherever the machine stands", async () => {
    const id = await post(1);
    const homes = async () => [{ id: "elblandbote", timeZone: "Pacific/Auckland" }];
    const here = mailbox({ letters: lettersInFolder(folder), language: "de", homes });
    for (const path of ["/", `/${id}/`]) expect(await (await here.request(path)).text()).toContain("02.03.2026, 19:0");
  });

  it("leads to the desk where a letter means the desk, which has an address of its own", async () => {
    const at = "http://127.0.0.1:4830";
    const id = await post(1, {
      html: `<a href="${at}/elblandbote/articles/steg">a</a><a href="http://127.0.0.1:4999/r/review/abc">b</a><a href="http://127.0.0.1:4810/elblandbote/">c</a>`,
    });
    const here = mailbox({ letters: lettersInFolder(folder), language: "de", desk: () => at });
    const frame = await (await here.request(`/${id}/letter`)).text();
    expect(frame).toContain(`href="${at}/elblandbote/articles/steg"`);
    expect(frame).toContain(`href="${at}/r/review/abc"`);
    expect(frame).toContain('href="/elblandbote/"');
  });

  it("leads to the pages served here, whatever address a publication will have", async () => {
    const home = "https://elblandbote.example";
    const id = await post(1, {
      html: `<img src="${home}/bilder/a.jpg"><a href="${home}/u/abc">${home}/u/abc</a><a href="${home}.org/">b</a>`,
    });
    const homes = async () => [{ id: "elblandbote", baseUrl: home }];
    const here = mailbox({ letters: lettersInFolder(folder), language: "de", homes });
    const frame = await (await here.request(`/${id}/letter`)).text();
    expect(frame).toContain('<img src="/elblandbote/bilder/a.jpg"><a href="/elblandbote/u/abc">');
    expect(frame).toContain(`>${home}/u/abc</a><a href="${home}.org/">`);
  });

  it("shows text and source as they are", async () => {
    const id = await post(1, { html: "<p>a</p>", text: "Guten Tag <Jördis> & alle" });
    expect(await read(`/${id}/text`)).toContain("Guten Tag &lt;Jördis&gt; &amp; alle");
    expect(await read(`/${id}/source`)).toContain("MIME-Version: 1.0");
    const saved = await app().request(`/${id}/letter.eml`);
    expect(saved.headers.get("Content-Disposition")).toContain("attachment");
    expect(await saved.text()).toContain("Subject: ELBLANDbote 01|26");
  });

  it("says so where a letter has only text", async () => {
    const id = await post(1, { text: "Nur Text" });
    const page = await read(`/${id}/`);
    expect(page).toContain("Dieser Brief hat nur einen Textteil.");
    expect(page).toContain("Nur Text");
    expect(page).not.toContain("<iframe");
  });

  it("never takes a subject or a name for HTML", async () => {
    const wicked = "<script>alert(1)</script>";
    const id = await post(1, { subject: wicked, to: { name: wicked, address: "a@example.org" } });
    for (const path of ["/", `/${id}/`, `/${id}/source`]) expect(await read(path)).not.toContain("<script");
  });

  it.each(["/nix/", "/nix/text", "/..%2f..%2fetc%2fpasswd/source", "/a/b/c", "/gestalt/x.css"])(
    "has nothing at %s and says so",
    async (path) => {
      await post(1);
      const answer = await app().request(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain("Hier ist nichts");
    },
  );

  it("brings its own style and type, and lets nothing else in", async () => {
    const page = await app().request("/");
    expect(page.headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'; style-src 'self'/);
    const style = await app().request("/gestalt/mailbox.css");
    expect(style.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
    const fonts = [...(await style.text()).matchAll(/url\(([^)]+)\)/g)].map(([, name]) => name ?? "");
    expect(fonts).not.toHaveLength(0);
    for (const name of fonts)
      expect((await app().request(`/gestalt/${name}`)).headers.get("Content-Type")).toBe("font/woff2");
  });

  it("shows the outbox of the embedded cloud alike", async () => {
    const cloud = localCloud({ folder });
    try {
      const raw = (await aLetter({ to: { name: "Jördis Mühlbach", address: "j@example.org" } }))
        .toString("latin1")
        .replace(/^(Date|Message-ID):.*\r\n/gim, "");
      const { messageId } = await cloud.mail.send({
        ...{ stream: "editions", from: "post@elblandbote.example", to: "j@example.org", tags: {} },
        message: messageOf(Buffer.from(raw, "latin1")),
      });
      const outbox = mailbox({ letters: lettersInOutbox(cloud.outbox), language: "de" });
      expect(await (await outbox.request("/")).text()).toContain("Jördis Mühlbach");
      expect(await (await outbox.request(`/${messageId}/text`)).text()).toContain("Guten Tag");
    } finally {
      cloud.close();
    }
  });
});
