import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import * as z from "zod";
import { paths } from "../core/publication.ts";
import { Refusal } from "../core/refusal.ts";
import { type Language, words } from "../core/words.ts";
import { listPublications, requirePublication } from "../functions/records/publications.ts";
import type { PublicFiles } from "../functions/site/public-file.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import { type LetterSource, lettersInFolder, lettersInOutbox } from "./letters.ts";
import { listen, listenAt, type Served } from "./listen.ts";
import { countOf, mailbox } from "./mailbox.ts";
import { onlyThisMachine } from "./only-this-machine.ts";
import { localPage } from "./pages.ts";
import { publicFiles, publishedIn, publishedInFolder } from "./public-files.ts";

/** Everything on one machine behind one address, reachable from this machine alone. */

/** A publication as the start page shows it. */
export interface ShownPublication {
  readonly id: string;
  readonly title: string;
  readonly titleParts: readonly [bold: string, light: string];
  readonly subtitle: string;
  readonly language: Language;
  /** What its letters call home; absent where only a folder is shown, as its clock is. */
  readonly baseUrl?: string;
  readonly timeZone?: string;
}
/** An address to open, and what is there. */
export interface Address {
  readonly label: string;
  readonly url: string;
}
interface Parts {
  readonly language: Language;
  readonly publications: () => Promise<readonly ShownPublication[]>;
  readonly files: PublicFiles;
  readonly letters: LetterSource;
  /** Answers the links in letters; nobody does where only a folder is shown. */
  readonly site?: Hono;
  /** Where the desk listens, once it does. */
  readonly desk?: () => string | undefined;
}

/** Site, archive, mailbox and the links of letters: what `npm start` serves. */
export async function listenForAll(
  cloud: LocalCloud,
  { language, port, desk }: { language: Language; port?: number | undefined; desk?: () => string | undefined },
): Promise<Served & { addresses(): Promise<readonly Address[]> }> {
  const publications = () => publicationsOf(cloud);
  const letters = lettersInOutbox(cloud.outbox);
  // Loaded when it is served: it brings the AWS clients along, which no other command waits for.
  const { site } = await import("../functions/site.ts");
  const parts = { language, publications, files: publishedIn(cloud), letters, site: site(cloud) };
  const app = everything({ ...parts, ...(desk && { desk }) });
  const server = await listen(app, port);
  return { ...server, addresses: async () => addressesAt(server.origin, await publications(), language) };
}

/**
 * What a press left in a folder: its web edition and its letters.
 *
 * @throws Refusal `not-printed`
 */
export async function serveFolder(
  folder: string,
  { language, port }: { language: Language; port?: number },
): Promise<Served & { readonly addresses: readonly Address[] }> {
  const web = join(folder, "editions", "web");
  const shown = [await publicationIn(folder, web)];
  const letters = lettersInFolder(join(folder, "mailbox"));
  const parts = { language, publications: async () => shown, files: publishedInFolder(web), letters };
  const server = await listen(everything(parts), port);
  return { ...server, addresses: addressesAt(server.origin, shown, language) };
}

/** First below a publication: leaving, preferences, signing up, confirming, handing in. */
const forms = ["u", "e", "s", "c", paths.de.submit, paths.en.submit] as const;

/** One app out of all parts; `app.request("/…")` in tests. */
export function everything(parts: Parts): Hono {
  const { language, files, letters, site, desk } = parts;
  const say = words(language).mailbox;
  const app = new Hono();
  app.use(onlyThisMachine);
  app.get("/", async (c) => c.html(localPage(language, "start", say.start.title, await startView(parts))));
  app.get("/mailbox", (c) => c.redirect("/mailbox/", 308));
  app.route("/mailbox/", mailbox({ letters, language, homes: parts.publications, ...(desk && { desk }) }));
  for (const form of forms) {
    const page = () => localPage(language, "no-site", say.noSite.title, {});
    app.all(`/:publication/${form}/*`, (c) => (site ? site.fetch(c.req.raw) : c.html(page())));
  }
  app.route("/", publicFiles(files));
  app.notFound((c) => c.html(localPage(language, "missing", say.missing.title, {}), 404));
  return app;
}

async function startView({ publications, letters, language: spoken }: Parts): Promise<object> {
  const [shown, count] = await Promise.all([publications(), letters.count()]);
  return {
    letters: countOf(count, spoken),
    publications: shown.map(({ id, titleParts: [bold, light], subtitle, language }) => ({
      ...{ bold, light, subtitle, url: `/${id}/` },
      ...{ archive: `/${id}/${paths[language].archive}/`, feed: `/${id}/feed/atom.xml` },
    })),
  };
}

const addressesAt = (origin: string, shown: readonly ShownPublication[], language: Language): Address[] => [
  ...shown.map(({ id, title }) => ({ label: title, url: `${origin}/${id}/` })),
  { label: words(language).mailbox.title, url: `${origin}/mailbox/` },
];

const publicationsOf = async (cloud: LocalCloud): Promise<readonly ShownPublication[]> =>
  Promise.all((await listPublications(cloud)).map((id) => requirePublication(cloud, id)));

const feed = z.object({
  title: z.string(),
  home_page_url: z.url(),
  language: z.enum(["de", "en"]),
  description: z.string().default(""),
});

/** Which publication a printed web edition is of: its own feed says so. */
async function publicationIn(folder: string, web: string): Promise<ShownPublication> {
  const text = await readFile(join(web, "feed", "feed.json"), "utf8").catch(() => undefined);
  if (text === undefined) throw new Refusal("not-printed", { folder });
  const { title, home_page_url, language, description } = feed.parse(JSON.parse(text));
  const id = new URL(home_page_url).pathname.split("/").filter(Boolean).at(-1) ?? "";
  return { id, title, titleParts: [title, ""], subtitle: description, language };
}

/** The letters a folder keeps, for this machine alone. */
export async function listenForMailbox(
  cloud: LocalCloud,
  { language, port }: { language: Language; port: number },
): Promise<Served> {
  const app = new Hono();
  app.use(onlyThisMachine);
  app.get("/", (c) => c.redirect("/mailbox/", 302));
  const letters = lettersInOutbox(cloud.outbox);
  const homes = () => publicationsOf(cloud);
  app.route("/mailbox/", mailbox({ letters, language, homes }));
  return listenAt(app, { host: "127.0.0.1", port });
}
