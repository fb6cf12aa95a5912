import { Doubtful, type Mail } from "../../functions/cloud/cloud.ts";
import { call, deadly } from "./call.ts";
import type { Run, World } from "./world.ts";

/** A sender that hears nothing for so long cannot know. */
const patience = 10_000;

/** The carrier over a network: a letter that has left arrives, whatever its sender hears of it. */
export function mailOf(world: World, runNow: () => Run): Mail {
  const { carrier, tell, time } = world;
  const never = () => Promise.reject(new Error("no function of a delivery does that"));
  return {
    async send(letter) {
      const run = runNow();
      if (run.state !== "alive") return new Promise(() => {});
      const way = deadly(world);
      if (way.kills === "before") return call(world, run, `send ${letter.to}`, way, [], never);
      const handed = carrier.begin(letter);
      const seconds = Math.min(patience, way.there + way.back);
      time.after(way.there, () => {
        answer = carrier.take(handed);
        tell(`${run.name}: ${letter.to} ${answer instanceof Error ? answer.name : "accepted"}`);
      });
      let answer: string | Error = new Doubtful("TimeoutError");
      if (way.kills) return call(world, run, `send ${letter.to}`, way, [], never);
      const isTooSlow = way.there + way.back > patience;
      if (isTooSlow) handed.isDoubtful = true;
      const heard = () => (isTooSlow ? new Doubtful("TimeoutError") : answer);
      const told = await call(world, run, "send", { there: 0, back: seconds }, [], heard);
      if (told instanceof Error) throw told;
      return { messageId: told };
    },
    quota: () =>
      call(world, runNow(), "quota", { there: 2, back: 2 }, [], () => ({
        ...{ perSecond: carrier.perSecond, perDay: 1_000_000, sentInLastDay: 0 },
      })),
    ...{ close: never, open: never },
  };
}
