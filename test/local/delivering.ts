import { writeSync } from "node:fs";
import { systemClock } from "../../functions/cloud/clock.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { workUntilQuiet } from "../../local/wiring.ts";

/** A process that works a folder until nothing is due, or somebody kills it. It says every letter that has left. */
const [folder = "", minutesLater = "0"] = process.argv.slice(2);
const now = () => new Date(Date.now() + Number(minutesLater) * 60_000);
const cloud = localCloud({ folder, clock: { ...systemClock, now } });

writeSync(1, "begun\n");
await workUntilQuiet({
  ...cloud,
  mail: {
    ...cloud.mail,
    send: async (letter) => {
      const accepted = await cloud.mail.send(letter);
      writeSync(1, `${letter.to}\n`);
      return accepted;
    },
  },
});
cloud.close();
