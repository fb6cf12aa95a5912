import { type SuppressionReason, suppressionReasons } from "../../core/delivery/suppression.ts";
import { readAddress } from "../../core/email-address.ts";
import { Refusal } from "../../core/refusal.ts";
import { fill } from "../../core/words.ts";
import { suppressAddress, suppressionAt, unsuppressAddress } from "../../functions/desk/suppressions.ts";
import { confirmed } from "../confirm.ts";
import { inSession, person } from "../session.ts";
import { spokenTime } from "../wall-clock.ts";
import { type Call, option, type Run } from "./command.ts";

/** Enters by hand what no event tells: a bounce that came back to the sender, a reader who called. */
export const subscribersSuppress: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const { suppressing: say } = call.say;
    const [address, reason] = [readAddress(call.args[0] ?? ""), reasonAsked(call)];
    const standing = await suppressionAt(cloud, address);
    const details = { address, reason: call.say.suppression[reason] };
    if (!standing && !(await confirmed(call, fill(say.ask, details)))) return left(call);
    const done = await suppressAddress(cloud, person, address, reason);
    call.show(done, [done.isNew ? fill(say.done, details) : fill(say.known, { address, ...spoken(call, done) })]);
    return 0;
  });

export const subscribersUnsuppress: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const { suppressing: say } = call.say;
    const address = readAddress(call.args[0] ?? "");
    const standing = await suppressionAt(cloud, address);
    if (!standing) throw new Refusal("not-suppressed");
    const question = fill(say.askBack, { address, ...spoken(call, standing) });
    if (!(await confirmed(call, question))) return left(call);
    call.show(await unsuppressAddress(cloud, person, address), [fill(say.doneBack, { address })]);
    return 0;
  });

/** @throws Refusal `reason-unknown` */
function reasonAsked(call: Call): SuppressionReason {
  const asked = option(call, "reason") ?? "bounced";
  const reason = suppressionReasons.find((known) => known === asked);
  if (!reason) throw new Refusal("reason-unknown", { reason: asked, known: suppressionReasons.join(", ") });
  return reason;
}

function left(call: Call): number {
  call.show({ done: false }, [call.say.ask.left]);
  return 0;
}

const spoken = ({ language, say }: Call, { reason, at }: { reason: string; at: string }) => ({
  reason: say.suppression[reason as SuppressionReason] ?? reason,
  at: spokenTime(new Date(at), "Europe/Berlin", language),
});
