import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { localContents } from "../../../local/cloud/contents.ts";
import { openDatabase } from "../../../local/cloud/database.ts";
import { downloadLinks } from "../../../local/cloud/downloads.ts";
import { localFiles } from "../../../local/cloud/files.ts";
import { localCloud } from "../../../local/cloud/local-cloud.ts";
import { localSecrets } from "../../../local/cloud/secrets.ts";
import { uploadForms } from "../../../local/cloud/uploads.ts";
import { testCloud } from "../../cloud/test-cloud.ts";

const text = { type: "text/plain" };

/** Everything below a folder that is a file. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

describe("the cloud's folder", () => {
  it.skipIf(process.platform === "win32")("lets nobody but its owner read addresses and secrets", async () => {
    const cloud = testCloud();
    await cloud.secrets.read("address");
    expect(statSync(cloud.folder).mode & 0o077).toBe(0);
    expect(statSync(join(cloud.folder, "secrets.json")).mode & 0o777).toBe(0o600);
  });

  it("finds everything again after a restart", async () => {
    const cloud = testCloud();
    await cloud.table.write([{ put: { pk: "a", sk: "b", c: 1 } }]);
    await cloud.files.write("public/slk/a.html", "Grüße", { type: "text/html", cache: "public, max-age=300" });
    await cloud.queues.builds.add([{ n: 1 }]);
    await cloud.timer.wakeAt("plan", "2027-01-01T00:00:00.000Z", { target: "plan", payload: 1 });
    const address = await cloud.secrets.read("address");
    const again = localCloud({ folder: cloud.folder, clock: cloud.clock });
    expect(await again.table.get([{ pk: "a", sk: "b" }])).toEqual([{ pk: "a", sk: "b", c: 1 }]);
    expect(await again.files.read("public/slk/a.html")).toMatchObject({ cache: "public, max-age=300", bytes: 7 });
    expect(again.work.receive("builds", { max: 1, visibilitySeconds: 1 })).toHaveLength(1);
    expect(again.timer.armed("plan")).toBeDefined();
    expect(await again.secrets.read("address")).toBe(address);
    again.close();
  });

  it("finds nothing outside by any key", async () => {
    const cloud = testCloud();
    await cloud.secrets.read("address");
    for (const key of ["../secrets.json", "/etc/passwd", "secrets.json", "files/../secrets.json"])
      expect(await cloud.files.read(key)).toBeUndefined();
  });

  it("holds equal bytes once, and no bytes nobody names", async () => {
    const cloud = testCloud();
    const kept = (): number => filesIn(join(cloud.folder, "files")).length;
    await cloud.files.write("editions/a", "gleich", text);
    await cloud.files.write("public/b", "gleich", text);
    expect(kept()).toBe(1);
    await cloud.files.write("editions/a", "anders", text);
    expect(kept()).toBe(2);
    await cloud.files.write("public/b", "anders", text);
    expect(kept()).toBe(1);
    await cloud.files.remove(["editions/a", "public/b"]);
    expect(kept()).toBe(0);
  });

  it("loses no file when one writes what another drops", async () => {
    const cloud = testCloud();
    const another = localCloud({ folder: cloud.folder, isDurable: false });
    for (let turn = 0; turn < 40; turn++) {
      const [key, other] = [`editions/${turn}/a`, `editions/${turn}/b`];
      await cloud.files.write(key, "gleich", text);
      await Promise.all([cloud.files.remove([key]), another.files.write(other, "gleich", text)]);
      expect((await cloud.files.read(other))?.bytes).toBe(6);
      await cloud.files.remove([other]);
    }
    another.close();
  });

  it("stores bytes anew when another dropped them between our look and our commit", async () => {
    const cloud = testCloud();
    const database = openDatabase(join(cloud.folder, "kurier.db"), "", "OFF");
    const contents = localContents(join(cloud.folder, "files"), { isDurable: false });
    let stores = 0;
    const store = async (sha256: string, body: Uint8Array): Promise<void> => {
      await contents.store(sha256, body);
      if (stores++ === 0) contents.drop(sha256);
    };
    const secrets = localSecrets(cloud.folder);
    const [forms, links] = [uploadForms(secrets, cloud.clock), downloadLinks(secrets, cloud.clock)];
    const needs = { contents: { ...contents, store }, queues: cloud.work, forms, links };
    await localFiles(database, cloud.clock, needs).write("editions/a", "da", text);
    expect(stores).toBe(2);
    expect((await cloud.files.read("editions/a"))?.bytes).toBe(2);
    database.close();
  });

  it("takes no form somebody made larger", async () => {
    const cloud = testCloud();
    const { fields } = await cloud.files.uploadForm("submissions/slk/s1/a.jpg", {
      maxBytes: 9,
      type: "image/jpeg",
      seconds: 60,
    });
    const allowed = JSON.parse(Buffer.from(fields.policy ?? "", "base64url").toString()) as object;
    const policy = Buffer.from(JSON.stringify({ ...allowed, maxBytes: 9_000_000 })).toString("base64url");
    await expect(
      cloud.acceptUpload({ ...fields, policy }, { name: "a.jpg", body: new Uint8Array(10) }),
    ).rejects.toThrow(/not ours/);
  });

  it("tells of a posted file as of any other, until its form is too old", async () => {
    const cloud = testCloud();
    const key = "submissions/slk/s1/text.md";
    const { fields } = await cloud.files.uploadForm(key, { maxBytes: 100, type: "text/markdown", seconds: 600 });
    await cloud.acceptUpload(fields, { name: "text.md", body: Buffer.from("# Hallo") });
    const [arrival] = cloud.work.receive("arrivals", { max: 10, visibilitySeconds: 60 });
    expect(JSON.parse(arrival?.body ?? "")).toMatchObject({ detail: { object: { key, size: 7 } } });
    cloud.clock.advance({ minutes: 11 });
    await expect(cloud.acceptUpload(fields, { name: "text.md", body: Buffer.from("# Hallo") })).rejects.toThrow(
      /too old/,
    );
    await expect(cloud.acceptUpload({}, { name: "text.md", body: Buffer.from("# Hallo") })).rejects.toThrow(/not ours/);
  });

  it("lets a page be served while thousands of rows are written", async () => {
    const cloud = testCloud();
    let [turns, isDone] = [0, false];
    const serve = (): void => {
      turns++;
      if (!isDone) setTimeout(serve, 1);
    };
    setTimeout(serve, 1);
    const began = performance.now();
    for (let n = 0; turns < 3 && performance.now() - began < 5000; n++)
      await cloud.table.each([{ put: { pk: "a", sk: String(n) }, if: "absent" }]);
    isDone = true;
    expect(turns).toBe(3);
  });

  it("keeps a row until its time has passed, and then not even on disk", async () => {
    const cloud = testCloud();
    const row = { pk: "cap#a", sk: "hour", used: 1, expiresAt: "2026-11-23T09:00:00.000Z" };
    await cloud.table.write([{ put: row }]);
    cloud.clock.set("2026-11-23T08:59:59.999Z");
    expect(await cloud.table.get([row])).toEqual([row]);
    cloud.clock.set("2026-11-23T09:00:00.000Z");
    expect(await cloud.table.get([row])).toEqual([undefined]);
    cloud.table.purge();
    cloud.clock.set("2026-11-23T08:00:00.000Z");
    expect(await cloud.table.get([row])).toEqual([undefined]);
  });
});
