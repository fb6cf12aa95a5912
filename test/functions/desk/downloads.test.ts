import { beforeEach, describe, expect, it } from "vitest";
import type { Manifest } from "../../../core/edition/edition.ts";
import { operator } from "../../../core/rights.ts";
import { keepDownloads } from "../../../functions/desk/downloads.ts";
import { draftIssue } from "../../../functions/desk/issues.ts";
import { publishWeb, readManifest, saveEdition } from "../../../functions/records/editions.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { aPdf } from "../../papers-to-take.ts";
import { aDownload, anIssue, aPublication } from "../../people-and-papers.ts";

const paper = "elblandbote";
const pdf = { file: "Heft 01.pdf", label: "Das gedruckte Heft", body: aPdf() };
const wrong = { ...pdf, file: "heft.docx" };

let cloud: TestCloud;
beforeEach(async () => {
  cloud = testCloud();
  await savePublication(cloud, aPublication());
});
const kept = async () => (await cloud.files.list("")).map(({ key }) => key);

describe("files to take along", () => {
  it("are kept once, private, under the hash of their bytes", async () => {
    const [download] = await keepDownloads(cloud, operator, anIssue(), [pdf]);
    await keepDownloads(cloud, operator, anIssue({ number: 2 }), [{ ...pdf, label: "Noch einmal" }]);
    expect(download).toMatchObject({ file: "heft-01.pdf", label: "Das gedruckte Heft", bytes: pdf.body.byteLength });
    expect(await kept()).toEqual([`downloads/${paper}/${download?.sha256}`]);
  });

  it("are kept all or none", async () => {
    await expect(keepDownloads(cloud, operator, anIssue(), [pdf, wrong])).rejects.toMatchObject({
      code: "download-kind",
    });
    expect(await kept()).toEqual([]);
  });

  it("are brought by editors, not by authors", async () => {
    const author = { id: "almut", roles: ["author"] } as const;
    await expect(keepDownloads(cloud, author, anIssue(), [pdf])).rejects.toMatchObject({ code: "not-allowed" });
    expect(await kept()).toEqual([]);
  });

  it("stand in no plan before they are kept", async () => {
    await expect(draftIssue(cloud, operator, anIssue({ downloads: [aDownload()] }))).rejects.toMatchObject({
      code: "download-missing",
      details: { file: "heft.pdf" },
    });
    const downloads = await keepDownloads(cloud, operator, anIssue(), [pdf]);
    expect((await draftIssue(cloud, operator, anIssue({ downloads }))).downloads).toEqual(downloads);
  });

  it("go public before the pages that lead to them, as what they are", async () => {
    const [download] = await keepDownloads(cloud, operator, anIssue(), [pdf]);
    const place = { publication: paper, issue: "2026-01", fingerprint: "f".repeat(64), language: "de" } as const;
    const page = { path: "web/ausgaben/2026-01/index.html", type: "text/html", sha256: "", bytes: 1 };
    const carried = { ...page, path: "web/ausgaben/2026-01/heft-01.pdf", type: "application/pdf" };
    const manifest: Manifest = {
      ...{ v: 1, fingerprint: place.fingerprint, language: "de", subject: "", preheader: "", greeting: "" },
      ...{ files: [page], downloads: [{ ...carried, sha256: download?.sha256 ?? "" }], pictures: [], notes: [] },
    };
    await saveEdition(cloud, place, [{ ...page, body: "<h1>Frühling</h1>" }], manifest);
    const order: string[] = [];
    const write: TestCloud["files"]["write"] = (key, body, options) => {
      order.push(key);
      return cloud.files.write(key, body, options);
    };
    const read = await readManifest(cloud, place);
    await publishWeb({ ...cloud, files: { ...cloud.files, write } }, place, read ?? manifest);
    const folder = `public/${paper}/ausgaben/2026-01/`;
    expect(order).toEqual([`${folder}heft-01.pdf`, `${folder}index.html`]);
    const file = await cloud.files.read(`${folder}heft-01.pdf`);
    expect([file?.type, Buffer.from(file?.body ?? [])]).toEqual(["application/pdf", pdf.body]);
  });
});
