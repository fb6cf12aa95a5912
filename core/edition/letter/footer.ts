import { type LogoView, logoInLetter } from "../../logo/logo.ts";
import { paths } from "../../publication.ts";
import { fill, words } from "../../words.ts";
import type { EditionInput } from "../edition.ts";
import type { Link } from "../letter.ts";
import { type SlotName, slot } from "../slots.ts";
import { absoluteAt, downloadAddress } from "../web/address.ts";
import { fileFacts } from "../web/dates.ts";

/** What stands below the articles: files to take along, who sends this and why, and the way out. */
export interface Footer {
  /** Files to take along, null where the issue has none. */
  readonly take: { readonly label: string; readonly links: readonly Link[] } | null;
  /** Null where the publication has none. */
  readonly logo: LogoView | null;
  readonly publication: string;
  readonly claim: string;
  /** Publisher, address and responsible person, one line each; a proof printing says that it has none. */
  readonly imprint: readonly string[];
  readonly because: string;
  /** Abbestellen · Einstellungen · Impressum · Datenschutz */
  readonly links: readonly Link[];
  readonly forwarded: string;
  readonly order: Link;
}

export function footerOf(input: EditionInput): Footer {
  const { publication, issue } = input;
  const { email } = words(issue.language);
  const page = paths[publication.language];
  const to = (path: string): string => `${publication.baseUrl}/${path}/`;
  const filled = (label: string, name: SlotName): Link => ({ label, url: slot(name) });
  const { publisher, responsiblePerson, proofPrinting, logo } = publication;
  const imprint = [
    [publisher.name, ...publisher.address].join(", "),
    fill(email.responsible, { name: responsiblePerson }),
  ];
  // A proof printing knows its publisher only where the text named one.
  const named = publisher.name === publication.title ? [] : [publisher.name];
  return {
    take: takeOf(input),
    logo: logo ? logoInLetter(logo, absoluteAt(publication.baseUrl)) : null,
    publication: publication.title,
    claim: publication.claim,
    imprint: proofPrinting ? [...named, email.noImprint] : imprint,
    because: fill(email.because, { publication: publication.title }),
    links: [
      filled(email.leave, "leaveUrl"),
      filled(email.preferences, "preferencesUrl"),
      ...(proofPrinting ? [] : [{ label: email.imprint, url: to(page.imprint) }]),
      { label: email.privacy, url: to(page.privacy) },
    ],
    forwarded: email.forwarded,
    order: { label: email.order, url: to(page.subscribe) },
  };
}

function takeOf({ publication, issue }: EditionInput): Footer["take"] {
  if (issue.downloads.length === 0) return null;
  const links = issue.downloads.map(({ file, label, bytes }) => ({
    label: `${label} (${fileFacts(file, bytes, issue.language)})`,
    url: absoluteAt(publication.baseUrl)(downloadAddress(publication, issue, file)),
  }));
  return { label: words(issue.language).web.takeAlong, links };
}
