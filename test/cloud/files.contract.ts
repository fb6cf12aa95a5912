import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Conflict, type Files, leastPartBytes, type UploadForm } from "../../functions/cloud/cloud.ts";
import { fresh, groups, type Made, type Reach } from "./contract.ts";

export interface MadeFiles extends Made {
  readonly files: Files;
  readonly another?: Files;
  /** Bodies of the messages now on a queue; takes them off. Left out where nobody hands files' notices to a queue. */
  readonly notices?: (queue: "arrivals" | "feedback") => Promise<unknown[]>;
  /** Fetches what a link gives, as a browser does. */
  readonly fetchLink?: (link: string) => Promise<Response>;
  /** Posts a file with a form as a browser does; throws when it is refused. Answers the page a browser is led to. */
  readonly post?: (form: UploadForm, file: Uint8Array, name: string) => Promise<string | undefined>;
}

const text = { type: "text/plain; charset=utf-8" };
const bytes = (body: string): Uint8Array => new TextEncoder().encode(body);

export function filesContract(name: string, make: () => Promise<MadeFiles>, reach: Reach = {}): void {
  const { everywhere, twinAndRealAws } = groups(reach);

  describe(`files, ${name}`, () => {
    let made: MadeFiles;
    let files: Files;
    beforeAll(async () => {
      made = await make();
      files = made.files;
    });
    afterAll(() => made?.end?.());

    const body = async (key: string): Promise<string | undefined> => {
      const file = await files.read(key);
      return file && new TextDecoder().decode(file.body);
    };

    everywhere("a file in parts", () => {
      const first = Buffer.alloc(leastPartBytes, "a");

      it("is there once it is joined, in the order of its numbers, of the parts that were named", async () => {
        const key = `handouts/${fresh("slk")}/all.csv`;
        const place = await files.beginParts(key, { type: "text/csv; charset=utf-8" });
        const last = await files.writePart(place, 20, "Grüße\r\n");
        await files.writePart(place, 10, "another run wrote this, and lost");
        const one = await files.writePart(place, 10, first);
        await files.writePart(place, 15, "nobody names this one");
        expect(await files.read(key)).toBeUndefined();
        await files.joinParts(place, [last, one]);
        const file = await files.read(key);
        expect(file).toMatchObject({ type: "text/csv; charset=utf-8", bytes: leastPartBytes + 9 });
        expect(Buffer.compare(file?.body ?? bytes(""), Buffer.concat([first, bytes("Grüße\r\n")]))).toBe(0);
      });

      it("may be joined again by a run that does not know it was", async () => {
        const key = `handouts/${fresh("slk")}/all.csv`;
        const place = await files.beginParts(key, { type: "text/csv" });
        const parts = [await files.writePart(place, 1, "a;b\r\n")];
        await files.joinParts(place, parts);
        await files.joinParts(place, parts);
        expect(await body(key)).toBe("a;b\r\n");
      });

      it("is none where nobody began it", async () => {
        const place = { key: `handouts/${fresh("slk")}/all.csv`, upload: "AAAAAAAAAAAAAAAAAAAAAA" };
        await expect(files.joinParts(place, [])).rejects.toThrow();
      });
    });

    everywhere("reading and writing", () => {
      it("finds nothing under a key nobody wrote", async () => {
        expect(await files.read(`${fresh("no")}/such/file.txt`)).toBeUndefined();
        expect(await files.read(`public/${fresh("no")}/index.html`)).toBeUndefined();
      });

      it.each(["editions", "public"])("gives back bytes, type, size, etag and keeping time below %s/", async (room) => {
        const key = `${room}/${fresh("slk")}/bild.webp`;
        const content = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
        const { etag } = await files.write(key, content, { type: "image/webp", cache: "public, max-age=300" });
        const file = await files.read(key);
        expect(file).toMatchObject({ key, etag, bytes: content.length, type: "image/webp" });
        expect(file?.cache).toBe("public, max-age=300");
        expect(Buffer.compare(file?.body ?? bytes(""), content)).toBe(0);
        expect(Number.isNaN(Date.parse(file?.modifiedAt ?? ""))).toBe(false);
      });

      it("writes text as UTF-8, and an empty file as an empty file", async () => {
        const folder = fresh("editions");
        await files.write(`${folder}/a.txt`, "Grüße 😀", text);
        await files.write(`${folder}/b.txt`, "", text);
        expect([await body(`${folder}/a.txt`), await body(`${folder}/b.txt`)]).toEqual(["Grüße 😀", ""]);
      });

      it("replaces a file; the etag changes with the content", async () => {
        const key = `${fresh("editions")}/a.txt`;
        const first = await files.write(key, "eins", text);
        const second = await files.write(key, "zwei", { type: "text/markdown" });
        expect(second.etag).not.toBe(first.etag);
        expect(await files.read(key)).toMatchObject({ etag: second.etag, type: "text/markdown" });
        expect(await body(key)).toBe("zwei");
      });

      it.each([
        "Größe über alles.md",
        "a+b%20c&d=e?f#g.txt",
        "Ärger/ß/日本/😀.txt",
        "100 %.txt",
        "file.tar.gz",
        "A",
        "a",
      ])("takes the name %s", async (name) => {
        const key = `${fresh("articles")}/${name}`;
        await files.write(key, name, text);
        expect(await body(key)).toBe(name);
        expect((await files.list(key)).map((file) => file.key)).toEqual([key]);
      });

      it("keeps names apart that differ in case alone", async () => {
        const folder = fresh("articles");
        await files.write(`${folder}/Bild.jpg`, "groß", text);
        await files.write(`${folder}/bild.jpg`, "klein", text);
        expect([await body(`${folder}/Bild.jpg`), await body(`${folder}/bild.jpg`)]).toEqual(["groß", "klein"]);
      });

      it.each(["", "/", "/a", "a/", "a//b", "..", "a/../b", "a/./b", "a/b\u0000", "a/\nb", "a\\b", "u\u0308ber.txt"])(
        "refuses the key %j",
        async (key) => {
          await expect(files.write(key, "x", text)).rejects.toThrow();
          await expect(files.uploadForm(key, { maxBytes: 1, type: "text/plain", seconds: 60 })).rejects.toThrow();
        },
      );
    });

    everywhere("conditions", () => {
      it("write if absent, once", async () => {
        const key = `${fresh("editions")}/a.txt`;
        await files.write(key, "eins", { ...text, ifAbsent: true });
        await expect(files.write(key, "zwei", { ...text, ifAbsent: true })).rejects.toThrow(Conflict);
        expect(await body(key)).toBe("eins");
      });

      it("write over exactly what was read", async () => {
        const key = `${fresh("editions")}/a.txt`;
        await expect(files.write(key, "null", { ...text, ifMatch: '"0"' })).rejects.toThrow(Conflict);
        const first = await files.write(key, "eins", text);
        const second = await files.write(key, "zwei", { ...text, ifMatch: first.etag });
        await expect(files.write(key, "drei", { ...text, ifMatch: first.etag })).rejects.toThrow(Conflict);
        expect(await body(key)).toBe("zwei");
        expect((await files.read(key))?.etag).toBe(second.etag);
      });
    });

    everywhere("listing and removing", () => {
      it("lists what begins with a prefix, in byte order, in pages", async () => {
        const folder = fresh("library");
        const names = ["A.txt", "a.txt", "a/b.txt", "a/b/c.txt", "ab.txt", "ä.txt", "😀.txt"];
        for (const name of names.toReversed()) await files.write(`${folder}/${name}`, name, text);
        const keys = async (prefix: string, options?: { limit?: number; after?: string }): Promise<string[]> =>
          (await files.list(folder + prefix, options)).map(({ key }) => key.slice(folder.length + 1));
        expect(await keys("/")).toEqual(names.toSorted((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y))));
        expect(await keys("/a")).toEqual(["a.txt", "a/b.txt", "a/b/c.txt", "ab.txt"]);
        expect(await keys("/a/")).toEqual(["a/b.txt", "a/b/c.txt"]);
        expect(await keys("/a", { limit: 2 })).toEqual(["a.txt", "a/b.txt"]);
        expect(await keys("/a", { limit: 2, after: `${folder}/a/b.txt` })).toEqual(["a/b/c.txt", "ab.txt"]);
        expect(await keys("/none/")).toEqual([]);
      });

      it("knows size and etag of what it lists", async () => {
        const key = `${fresh("library")}/a.txt`;
        const { etag } = await files.write(key, "Grüße", text);
        expect(await files.list(key)).toMatchObject([{ key, etag, bytes: 7 }]);
      });

      it("lists and removes more than a thousand", async () => {
        const folder = fresh("library");
        const keys = Array.from({ length: 1005 }, (_, index) => `${folder}/${String(index).padStart(5, "0")}`);
        for (let at = 0; at < keys.length; at += 15)
          await Promise.all(keys.slice(at, at + 15).map((key) => files.write(key, "x", text)));
        expect((await files.list(`${folder}/`)).map(({ key }) => key)).toEqual(keys);
        await files.remove(keys.slice(0, 1004));
        expect((await files.list(`${folder}/`)).map(({ key }) => key)).toEqual(keys.slice(1004));
      }, 60_000);

      it("removes what is there and minds nothing else", async () => {
        const folder = fresh("library");
        await files.write(`${folder}/a.txt`, "gleich", text);
        await files.write(`${folder}/b.txt`, "gleich", text);
        await files.remove([`${folder}/a.txt`, `${folder}/never.txt`]);
        await files.remove([]);
        expect(await files.read(`${folder}/a.txt`)).toBeUndefined();
        expect(await body(`${folder}/b.txt`)).toBe("gleich");
      });
    });

    everywhere("download links", () => {
      it("give a private file to whoever has one", async ({ skip }) => {
        const { fetchLink } = made;
        if (!fetchLink) return skip();
        const key = `handouts/slk/${fresh("h")}/Zustellung.csv`;
        await files.write(key, "Grüße", text);
        const link = await files.downloadLink(key, { seconds: 300, name: "a.csv" });
        const answer = await fetchLink(link);
        expect(answer.status).toBe(200);
        expect(await answer.text()).toBe("Grüße");
      });

      it("lead nowhere where there is no such file", async ({ skip }) => {
        const { fetchLink } = made;
        if (!fetchLink) return skip();
        const link = await files.downloadLink(`handouts/slk/${fresh("h")}/no.csv`, { seconds: 300, name: "no.csv" });
        expect((await fetchLink(link)).status).toBeGreaterThanOrEqual(400);
      });
    });

    twinAndRealAws("a download link", () => {
      it("names the file as we say", async ({ skip }) => {
        const { fetchLink } = made;
        if (!fetchLink) return skip();
        const key = `handouts/slk/${fresh("h")}/a.csv`;
        await files.write(key, "a", text);
        const answer = await fetchLink(
          await files.downloadLink(key, { seconds: 300, name: "Zustellung 01|26 “Größe”.csv" }),
        );
        expect(answer.headers.get("content-disposition")).toContain("filename*=UTF-8''Zustellung%2001%7C26");
      });

      it("gives nothing with another signature, or to another file", async ({ skip }) => {
        const { fetchLink } = made;
        if (!fetchLink) return skip();
        const keys = [1, 2].map(() => `handouts/slk/${fresh("h")}/a.csv`);
        for (const key of keys) await files.write(key, "a", text);
        const [one = "", other = ""] = await Promise.all(
          keys.map((key) => files.downloadLink(key, { seconds: 300, name: "a.csv" })),
        );
        const signature = /[Ss]ignature=[^&]*/;
        const swapped = one.replace(signature, signature.exec(other)?.[0] ?? "");
        expect((await fetchLink(swapped)).status).toBe(403);
      });
    });

    everywhere("upload forms", () => {
      it("name an address and the fields to post", async () => {
        const key = `submissions/slk/${fresh("s")}/text.md`;
        const form = await files.uploadForm(key, { maxBytes: 1000, type: "text/markdown", seconds: 600 });
        expect(form.url).not.toBe("");
        expect(form.fields).toMatchObject({ key });
      });

      it("may leave the name to whoever brings the file, and say where a browser goes then", async () => {
        const folder = `submissions/slk/${fresh("s")}/`;
        const options = { maxBytes: 1000, type: "image/jpeg", seconds: 600, backTo: "https://desk.example/slk" };
        const { fields } = await files.uploadForm({ folder }, options);
        expect(fields).toMatchObject({
          key: `${folder}$\{filename}`,
          "Content-Type": "image/jpeg",
          success_action_redirect: "https://desk.example/slk",
        });
      });

      it.each(["", "submissions/slk/x", "submissions/../x/"])("are made for no folder like %j", async (folder) => {
        const form = files.uploadForm({ folder }, { maxBytes: 1, type: "text/plain", seconds: 60 });
        await expect(form).rejects.toThrow();
      });
    });

    twinAndRealAws("notices of files", () => {
      it.for([
        ["submissions", "arrivals"],
        ["readings", "arrivals"],
        ["feedback", "feedback"],
      ] as const)(
        "tell of every file below %s/, and of no other, on the queue %s",
        async ([folder, queue], { skip }) => {
          const { notices } = made;
          if (!notices) return skip();
          await notices(queue);
          const key = `${folder}/2026/${fresh("s")}/Größe 1.md`;
          const { etag } = await files.write(key, "Grüße", text);
          await files.write(`editions/${fresh("e")}`, "x", text);
          await expect
            .poll(() => notices(queue), { timeout: 20_000 })
            .toMatchObject([
              {
                "detail-type": "Object Created",
                detail: {
                  bucket: { name: expect.any(String) },
                  object: { key, size: 7, etag: etag.replaceAll('"', "") },
                },
              },
            ]);
        },
      );
    });

    twinAndRealAws("posting with an upload form", () => {
      const options = { maxBytes: 100, type: "text/markdown", seconds: 600 };

      it("stores the one file it was made for", async ({ skip }) => {
        if (!made.post) return skip();
        const key = `submissions/slk/${fresh("s")}/text.md`;
        await made.post(await files.uploadForm(key, options), bytes("# Grüße"), "anders.md");
        expect(await files.read(key)).toMatchObject({ type: "text/markdown", bytes: 9 });
      });

      it("keeps the file's own name in a folder, and leads back to a page", async ({ skip }) => {
        if (!made.post) return skip();
        const folder = `submissions/slk/${fresh("s")}/`;
        const form = await files.uploadForm({ folder }, { ...options, backTo: "https://desk.example/slk/beitrag" });
        const page = await made.post(form, bytes("# Grüße"), "Grüße vom Deich.md");
        expect(await files.read(`${folder}Grüße vom Deich.md`)).toMatchObject({ type: "text/markdown", bytes: 9 });
        const { origin, pathname, searchParams } = new URL(page ?? "");
        expect(`${origin}${pathname}`).toBe("https://desk.example/slk/beitrag");
        expect(searchParams.get("key")).toBe(`${folder}Grüße vom Deich.md`);
      });

      it("refuses a larger file, another key, another type and a form that was changed", async ({ skip }) => {
        const { post } = made;
        if (!post) return skip();
        const key = `submissions/slk/${fresh("s")}/text.md`;
        const form = await files.uploadForm(key, options);
        const withField = (fields: Record<string, string>) => ({ ...form, fields: { ...form.fields, ...fields } });
        await expect(post(form, new Uint8Array(101), "text.md")).rejects.toThrow();
        await expect(post(withField({ key: `${key}x` }), bytes("x"), "text.md")).rejects.toThrow();
        await expect(post(withField({ "Content-Type": "text/html" }), bytes("x"), "text.md")).rejects.toThrow();
        const changed = Object.keys(form.fields).find((field) => /policy/i.test(field)) ?? "policy";
        await expect(post(withField({ [changed]: "e30=" }), bytes("x"), "text.md")).rejects.toThrow();
        expect(await files.list(key)).toEqual([]);
      });

      it("refuses another folder and another page to go to", async ({ skip }) => {
        const { post } = made;
        if (!post) return skip();
        const folder = `submissions/slk/${fresh("s")}/`;
        const form = await files.uploadForm({ folder }, { ...options, backTo: "https://desk.example/slk" });
        const withField = (fields: Record<string, string>) => ({ ...form, fields: { ...form.fields, ...fields } });
        const elsewhere = { key: `submissions/slk/anders/$\{filename}` };
        await expect(post(withField(elsewhere), bytes("x"), "text.md")).rejects.toThrow();
        const away = { success_action_redirect: "https://böse.example/" };
        await expect(post(withField(away), bytes("x"), "text.md")).rejects.toThrow();
        expect(await files.list(folder)).toEqual([]);
      });
    });

    twinAndRealAws("two writers at once", () => {
      it("let one of many win", async () => {
        const key = `${fresh("editions")}/a.txt`;
        const writers = [files, made.another ?? files];
        const outcomes = await Promise.allSettled(
          Array.from({ length: 10 }, (_, n) =>
            (writers[n % 2] ?? files).write(key, `von ${n}`, { ...text, ifAbsent: true }),
          ),
        );
        const winner = outcomes.findIndex(({ status }) => status === "fulfilled");
        expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        expect(await body(key)).toBe(`von ${winner}`);
      });
    });
  });
}
