import { hash } from "node:crypto";
import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { writeSigns } from "../../core/delivery/form-body.ts";
import { prepare, type Writing, write } from "../../core/delivery/message.ts";
import { systemClock } from "../../functions/cloud/clock.ts";
import type { Letter } from "../../functions/cloud/cloud.ts";
import { sesMail } from "../../functions/cloud/mail.ts";
import { dynamoTable } from "../../functions/cloud/table.ts";
import { wire } from "../../functions/cloud/wire.ts";
import { cpuMilliseconds, type Figure, figureOf, median, ratios, round } from "./figure.ts";
import { withLedger } from "./ledger.ts";
import { addressee, longLetter } from "./long-letter.ts";
import { renderEach } from "./render-each.ts";
import { rented } from "./rented.ts";

const most = { overBare: 3, growth: 1.5, withLedger: 3.5 };
const leastFaster = 12;
const letters = 800;
/** Rendering is slow enough that a tenth of the letters tells its time per letter. */
const loopShare = 10;
/** As many on their way at once as a walk has. */
const lanes = 8;
/** The engine settles on a path of a hundred functions only after some thousand letters. */
const warmRounds = 4;
const patience = { connect: 2_000, answer: 10_000, idle: 4_000 };
const sets = { editions: "kurier-editions", confirmations: "kurier-confirmations" };
const from = "post@elblandbote.example";

type Send = (reader: number) => Promise<unknown>;

/** CPU of sending a letter to SES on loopback, in turns: through our adapter, bare, with the ledger, and as others do. */
export const measureSending = (runs: number): Promise<Figure[]> =>
  rented(async (port) => {
    const [long, short] = [await longLetter(100_000), await longLetter(30_000)];
    const mail = sesMail(sets, patience);
    const table = dynamoTable("kurier", systemClock);
    const ours = sendBy(mail, long);
    const render = renderAndSend(long);
    const times = await inTurns(runs * 3, {
      ours: () => inLanes(ours),
      short: () => inLanes(sendBy(mail, short)),
      bare: () => inLanes(bareSend(long, port)),
      loop: () => inLanes(render, letters / loopShare),
      // After the loop, which leaves garbage: it does least harm to what has most room.
      ledger: () => withLedger(table, letters, lanes, ours),
    });
    const loop = times.loop.map((time) => time * loopShare);
    mail.renewSockets();
    const figure = (name: string, one: readonly number[], other: readonly number[], goal: object): Figure =>
      figureOf(name, median(ratios(one, other)), goal, `${each(one)} against ${each(other)} a letter`);
    return [
      figure("CPU of a letter by the official client ÷ bare post + SHA-256, 100 KB", times.ours, times.bare, {
        most: most.overBare,
      }),
      figure("Handlebars + nodemailer + SDK ÷ ours, end to end, 100 KB", loop, times.ours, {
        least: leastFaster,
      }),
      figure("CPU of a letter of 100 KB ÷ of 30 KB, official client", times.ours, times.short, { most: most.growth }),
      figure("CPU of a letter with its ledger calls ÷ the SES call alone, 100 KB", times.ledger, times.ours, {
        most: most.withLedger,
      }),
    ];
  });

const each = (times: readonly number[]): string => `${round((median(times) / letters) * 1000)} µs`;

/** Everything once to warm up, then one after the other, so that each meets the same machine. */
async function inTurns<Name extends string>(
  runs: number,
  works: Readonly<Record<Name, () => Promise<void>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let run = -warmRounds; run < runs; run++) {
    for (const name of names) {
      const time = await cpuMilliseconds(works[name]);
      if (run >= 0) times[name].push(time);
    }
  }
  return times;
}

async function inLanes(send: Send, count = letters): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function sendBy(mail: ReturnType<typeof sesMail>, writing: Writing): Send {
  const shared = prepare(writing);
  return (reader) => mail.send({ ...letterTo(reader), message: write(shared, addressee(reader)) });
}

const letterTo = (reader: number): Omit<Letter, "message"> => ({
  ...{ stream: "editions", from, to: addressee(reader).address },
  tags: { delivery: "k".repeat(22), attempt: "m".repeat(22), issue: "elblandbote-2026-01" },
});

/** The least that can be done: the finished body hashed and posted over the same wire, nothing signed or understood. */
function bareSend(writing: Writing, port: number): Send {
  const buffer = Buffer.alloc(1024 * 1024, "a");
  const body = buffer.subarray(0, writeSigns(write(prepare(writing), addressee(1)), buffer, 500));
  const line = wire(patience);
  const headers = {
    ...{ host: `127.0.0.1:${port}`, "content-type": "application/x-www-form-urlencoded" },
    ...{ "content-length": String(body.length), "x-amz-date": "20261123T090000Z", authorization: "x".repeat(200) },
  };
  return () => {
    hash("sha256", body);
    return line.handle({ protocol: "http:", hostname: "127.0.0.1", port, method: "POST", path: "/", headers, body });
  };
}

/** The client as it comes, given a message that was rendered whole. */
function renderAndSend({ html, text, subject }: Writing): Send {
  const render = renderEach(html, text, subject);
  const client = new SESClient({ maxAttempts: 1 });
  return async (reader) => {
    const { to, tags } = letterTo(reader);
    const Tags = Object.entries(tags).map(([Name, Value]) => ({ Name, Value }));
    const RawMessage = { Data: await render(addressee(reader)) };
    const ConfigurationSetName = sets.editions;
    return client.send(
      new SendRawEmailCommand({ Source: from, Destinations: [to], RawMessage, ConfigurationSetName, Tags }),
    );
  };
}
