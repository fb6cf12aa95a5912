import { holdTogether } from "../article/no-break.ts";
import type { Link } from "../edition/letter.ts";
import { slot } from "../edition/slots.ts";
import { type Publication, paths } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import type { Answer, Asked } from "./answer.ts";

/** What stands below every answer: who writes, why, and where to read more. */
export function footerOf(publication: Publication, is: Asked["is"], language: Language): Answer["footer"] {
  const { email } = words(language);
  const page = paths[publication.language];
  const { publisher, responsiblePerson, baseUrl, title, proofPrinting } = publication;
  const imprint = [
    [publisher.name, ...publisher.address].join(", "),
    ...(responsiblePerson ? [fill(email.responsible, { name: responsiblePerson })] : []),
  ];
  const leaving: readonly Link[] = [
    { label: email.leave, url: slot("leaveUrl") },
    { label: email.preferences, url: slot("preferencesUrl") },
  ];
  return {
    publication: title,
    lines: [
      ...(proofPrinting ? [email.noImprint] : imprint).map((line) => holdTogether(line, language)),
      because(publication, is, language),
    ],
    links: [
      ...(is === "welcome" ? leaving : []),
      ...(proofPrinting ? [] : [{ label: email.imprint, url: `${baseUrl}/${page.imprint}/` }]),
      { label: email.privacy, url: `${baseUrl}/${page.privacy}/` },
    ],
  };
}

function because({ title, submissions, sender }: Publication, is: Asked["is"], language: Language): string {
  const { answer } = words(language);
  if (is === "welcome" || is === "invitation") return fill(answer[is].because, { publication: title });
  if (is === "handed-in" || is === "appeared") return fill(answer.becauseAuthor, { publication: title });
  if (is === "approval" || is === "commission") return fill(answer.becauseDesk, { publication: title });
  if (is === "review" || is === "answered") return fill(answer[is].because, { publication: title });
  const isMail = is === "receipt" || is === "stranger";
  return isMail ? fill(answer.becauseMail, { address: submissions ?? sender.from }) : answer.because;
}
