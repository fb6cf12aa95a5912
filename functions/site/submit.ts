import { Hono } from "hono";
import { paths } from "../../core/publication.ts";
import { languages } from "../../core/words.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { findPublication } from "../records/publications.ts";
import { answer } from "./page.ts";

/**
 * How somebody hands in an article, and the Word file to write it in. It stands here and not among the pages of the
 * archive, which come with the first issue: its authors need the file before.
 */
export function submitting(cloud: Cloud): Hono {
  const app = new Hono();
  for (const word of languages.map((language) => paths[language].submit)) {
    app.get(`/:publication/${word}`, (c) => c.redirect(`${word}/`, 308));
    app.get(`/:publication/${word}/`, async (c) => {
      const publication = await findPublication(cloud, c.req.param("publication"));
      return publication ? answer(c, "submit", {}, { publication }) : c.notFound();
    });
    for (const name of languages.map((language) => paths[language].template))
      app.get(`/:publication/${word}/${name}`, async (c) => {
        const file = house().wordTemplates.get(name);
        const publication = await findPublication(cloud, c.req.param("publication") ?? "");
        return publication && file ? c.body(Uint8Array.from(file), 200, download(name)) : c.notFound();
      });
  }
  return app;
}

/** The same for everybody, and an hour later perhaps a newer one. */
const download = (name: string): Record<string, string> => ({
  "Content-Type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "Content-Disposition": `attachment; filename="${name}"`,
  "Cache-Control": "public, max-age=3600",
});
