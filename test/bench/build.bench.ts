import { execFileSync } from "node:child_process";
import mjml2html from "mjml";
import { markupOf } from "../../core/edition/email/html.ts";
import { renderEmail } from "../../core/edition/email.ts";
import { fitting } from "../../core/edition/ladder.ts";
import { readable } from "../../core/edition/letter.ts";
import { type Figure, figureOf, inTurn, median, ratios, round } from "./figure.ts";
import { twelveArticles } from "./twelve-articles.ts";

const goal = 2;
/** A build takes milliseconds: many are needed before the engine has settled and a median says anything. */
const warmRuns = 20;

/** The email of twelve articles against MJML alone on the same markup, warm and in a fresh process. */
export async function measureBuild(runs: number): Promise<Figure[]> {
  const input = twelveArticles();
  const { letter } = await fitting(readable(input));
  const markup = markupOf(letter, input.house);
  const warm = await inTurn(
    runs * warmRuns,
    () => renderEmail(input),
    () => mjml2html(markup, { validationLevel: "strict", fonts: {} }),
  );
  const fresh = { ours: [] as number[], bare: [] as number[] };
  for (let run = 0; run < Math.min(runs, 3); run++) {
    fresh.ours.push(inFreshProcess("ours"));
    fresh.bare.push(inFreshProcess("bare"));
  }
  return [
    figure("email of 12 articles ÷ bare mjml, warm", warm.one, warm.other),
    figure("the same in a fresh process", fresh.ours, fresh.bare),
  ];
}

function figure(name: string, ours: readonly number[], bare: readonly number[]): Figure {
  const measured = `${round(median(ours))} ms against ${round(median(bare))} ms`;
  return figureOf(name, median(ratios(ours, bare)), { most: goal }, measured);
}

/** Milliseconds from start to the letter, loading the libraries included. */
const inFreshProcess = (what: "ours" | "bare"): number =>
  Number(
    execFileSync(process.execPath, [new URL("fresh-build.ts", import.meta.url).pathname, what], { encoding: "utf8" }),
  );
