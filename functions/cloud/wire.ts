import { AsyncLocalStorage } from "node:async_hooks";
import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";

/** What the SDK hands to its request handler, and wants back. Calls of the Query protocol have no query in their path. */
interface Request {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}
interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** How long a request may take, in milliseconds. */
export interface Patience {
  /** Until the socket is up, TLS included. */
  readonly connect: number;
  /** Until the whole answer is here. */
  readonly answer: number;
  /** That a socket may lie unused. One the other side has closed meanwhile would make a doubtful call. */
  readonly idle: number;
}

const begun = new AsyncLocalStorage<{ mayHaveLeft: boolean }>();

/**
 * Runs one call over a wire and tells, whatever becomes of it, whether its bytes may have left this machine.
 * The SDK's own handler cannot tell: a timeout before TLS is up looks like one after the letter was taken.
 */
export async function watched<T>(
  call: () => Promise<T>,
): Promise<{ value: T } | { fault: unknown; mayHaveLeft: boolean }> {
  const watch = { mayHaveLeft: false };
  return begun.run(watch, async () => {
    try {
      return { value: await call() };
    } catch (fault) {
      return { fault, mayHaveLeft: watch.mayHaveLeft };
    }
  });
}

/** The SDK's request handler over `node:https`, with sockets that can be thrown away and a watch on when bytes leave. */
export function wire(patience: Patience) {
  let agents = freshAgents(patience.idle);
  const destroy = (): void => {
    agents.http.destroy();
    agents.https.destroy();
  };
  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async ({
      protocol,
      hostname,
      port,
      method,
      path,
      headers,
      body,
    }: Request): Promise<{ response: Answer }> => {
      const secure = protocol === "https:";
      const agent = secure ? agents.https : agents.http;
      const call = (secure ? https : http).request({ agent, host: hostname, port, method, path, headers });
      return { response: await answerTo(call, body, secure, patience) };
    },
    destroy,
    /** A thawed Lambda's sockets may be dead without knowing: the next request gets a new one. */
    renewSockets: (): void => {
      destroy();
      agents = freshAgents(patience.idle);
    },
    // The SDK asks every handler for these; nothing is set from outside.
    updateHttpClientConfig: (): void => {},
    httpHandlerConfigs: () => ({}),
  };
}

/** One socket per letter in flight: the rate bounds them, not the pool. */
const freshAgents = (timeout: number) => ({
  http: new http.Agent({ keepAlive: true, timeout }),
  https: new https.Agent({ keepAlive: true, timeout }),
});

/** The body is written only once the socket is up, so that until then nothing can have left. */
function answerTo(
  call: http.ClientRequest,
  body: Request["body"],
  secure: boolean,
  patience: Patience,
): Promise<Answer> {
  const watch = begun.getStore();
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const giveUp = (what: string) => call.destroy(Object.assign(new Error(what), { name: "TimeoutError" }));
  const connecting = setTimeout(giveUp, patience.connect, "no connection in time");
  const answering = setTimeout(giveUp, patience.answer, "no answer in time");
  call.on("error", reject);
  call.once("socket", (socket) =>
    whenUp(socket, secure, () => {
      clearTimeout(connecting);
      if (call.destroyed) return;
      if (watch) watch.mayHaveLeft = true;
      call.end(body);
    }),
  );
  call.once("response", (answer) => wholeAnswer(answer).then(resolve, reject));
  return promise.finally(() => {
    clearTimeout(connecting);
    clearTimeout(answering);
  });
}

function whenUp(socket: Socket, secure: boolean, then: () => void): void {
  const up = () => {
    isUp.add(socket);
    then();
  };
  if (isUp.has(socket)) up();
  else socket.once(secure ? "secureConnect" : "connect", up);
}
/** Sockets of the pool come back connected. */
const isUp = new WeakSet<Socket>();

/** Read to its end here, so that a stalled body is a timeout too. */
function wholeAnswer(answer: http.IncomingMessage): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const parts: Uint8Array[] = [];
  answer.on("data", (part: Uint8Array) => parts.push(part));
  answer.once("error", reject);
  answer.once("end", () =>
    resolve({ statusCode: answer.statusCode ?? 0, headers: headersOf(answer), body: Buffer.concat(parts) }),
  );
  return promise;
}

const headersOf = ({ headers }: http.IncomingMessage): Answer["headers"] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]));
