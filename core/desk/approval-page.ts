import type { Issue } from "../issue/issue.ts";
import { fill, type Language, words } from "../words.ts";
import { shortFingerprint } from "./fingerprints.ts";
import { labelOf } from "./issue-frame.ts";

/** A build to be looked at and decided on, at the desk or by a personal link. */
export interface ApprovalInput {
  readonly issue: Issue;
  readonly fingerprint: string;
  readonly look: {
    readonly subject: string;
    readonly preheader: string;
    readonly pages: readonly { readonly slug: string; readonly title: string }[];
  };
  /** The address of the page itself; below it lie its frames. */
  readonly url: string;
  /** Where the frames lie. */
  readonly frames: string;
  readonly page: string;
  readonly language: Language;
}

export function approvalPage({ issue, fingerprint, look, url, frames, page, language }: ApprovalInput): object {
  const say = words(language).desk.approval;
  const shown = look.pages.find(({ slug }) => slug === page) ?? look.pages[0];
  return {
    ...{ url, seen: fingerprint, label: labelOf(issue, language), theme: issue.theme.title },
    build: fill(say.build, { fingerprint: shortFingerprint(fingerprint) }),
    subject: fill(say.subject, { subject: look.subject }),
    mail: `${frames}/mail`,
    web: `${frames}/page?page=${encodeURIComponent(shown?.slug ?? "")}`,
    pages: look.pages.map(({ slug, title }) => ({
      ...{ slug, label: title || say.cover, isCurrent: slug === shown?.slug },
    })),
  };
}
