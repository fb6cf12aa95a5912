import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../functions/cloud/clock.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { downloadDoor } from "../../local/download-door.ts";
import { clockContract } from "./clock.contract.ts";
import { directoryContract } from "./directory.contract.ts";
import { fakeClock } from "./fake-clock.ts";
import { filesContract } from "./files.contract.ts";
import { mailContract } from "./mail.contract.ts";
import { queueContract } from "./queue.contract.ts";
import { aSignIn, secretsContract } from "./secrets.contract.ts";
import { tableContract } from "./table.contract.ts";
import { openTestCloud } from "./test-cloud.ts";
import { timerContract } from "./timer.contract.ts";

/** A cloud, and a second one on the same folder: the server and the command line. */
function two(options: { signIn?: string } = {}) {
  const { cloud, remove } = openTestCloud(options);
  const clock = fakeClock(undefined, "another");
  const another = localCloud({ ...options, folder: cloud.folder, clock, isDurable: false });
  const end = (): void => {
    another.close();
    remove();
  };
  return { cloud, another, end };
}

/** As a backup laid somewhere else. */
function copyOf(folder: string) {
  const place = mkdtempSync(join(tmpdir(), "kurier-copy-"));
  cpSync(folder, place, { recursive: true });
  const copy = localCloud({ folder: place, isDurable: false });
  const end = (): void => {
    copy.close();
    rmSync(place, { recursive: true });
  };
  return { table: copy.table, end };
}

tableContract("on one machine", async () => {
  const { cloud, another, end } = two();
  return { table: cloud.table, another: another.table, copied: async () => copyOf(cloud.folder), end };
});

filesContract("on one machine", async () => {
  const { cloud, another, end } = two();
  return {
    ...{ files: cloud.files, another: another.files, end },
    notices: async (queue) => {
      const held = cloud.work.receive(queue, { max: 10, visibilitySeconds: 60 });
      held.forEach(cloud.work.done);
      return held.map(({ body }) => JSON.parse(body) as unknown);
    },
    fetchLink: async (link) => downloadDoor(cloud).request(link),
    post: async ({ fields }, file, name) => {
      const { key, backTo } = await cloud.acceptUpload(fields, { name, body: file });
      return backTo === undefined ? undefined : `${backTo}?key=${encodeURIComponent(key)}`;
    },
  };
});

queueContract("on one machine", async () => {
  const { cloud, remove } = openTestCloud();
  const visibilitySeconds = 720;
  return {
    ...{ queues: cloud.queues, visibilitySeconds, end: remove },
    receive: async (queue) =>
      cloud.work.receive(queue, { max: 10, visibilitySeconds }).map((held) => ({
        ...held,
        done: async () => cloud.work.done(held),
      })),
    parked: async (queue) => cloud.work.parked(queue),
    pass: async (seconds) => cloud.clock.advance({ seconds }),
  };
});

mailContract("on one machine", async () => {
  const { cloud, remove } = openTestCloud();
  return {
    ...{ mail: cloud.mail, from: "redaktion@elbland.example", to: "leserin@elbland.example", end: remove },
    arrived: async (messageId) => {
      const letter = cloud.outbox.find(messageId);
      if (!letter) throw new Error("no such letter");
      return { ...letter, raw: Buffer.from(cloud.outbox.source(letter)).toString(), tags: { ...letter.tags } };
    },
  };
});

timerContract("on one machine", async () => {
  const { cloud, remove } = openTestCloud();
  return { timer: cloud.timer, armed: async (name) => cloud.timer.armed(name), end: remove };
});

secretsContract("on one machine", async () => {
  const { cloud, another, end } = two({ signIn: aSignIn });
  return { secrets: cloud.secrets, another: another.secrets, signIn: aSignIn, end };
});

directoryContract("on one machine", async () => {
  const { cloud, remove } = openTestCloud();
  return { directory: cloud.directory, end: remove };
});

clockContract("on one machine", async () => ({ clock: systemClock }));
clockContract("in tests", async () => ({ clock: fakeClock() }));
