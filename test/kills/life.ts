import { writeSync } from "node:fs";
import { systemClock } from "../../functions/cloud/clock.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { keepWorking } from "../../local/wiring.ts";
import { grace, manner, walkSeconds } from "./settings.ts";

/** A process that works a folder until somebody kills it. It says every letter that has left. */
const [folder = "", secondsLater = "0"] = process.argv.slice(2);
const now = () => new Date(Date.now() + Number(secondsLater) * 1000);
const cloud = localCloud({ folder, grace, manner, clock: { ...systemClock, now } });

writeSync(1, "begun\n");
const telling = {
  ...cloud,
  mail: {
    ...cloud.mail,
    send: async (letter: Parameters<typeof cloud.mail.send>[0]) => {
      const accepted = await cloud.mail.send(letter);
      writeSync(1, `${letter.to}\n`);
      return accepted;
    },
  },
};
await keepWorking(telling, new AbortController().signal, { timeoutSeconds: { deliver: walkSeconds } });
