import { Readable } from "node:stream";
import type { TlsOptions } from "node:tls";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Relay } from "./relay.ts";
import { type Stage, troubleOf } from "./smtp-answer.ts";

/** How long a relay may take, in milliseconds. */
export interface SmtpPatience {
  /** Until somebody listens: name, socket, TLS and greeting. */
  readonly connect: number;
  /** Until each answer, and for the letter itself. Less than a claim's lease outlives its run. */
  readonly answer: number;
  /** That a letter may wait for a line: its reader may leave meanwhile. */
  readonly wait: number;
  /** That a line may lie unused. */
  readonly idle: number;
}

export const usualPatience: SmtpPatience = { connect: 10_000, answer: 40_000, wait: 2_000, idle: 4_000 };

/** One connection, logged in. */
export interface Line {
  /** False as soon as either side has hung up. */
  isUp(): boolean;
  /** Asked once per letter: nodemailer tries nothing twice. @throws Rejected | Closed | Throttled | Doubtful */
  send(letter: { from: string; to: string; raw: Uint8Array }): Promise<void>;
  hangUp(): void;
}

/** @throws Closed | Throttled when the relay cannot be reached or does not let us in */
export async function openLine(relay: Relay, patience: SmtpPatience, trust?: Pick<TlsOptions, "ca">): Promise<Line> {
  const { host, port, tls, login } = relay;
  // Loaded by who sends: a command that lists articles does not wait for it.
  const { default: Connection } = await import("nodemailer/lib/smtp-connection");
  const connection = new Connection({
    ...{ host, port, secure: tls === "always", requireTLS: tls === "required", logger: false },
    ...{ connectionTimeout: patience.connect, greetingTimeout: patience.connect, dnsTimeout: patience.connect },
    ...{ socketTimeout: patience.answer, socketCloseTimeout: goodbyeMilliseconds, ...(trust && { tls: trust }) },
  });
  let isUp = true;
  connection.once("end", () => {
    isUp = false;
  });
  // A fault that nobody waits for ends the line, not the process.
  connection.on("error", () => {});
  try {
    await asked(connection, patience.connect, (done) => connection.connect(done));
    // Whoever gives a password wants it asked for: a relay that offers no login says so.
    if (login) {
      const credentials = { user: login.user, pass: login.password };
      await asked(connection, patience.connect, (done) => connection.login(credentials, done));
    }
  } catch (fault) {
    connection.close();
    throw troubleOf(fault, "connecting");
  }
  return {
    isUp: () => isUp,
    send: (letter) => sendOn(connection, letter, patience.answer),
    hangUp: () => (isUp ? sayGoodbye(connection) : connection.close()),
  };
}

/** Whoever does not answer a goodbye keeps no process waiting. */
const goodbyeMilliseconds = 1000;

function sayGoodbye(connection: SMTPConnection): void {
  const cut = setTimeout(() => connection.close(), goodbyeMilliseconds);
  connection.once("end", () => clearTimeout(cut));
  connection.quit();
}

type Done = (fault?: unknown) => void;

/** nodemailer tells a fault to whoever asked, or to whoever listens, or only hangs up. */
async function asked(connection: SMTPConnection, milliseconds: number, ask: (done: Done) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let code = "ECONNECTION";
  // A relay that sends a byte now and then is never idle: this counts the whole.
  const giveUp = setTimeout(() => {
    code = "ETIMEDOUT";
    connection.close();
  }, milliseconds);
  // What was the matter is told in the same breath, before or after.
  const onEnd = () => setImmediate(() => reject({ code }));
  connection.on("error", reject);
  connection.once("end", onEnd);
  ask((fault) => (fault ? reject(fault) : resolve()));
  try {
    await promise;
  } finally {
    clearTimeout(giveUp);
    connection.off("error", reject);
    connection.off("end", onEnd);
  }
}

/** So much is handed to the socket at once: the smaller, the nearer we know how far a letter came. */
const pieceBytes = 16 * 1024;

async function sendOn(
  connection: SMTPConnection,
  { from, to, raw }: { from: string; to: string; raw: Uint8Array },
  milliseconds: number,
): Promise<void> {
  let stage: Stage = "envelope";
  const begin = () => {
    stage = "letter";
  };
  const body = Readable.from(pieces(raw, begin), { objectMode: false });
  // Told before nodemailer is: only then does it write the dot.
  body.once("end", () => {
    stage = "out";
  });
  try {
    const envelope = { from, to: [to], size: raw.length };
    const isYes = (answer: string) => /^2\d\d\b/.test(answer);
    await asked(connection, milliseconds, (done) =>
      connection.send(envelope, body, (fault, sent) => done(fault ?? (isYes(sent?.response ?? "") ? undefined : {}))),
    );
  } catch (fault) {
    throw troubleOf(fault, stage);
  } finally {
    body.destroy();
  }
}

function* pieces(raw: Uint8Array, begin: () => void): Generator<Uint8Array> {
  begin();
  for (let at = 0; at < raw.length; at += pieceBytes) yield raw.subarray(at, at + pieceBytes);
}
