import { Hono } from "hono";
import { issueFrame, labelOf } from "../../../core/desk/issue-frame.ts";
import { type Look, previewView, readLook } from "../../../core/desk/issue-preview.ts";
import { framedLetter, framedPage, framedText } from "../../../core/edition/framed.ts";
import type { Preview } from "../../../core/edition/preview.ts";
import { articleAddress, fileOf, issueAddress } from "../../../core/edition/web/address.ts";
import { articlesOf } from "../../../core/issue/draft.ts";
import type { Issue } from "../../../core/issue/issue.ts";
import { words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { house } from "../../house.ts";
import { readCards } from "../../records/articles.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { framed } from "./framed.ts";
import { show } from "./show.ts";

/** An issue as readers will see it (Vorschau), now; and whether now is still now. */
export function issuePreview(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue/preview", (c) => page(cloud, c));
  app.get("/:issue/preview/stamp", async (c) => {
    const { standingOf } = await import("../preview.ts");
    return c.json({ stamp: (await standingOf(cloud, c.var.person, placeOf(c))).stamp });
  });
  app.get("/:issue/preview/mail", (c) => frame(cloud, c, "mail"));
  app.get("/:issue/preview/text", (c) => frame(cloud, c, "text"));
  app.get("/:issue/preview/page", (c) => frame(cloud, c, "page"));
  return app;
}

const placeOf = (c: DeskContext) => ({ publication: c.var.publication.id, issue: c.req.param("issue") ?? "" });

/** It renders mails: MJML is loaded by who looks at one. */
async function looked(cloud: Cloud, c: DeskContext) {
  const { previewIssue } = await import("../preview.ts");
  return previewIssue(cloud, c.var.person, placeOf(c));
}

async function page(cloud: Cloud, c: DeskContext): Promise<Response> {
  const { language, person } = c.var;
  const { issue, stamp, preview } = await looked(cloud, c);
  const look = readLook((name) => c.req.query(name));
  const cards = await readCards(cloud, issue.publication, articlesOf(issue));
  const titles = new Map(cards.map(({ id, title }) => [id, title]));
  const view = previewView(issue, look, { preview, stamp, titles }, language);
  const title = `${words(language).desk.tabs.preview}, ${labelOf(issue, language)}`;
  const frameOf = { issue: issueFrame(person, issue, "preview", language) };
  return show(c, "preview", { ...frameOf, ...view }, { title, scripts: ["preview.js"] });
}

async function frame(cloud: Cloud, c: DeskContext, edition: Look["edition"]): Promise<Response> {
  const { publication } = c.var;
  const { scheme, pictures, page: id } = readLook((name) => c.req.query(name));
  const { issue, preview } = await looked(cloud, c);
  const file = preview && (await fileIn(cloud, preview, issue, { edition, id }, c));
  if (file === undefined) return show(c, "missing", {}, { status: 404 });
  const framing = { publication, language: issue.language, scheme, pictures: `/pictures/${publication.id}/` };
  if (edition === "mail") return framed(c, framedLetter(file, framing), { withPictures: pictures === "on" });
  return framed(c, edition === "text" ? framedText(file, framing) : framedPage(file, house(), framing));
}

/** Pages are named by their article, never by an address somebody wrote. */
async function fileIn(
  cloud: Cloud,
  { files }: Preview,
  issue: Issue,
  { edition, id }: { edition: Look["edition"]; id: string },
  c: DeskContext,
): Promise<string | undefined> {
  const { publication } = c.var;
  const [card] = edition === "page" && id ? await readCards(cloud, publication.id, [id]) : [];
  if (id && edition === "page" && !card) return undefined;
  const address = card ? articleAddress(publication, issue, card.slug) : issueAddress(publication, issue);
  const path = { mail: "email.html", text: "email.txt", page: `web/${fileOf(address)}` }[edition];
  const file = files.find((one) => one.path === path);
  return file && String(file.body);
}
