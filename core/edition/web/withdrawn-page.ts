import type { Withdrawal } from "../../issue/amend.ts";
import { fill, type Language, words } from "../../words.ts";
import type { EditionInput } from "../edition.ts";
import { type Address, issueAddress, relativeFrom } from "./address.ts";
import { longDay } from "./dates.ts";
import { backTo, renderPage, titleIn } from "./page.ts";

/** In the place of what was withdrawn: since when, and the publication's sentence. Its title may be what was wrong: it says none. */
export function withdrawnPage(input: EditionInput, address: Address, withdrawals: readonly Withdrawal[]): string {
  const { publication, issue, house } = input;
  const { web } = words(issue.language);
  const linkTo = relativeFrom(address);
  const home = issueAddress(publication, issue);
  const page = {
    language: issue.language,
    title: titleIn(web.withdrawn, publication, issue),
    description: "",
    canonical: "",
    linkTo,
    home: address === home ? null : home,
    issue,
    small: true,
    indexed: false,
    social: null,
    data: null,
  } as const;
  return renderPage(house, publication, "web/withdrawn-page", page, {
    title: web.withdrawn,
    withdrawals: withdrawals.map((one) => withdrawnView(one, issue.language)),
    back: address === home ? null : { url: linkTo(home), label: backTo(issue) },
  });
}

export const withdrawnView = ({ date, text }: Withdrawal, language: Language): object => ({
  label: fill(words(language).web.withdrawnOn, { date: longDay(date, language) }),
  text,
});
