import type { Scheme } from "../edition/framed.ts";
import type { Preview } from "../edition/preview.ts";
import { articlesOf } from "../issue/draft.ts";
import type { Issue } from "../issue/issue.ts";
import { sentencesOf } from "../sentences.ts";
import { type Language, noteSentence, words } from "../words.ts";
import { issueUrl } from "./issue-frame.ts";

/** How an issue is looked at (Vorschau): which edition, how wide, in which light, with pictures or without. */
export interface Look {
  readonly edition: "mail" | "text" | "page";
  readonly width: "phone" | "desk";
  readonly scheme: Scheme;
  readonly pictures: "on" | "off";
  /** Of the web edition: an article's id; "" for the cover. */
  readonly page: string;
}

const choices = {
  edition: ["mail", "text", "page"],
  width: ["phone", "desk"],
  scheme: ["light", "dark"],
  pictures: ["on", "off"],
} as const;

/** What an address asks for; what it does not say is usual. */
export function readLook(asked: (name: keyof Look) => string | undefined): Look {
  const one = <Name extends keyof typeof choices>(name: Name): (typeof choices)[Name][number] =>
    choices[name].find((choice) => choice === asked(name)) ?? choices[name][0];
  return {
    ...{ edition: one("edition"), width: one("width"), scheme: one("scheme"), pictures: one("pictures") },
    page: asked("page") ?? "",
  };
}

interface LookChoice {
  readonly name: string;
  readonly options: readonly { readonly url: string; readonly label: string; readonly isCurrent: boolean }[];
}

/** The page: what can be chosen, the frame it is shown in, and the line in the inbox. */
export function previewView(
  issue: Issue,
  look: Look,
  { preview, stamp, titles }: { preview: Preview | undefined; stamp: string; titles: ReadonlyMap<string, string> },
  language: Language,
): object {
  const say = words(language).desk.preview;
  const url = `${issueUrl(issue)}/preview`;
  return {
    stamp,
    stampUrl: `${url}/stamp`,
    choices: looksOf(look, url, language),
    pages: look.edition === "page" ? pagesOf(issue, look, { url, titles, cover: say.cover }) : [],
    frame: preview && {
      ...{ src: `${url}/${look.edition}${queryOf(look)}`, title: say[look.edition] },
      isPhone: look.width === "phone",
    },
    envelope: preview && look.edition !== "page" ? { subject: preview.subject, preheader: preview.preheader } : null,
    notes: sentencesOf(language, preview?.notes ?? [], (note) => noteSentence(language, note)),
  };
}

/** Only what makes a difference: a text has no pictures, and pages have no button to hide theirs. */
function looksOf(look: Look, url: string, language: Language): LookChoice[] {
  const say = words(language).desk.preview;
  const names =
    look.edition === "mail"
      ? (["edition", "width", "scheme", "pictures"] as const)
      : (["edition", "width", "scheme"] as const);
  const said = {
    ...{ edition: say.editionChoice, width: say.widthChoice, scheme: say.schemeChoice, pictures: say.picturesChoice },
  };
  return names.map((name) => ({
    name: said[name],
    options: choices[name].map((choice) => ({
      url: url + queryOf({ ...look, [name]: choice }),
      label: say[choice],
      isCurrent: look[name] === choice,
    })),
  }));
}

function pagesOf(
  issue: Issue,
  look: Look,
  { url, titles, cover }: { url: string; titles: ReadonlyMap<string, string>; cover: string },
): object[] {
  const page = (id: string, label: string): object => ({
    ...{ url: url + queryOf({ ...look, page: id }), label, isCurrent: look.page === id },
  });
  return [
    page("", cover),
    ...articlesOf(issue).flatMap((id) => (titles.has(id) ? [page(id, titles.get(id) ?? id)] : [])),
  ];
}

/** "?edition=mail&width=phone": everything, so that an address shows the same look to everybody. */
const queryOf = (look: Look): string => `?${new URLSearchParams({ ...look })}`;
