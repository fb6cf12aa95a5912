import { mostPerDomain, mostPerHour } from "../../core/subscriber/protection.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { type Counted, closeForm, countOne, countsNow } from "../records/caps.ts";
import type { AnswerTo } from "./answer-to.ts";

/**
 * The door counts who asks; here is counted what leaves, by whatever way it was asked for. A reader's own links lead past
 * the door: whoever holds one may name a few addresses an hour, no more.
 */
const mostMoves = 5;

const countedOf = ({ address, mover, asked }: AnswerTo): readonly Counted[] => {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  if (isOfDesk(asked)) return [{ what: "desk", ours: "all" }];
  if (isOfMail(asked))
    return [
      { what: "reply", ours: "all" },
      { what: "reply-domain", theirs: domain },
    ];
  return [
    { what: "mail", ours: "all" },
    { what: "mail-domain", theirs: domain },
    ...(mover ? [{ what: "move", theirs: mover }] : []),
  ];
};

/** Mails somebody sends us never close the form to readers: they are counted apart. */
const isOfMail = ({ is }: AnswerTo["asked"]): boolean => is === "receipt" || is === "stranger";

/** Nor do letters to our own people, who know each other and share a domain. */
const isOfDesk = ({ is }: AnswerTo["asked"]): boolean => ofDesk.has(is);
const ofDesk: ReadonlySet<AnswerTo["asked"]["is"]> = new Set([
  ...(["proof", "approval", "review", "invitation"] as const),
  ...(["handed-in", "commission", "appeared", "answered"] as const),
]);

/** "wait": it may leave in another hour; "never": whoever asked has asked for too many. */
export async function isTooMuch(cloud: Cloud, answer: AnswerTo): Promise<"wait" | "never" | undefined> {
  const [all = 0, domain = 0, moves = 0] = await countsNow(cloud, countedOf(answer));
  if (moves >= mostMoves) return "never";
  if (isOfDesk(answer.asked)) return all >= mostPerHour ? "wait" : undefined;
  if (isOfMail(answer.asked)) return all >= mostPerHour || domain >= mostPerDomain ? "never" : undefined;
  if (all >= mostPerHour) await closeForm(cloud, "mails");
  return all >= mostPerHour || domain >= mostPerDomain ? "wait" : undefined;
}

export async function countMail(cloud: Cloud, answer: AnswerTo): Promise<void> {
  await Promise.all(countedOf(answer).map((counted) => countOne(cloud, counted)));
}
