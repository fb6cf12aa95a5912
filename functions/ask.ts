import { askSchema } from "../core/subscriber/ask.ts";
import { answerTo } from "./ask/answer-to.ts";
import { isOver, later } from "./ask/later.ts";
import { isBeingRead } from "./ask/receipt.ts";
import { sendAnswer } from "./ask/send.ts";
import type { FunctionMaker } from "./cloud/cloud.ts";
import { eachMessage } from "./cloud/each-message.ts";
import { onAws } from "./cloud/on-aws.ts";
import { isFenced } from "./records/fence.ts";

/**
 * Answers by mail: what somebody asked for on the site, and mails that came in. The site has answered long ago, in the same
 * words whoever they are: what an address is to us is only looked at here.
 */
export const ask: FunctionMaker = (cloud) =>
  eachMessage(askSchema.parse, async (message, { deadline }) => {
    if (isOver(cloud, message)) return; // its link would have ended already
    if (await isFenced(cloud)) return later(cloud, message, "restored");
    if (message.is === "receipt" && (await isBeingRead(cloud, message)))
      return later(cloud, message, "reading", readingSeconds);
    const answer = await answerTo(cloud, message);
    if (answer) await sendAnswer(cloud, message, answer, deadline);
  });

/** So long the files of a mail are usually read; then it is asked again. */
const readingSeconds = 10;

export const handler = onAws(ask);
