import { Refusal } from "../core/refusal.ts";
import type { Call } from "./commands/command.ts";

/**
 * Asks before something is done, with the numbers it is about. `--yes` has said it beforehand.
 *
 * @throws Refusal `nobody-to-ask` where nobody can answer and `--yes` was not given
 */
export async function confirmed(call: Call, question: string): Promise<boolean> {
  if (call.options.yes === true) return true;
  if (!call.terminal.canAnswer) throw new Refusal("nobody-to-ask", { question: question.trim() });
  const typed = await call.terminal.ask(`${question} ${call.say.ask.choice} `);
  return /^(j|ja|y|yes)$/i.test(typed.trim());
}

/** Somebody said no. */
export function left(call: Call): number {
  call.show({ changed: false }, [call.say.ask.left]);
  return 0;
}
