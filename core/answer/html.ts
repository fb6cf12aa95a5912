import type { House } from "../edition/edition.ts";
import { preheaderPadding, wordmarkSizes } from "../edition/email/html.ts";
import { pressed } from "../edition/email/press.ts";
import { stylesOf } from "../edition/email/styles.ts";
import { renderer } from "../edition/templates.ts";
import type { Answer } from "./answer.ts";

/** The answer as HTML, dressed like the publication's issues. */
export async function answerHtml(answer: Answer, house: House): Promise<string> {
  const { palette } = house;
  const markup = renderer(house)("email/answer", {
    ...answer,
    ...{ lang: answer.language, dir: "ltr", padding: preheaderPadding },
    masthead: { ...answer.masthead, ...wordmarkSizes(answer.masthead), issue: "", number: "", spoken: "" },
    ...{ style: stylesOf(house), light: palette.light, dark: palette.dark },
  });
  return pressed(markup);
}
