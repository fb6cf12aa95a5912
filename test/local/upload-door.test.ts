import { beforeEach, describe, expect, it, vi } from "vitest";
import type { UploadForm } from "../../functions/cloud/cloud.ts";
import { uploadDoor } from "../../local/upload-door.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";

const folder = "submissions/elblandbote/2026-11-30-deich/";
const desk = "http://127.0.0.1:8035/elblandbote/submissions/2026-11-30-deich";
const options = { maxBytes: 100, type: "image/jpeg", seconds: 600 };

let cloud: TestCloud;
beforeEach(() => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  cloud = testCloud();
});
const post = ({ url, fields }: UploadForm, file: Blob | string | undefined, name = "deich.jpg") => {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  if (file instanceof Blob) form.append("file", file, name);
  if (typeof file === "string") form.append("file", file);
  return uploadDoor(cloud, new URL(desk)).request(url, {
    ...{ method: "POST", body: form, headers: { "accept-language": "de" } },
  });
};
const photo = new Blob(["Foto"]);

describe("the door for files of one machine", () => {
  it("takes a file and leads the browser back to the page it came from", async () => {
    const form = await cloud.files.uploadForm({ folder }, { ...options, backTo: desk });
    const answer = await post(form, photo, "Am Deich.jpg");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      `${desk}?${new URLSearchParams({ key: `${folder}Am Deich.jpg` })}`,
    ]);
    expect(await cloud.files.read(`${folder}Am Deich.jpg`)).toMatchObject({ bytes: 4, type: "image/jpeg" });
  });

  it("answers a script with nothing but that it is there", async () => {
    const answer = await post(await cloud.files.uploadForm(`${folder}deich.jpg`, options), photo);
    expect(answer.status).toBe(204);
  });

  it("keeps a name from a Mac as everybody else spells it", async () => {
    const name = "Brücke.jpg";
    expect((await post(await cloud.files.uploadForm({ folder }, options), photo, name.normalize("NFD"))).status).toBe(
      204,
    );
    expect(await cloud.files.list(folder)).toMatchObject([{ key: folder + name }]);
  });

  it.each(["../andere/deich.jpg", "..", "a\u0000b.jpg"])("puts nothing outside its folder: %j", async (name) => {
    await post(await cloud.files.uploadForm({ folder }, options), photo, name);
    expect((await cloud.files.list("")).every(({ key }) => key.startsWith(folder))).toBe(true);
  });

  it("refuses a file that is too large, a form that is too old, and one without a file", async () => {
    const form = await cloud.files.uploadForm({ folder }, options);
    expect((await post(form, new Blob([new Uint8Array(101)]))).status).toBe(403);
    expect((await post(form, "kein Bild")).status).toBe(400);
    expect((await post(form, undefined)).status).toBe(400);
    cloud.clock.advance({ minutes: 11 });
    expect((await post(form, photo)).status).toBe(403);
    expect(await cloud.files.list("")).toEqual([]);
  });

  it("says on a page why it may have been, and leads back to where it came from and nowhere else", async () => {
    const wrong = { ...(await cloud.files.uploadForm({ folder }, { ...options, backTo: desk })) };
    const answer = await post(wrong, new Blob([new Uint8Array(101)]));
    const html = await answer.text();
    expect([answer.status, html.includes("Sie ist größer als 100 MB.")]).toEqual([403, true]);
    expect(html).toContain(`<a href="${desk}">Zurück zur Einreichung</a>`);
    const fields = { ...wrong.fields, success_action_redirect: "https://evil.example/" };
    const strange = await (await post({ ...wrong, fields }, photo)).text();
    expect(strange).not.toContain("evil.example");
    expect(strange).toContain("Dorthin führt „Zurück“ in Ihrem Browser.");
  });
});
