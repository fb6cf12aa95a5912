import { publicationSettings } from "../../core/publication-settings.ts";
import { fill } from "../../core/words.ts";
import { inviteFounder } from "../../functions/desk/founding.ts";
import { found } from "../../functions/desk/publications.ts";
import { listPublications, requirePublication } from "../../functions/records/publications.ts";
import { germanPublication } from "../press-folder.ts";
import { inSession, person } from "../session.ts";
import { readSettingsFile } from "../settings-file.ts";
import { option, type Run } from "./command.ts";

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

/** The first admin of a deployment: they found at the desk, and everything else they do there. */
export const publicationsInvite: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const typed = { address: call.args[0] ?? "", name: option(call, "name") ?? "" };
    const { name, address } = await inviteFounder(cloud, person, typed);
    call.show({ name, address }, [fill(call.say.publication.invited, { name, address })]);
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
