import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer, TLSSocket } from "node:tls";
import type { OwnCertificate } from "./own-certificate.ts";

/** One letter as the relay took it. */
export interface TakenLetter {
  readonly from: string;
  readonly to: string;
  /** Without the dots of the wire. */
  readonly raw: string;
}

/** What a relay does when its turn comes: an answer of its own, or the beginning of one, or nothing, or the line is cut. */
export type Turn = string | "hang" | "reset" | "close" | { readonly half: string };

/** Its manners, where they are not the usual. `letter` is done while the letter is still arriving, `end` after its dot. */
export interface Manners {
  readonly greeting?: Turn;
  readonly ehlo?: Turn;
  readonly startTls?: Turn;
  readonly auth?: Turn;
  readonly mail?: Turn;
  readonly rcpt?: Turn;
  readonly data?: Turn;
  readonly letter?: Turn;
  readonly end?: Turn;
  readonly quit?: Turn;
  /** Whether a letter is taken whose `end` is no answer. */
  readonly takes?: boolean;
  /** Before every answer, in milliseconds. */
  readonly slow?: number;
}

export interface LoopbackSmtp {
  readonly port: number;
  readonly taken: readonly TakenLetter[];
  /** Lines that were opened to us. */
  connections(): number;
  /** Those that still are. */
  open(): number;
  /** Letters whose sender was named, whatever became of them. */
  letters(): number;
  /** Commands as they came, one array for all lines. */
  readonly heard: readonly string[];
  /** From now on. A function decides letter by letter: it is asked when a recipient is named. */
  behave(manners: Manners | ((to: string) => Manners)): void;
  stop(): Promise<void>;
}

interface Options {
  readonly certificate?: OwnCertificate;
  readonly tls?: "always" | "offered";
  readonly login?: { readonly user: string; readonly password: string };
  readonly extensions?: readonly string[];
}

/** A relay on this machine that answers, refuses, drops and hangs as it is told, at every step of RFC 5321. */
export async function startLoopbackSmtp(options: Options = {}): Promise<LoopbackSmtp> {
  const { certificate, tls, login, extensions = ["PIPELINING", "SIZE 10485760", "8BITMIME"] } = options;
  const taken: TakenLetter[] = [];
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  let manners: Manners | ((to: string) => Manners) = {};
  let [connections, letters] = [0, 0];
  const mannersFor = (to: string): Manners => (typeof manners === "function" ? manners(to) : manners);

  const talk = (plain: Socket, isSecure: boolean): void => {
    let socket = plain;
    let [from, to, buffer, isLetter, isEncrypted] = ["", "", "", false, isSecure];
    let steps = Promise.resolve();

    const answer = async (turn: Turn): Promise<void> => {
      const { slow } = mannersFor(to);
      if (slow) await new Promise((passed) => setTimeout(passed, slow));
      if (turn === "reset") plain.resetAndDestroy();
      else if (turn === "close") plain.destroy();
      else if (typeof turn === "object") socket.end(turn.half);
      else if (turn !== "hang" && !socket.destroyed) socket.write(`${turn}\r\n`);
    };

    const offers = (): string => {
      const more = [
        ...extensions,
        ...(tls === "offered" && !isEncrypted ? ["STARTTLS"] : []),
        ...(login ? ["AUTH PLAIN LOGIN"] : []),
      ];
      return ["relay.example", ...more].map((line, at) => `250${at < more.length ? "-" : " "}${line}`).join("\r\n");
    };

    const command = async (line: string): Promise<void> => {
      heard.push(line);
      const now = mannersFor(to);
      const [verb = ""] = line.toUpperCase().split(" ");
      if (verb === "EHLO" || verb === "HELO") return answer(now.ehlo ?? offers());
      if (verb === "STARTTLS") {
        await answer(now.startTls ?? "220 go ahead");
        if (!now.startTls) encrypt();
        return;
      }
      if (verb === "AUTH") return answer(now.auth ?? (knows(line) ? "235 2.7.0 welcome" : "535 5.7.8 who are you"));
      if (verb === "MAIL") {
        letters++;
        [from, to] = [between(line), ""];
        return answer(mannersFor("").mail ?? "250 2.1.0 ok");
      }
      if (verb === "RCPT") {
        to = between(line);
        return answer(mannersFor(to).rcpt ?? "250 2.1.5 ok");
      }
      if (verb === "DATA") {
        const refused = [now.rcpt, now.mail].some((one) => typeof one === "string" && /^[45]/.test(one));
        const turn = now.data ?? (refused ? "554 5.5.1 no valid recipients" : "354 go ahead");
        isLetter = typeof turn === "string" && turn.startsWith("354");
        // Nobody reads on, so that the line fills up and the letter stays half said.
        if (isLetter && now.letter) plain.pause();
        await answer(turn);
        if (isLetter && now.letter) {
          await new Promise((passed) => setTimeout(passed, halfWay));
          await answer(now.letter);
        }
        return;
      }
      if (verb === "QUIT") {
        await answer(now.quit ?? "221 2.0.0 bye");
        if (!now.quit) socket.end();
        return;
      }
      return answer(verb === "RSET" || verb === "NOOP" ? "250 ok" : "500 what?");
    };

    const knows = (line: string): boolean =>
      Buffer.from(line.split(" ")[2] ?? "", "base64").toString() === `\0${login?.user}\0${login?.password}`;

    const letter = async (lines: string): Promise<void> => {
      const { end = "250 2.0.0 ok: queued as 4XyZ", takes } = mannersFor(to);
      if ((typeof end === "string" && end.startsWith("2")) || takes)
        taken.push({ from, to, raw: lines.replace(/^\./gm, "") });
      await answer(end);
    };

    const read = async (): Promise<void> => {
      for (;;) {
        const stop = isLetter ? "\r\n.\r\n" : "\r\n";
        const at = buffer.indexOf(stop);
        if (at < 0) return;
        const part = buffer.slice(0, isLetter ? at + 2 : at);
        buffer = buffer.slice(at + stop.length);
        if (isLetter) {
          isLetter = false;
          await letter(part);
        } else await command(part);
      }
    };

    const listen = (to: Socket): void => {
      socket = to;
      to.setEncoding("latin1");
      to.on("error", () => {});
      to.on("data", (text) => {
        buffer += String(text);
        steps = steps.then(read);
      });
    };
    const encrypt = (): void => {
      plain.removeAllListeners("data");
      isEncrypted = true;
      listen(new TLSSocket(plain, { isServer: true, ...certificate }));
    };

    listen(plain);
    steps = answer(mannersFor("").greeting ?? "220 relay.example ESMTP");
  };

  const isSecure = tls === "always";
  const server = isSecure ? createTlsServer({ ...certificate }) : createServer();
  server.on(isSecure ? "secureConnection" : "connection", (socket: Socket) => talk(socket, isSecure));
  server.on("connection", (socket: Socket) => {
    connections++;
    sockets.add(socket);
    // Else every answer waits for the other side's delayed acknowledgement.
    socket.setNoDelay();
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    taken,
    heard,
    connections: () => connections,
    open: () => sockets.size,
    letters: () => letters,
    behave: (next) => {
      manners = next;
    },
    stop: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}

const halfWay = 150;

const between = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? "";
