import { dirname } from "node:path";
import { fill, noteSentence } from "../../core/words.ts";
import { inviteFounder } from "../../functions/desk/founding.ts";
import { found } from "../../functions/desk/publications.ts";
import { listPublications, requirePublication } from "../../functions/records/publications.ts";
import { readGivenLogo, withLogo } from "../logo.ts";
import { germanPublication, publicationOnPaper } from "../press-folder.ts";
import { inSession, person } from "../session.ts";
import { readSettingsFile } from "../settings-file.ts";
import { option, type Run } from "./command.ts";

export const publicationsFound: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const [file = ""] = call.args;
    const german = germanPublication;
    const { logo, ...settings } = await readSettingsFile(file, publicationOnPaper, { german, language: call.language });
    const given = await readGivenLogo(dirname(file), logo);
    const { publication, notes } = await withLogo(cloud, settings, given);
    await found(cloud, person, publication);
    const { title, id } = publication;
    const said = notes.map((note) => noteSentence(call.language, note));
    call.show(publication, [fill(call.say.publication.founded, { title, id }), ...said]);
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
