import { publicationSettings } from "../../core/publication-settings.ts";
import { fill } from "../../core/words.ts";
import { found } from "../../functions/desk/publications.ts";
import { listPublications, requirePublication } from "../../functions/records/publications.ts";
import { germanPublication } from "../press-folder.ts";
import { inSession, person } from "../session.ts";
import { readSettingsFile } from "../settings-file.ts";
import type { Run } from "./command.ts";

export const publicationsFound: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const [file = ""] = call.args;
    const settings = await readSettingsFile(file, publicationSettings, {
      german: germanPublication,
      language: call.language,
    });
    await found(cloud, person, settings);
    call.show(settings, [fill(call.say.publication.founded, { title: settings.title, id: settings.id })]);
    return 0;
  });

export const publicationsList: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const ids = await listPublications(cloud);
    const all = await Promise.all(ids.map((id) => requirePublication(cloud, id)));
    const lines = all.map(({ id, title, baseUrl }) => `${id}  ${title}  ${baseUrl}`);
    call.show(all, lines.length > 0 ? lines : [call.say.publication.none]);
    return 0;
  });
