import { mostSigns, writeSigns } from "../../core/delivery/form-body.ts";
import { bytesOf, prepare, write } from "../../core/delivery/message.ts";
import { cpuMilliseconds, type Figure, figureOf, inTurn, median, ratios, round } from "./figure.ts";
import { addressee, longLetter } from "./long-letter.ts";
import { renderEach } from "./render-each.ts";

const most = { personalise: 3, form: 4 };
const leastFaster = 500;
const letters = 2000;
/** A letter takes microseconds: many runs, so that a neighbour on the machine is outvoted. */
const letterRuns = 7;
/** What may be in flight at 500 a second and a slow second's answer: a letter's buffer has left the cache when it is used again. */
const inFlight = 512;

/** What a letter costs before it is sent, against the least anybody could do: copying its bytes. */
export async function measureLetters(runs: number): Promise<Figure[]> {
  const turns = runs * letterRuns;
  return [
    ...(await againstCopying(60_000, inFlight, turns)),
    ...(await againstCopying(100_000, inFlight, turns)),
    ...(await againstCopying(100_000, 1, turns)),
    await againstRendering(100_000, runs),
  ];
}

async function againstCopying(bytes: number, buffers: number, turns: number): Promise<Figure[]> {
  const shared = prepare(await longLetter(bytes));
  const one = write(shared, addressee(1));
  const [copy, room] = [Buffer.from(bytesOf(one)), mostSigns(one)];
  const form = Buffer.alloc(room);
  const signs = form.subarray(0, writeSigns(one, form, 0));
  const ring = Array.from({ length: buffers }, () => Buffer.alloc(room, 1));
  const each = (work: (reader: number, buffer: Buffer) => unknown) => () => {
    for (let reader = 0; reader < letters; reader++) work(reader, ring[reader % buffers] ?? form);
  };
  const bytesTimes = await inTurn(
    turns,
    each((reader, buffer) => bytesOf(write(shared, addressee(reader)), buffer)),
    each((_, buffer) => buffer.set(copy)),
    cpuMilliseconds,
  );
  const formTimes = await inTurn(
    turns,
    each((reader, buffer) => writeSigns(write(shared, addressee(reader)), buffer, 0)),
    each((_, buffer) => buffer.set(signs)),
    cpuMilliseconds,
  );
  const kilobytes = `${bytes / 1000} KB`;
  // In the cache a copy runs at a hundred gigabytes a second: what is personal is then the whole figure.
  const [where, goals] =
    buffers > 1 ? ["", most] : [", buffer still in the cache", { personalise: undefined, form: undefined }];
  return [
    figure(`personalise a letter of ${kilobytes} ÷ memcpy of its bytes${where}`, bytesTimes, goals.personalise),
    figure(`ready SES request body of ${kilobytes} ÷ memcpy of its bytes${where}`, formTimes, goals.form),
  ];
}

const microseconds = (times: readonly number[], per = letters): string => `${round((median(times) / per) * 1000)} µs`;

function figure(name: string, times: { one: number[]; other: number[] }, most: number | undefined): Figure {
  const measured = `${microseconds(times.one)} against ${microseconds(times.other)}`;
  return figureOf(name, median(ratios(times.one, times.other)), most === undefined ? {} : { most }, measured);
}

/** Rendering takes milliseconds: so many readers tell. */
const rendered = 20;

async function againstRendering(bytes: number, runs: number): Promise<Figure> {
  const writing = await longLetter(bytes);
  const shared = prepare(writing);
  const room = Buffer.alloc(shared.bytes * 2);
  const render = renderEach(writing.html, writing.text, writing.subject);
  const { one, other } = await inTurn(
    runs * letterRuns,
    async () => {
      for (let reader = 0; reader < rendered; reader++) await render(addressee(reader));
    },
    () => {
      for (let reader = 0; reader < letters; reader++) bytesOf(write(shared, addressee(reader)), room);
    },
    cpuMilliseconds,
  );
  const times = one.map((time) => (time / rendered) * letters);
  return figureOf(
    "Handlebars + nodemailer ÷ ours, 100 KB",
    median(ratios(times, other)),
    { least: leastFaster },
    `${microseconds(times)} against ${microseconds(other)}`,
  );
}
