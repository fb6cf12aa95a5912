import { Doubtful, type Mail, type Stream } from "../../functions/cloud/cloud.ts";
import { call, course, deadly } from "./call.ts";
import type { Run, World } from "./world.ts";

/** A sender that hears nothing for so long cannot know. */
const patience = 10_000;

/** The carrier over a network: a letter that has left arrives, whatever its sender hears of it. */
export function mailOf(world: World, runNow: () => Run): Mail {
  const { carrier, tell, time } = world;
  const never = () => Promise.reject(new Error("a run that does not live"));
  const setOpen = (stream: Stream, isOpen: boolean): Promise<void> =>
    call(
      world,
      runNow(),
      `${stream} open: ${isOpen}`,
      course(world),
      [() => carrier.setOpen(stream, isOpen)],
      () => {},
    );
  return {
    reports: world.reports,
    isJudged: world.reports,
    async send(letter) {
      const run = runNow();
      const way = deadly(world);
      if (run.state !== "alive" || way.kills === "before") return call(world, run, `send ${letter.to}`, way, [], never);
      const handed = carrier.begin(letter);
      let answer: string | Error = new Doubtful("TimeoutError");
      const arrive = (): void => {
        answer = carrier.take(handed);
        tell(`${run.name}: ${letter.to} ${answer instanceof Error ? answer.name : "accepted"}`);
      };
      const isTooSlow = way.there + way.back > patience;
      if (!isTooSlow || way.kills) {
        await call(world, run, `send ${letter.to}`, way, [arrive], () => undefined);
      } else {
        // It arrives all the same; its sender is not waiting any more.
        handed.isDoubtful = true;
        time.after(way.there, arrive);
        await call(world, run, `send ${letter.to}`, { there: 0, back: patience }, [], () => undefined);
        throw new Doubtful("TimeoutError");
      }
      if (answer instanceof Error) throw answer;
      return { messageId: answer };
    },
    quota: () => call(world, runNow(), "quota", { there: 2, back: 2 }, [], () => carrier.quota()),
    close: (stream) => setOpen(stream, false),
    open: (stream) => setOpen(stream, true),
  };
}
