/** Somebody at the desk in a process of their own: asks for a page and for an empty one, over HTTP, and says how long each took. */
import { Agent, get } from "node:http";

/** What to ask for; paths are whole. */
export interface Visit {
  readonly origin: string;
  readonly cookie: string;
  readonly page: string;
  readonly empty: string;
  readonly times: number;
}
/** Milliseconds from asking to the last byte of the answer. */
export interface Visited {
  readonly status: number;
  readonly page: readonly number[];
  readonly empty: readonly number[];
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
/** Stretches of each: asked for one by one, an empty page would clear away what the page before it left behind. */
const stretches = 5;

process.on("message", (visit: Visit) => void made(visit).then((visited) => process.send?.(visited)));

async function made({ origin, cookie, page, empty, times }: Visit): Promise<Visited> {
  const ask = async (path: string): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (let turn = 0; turn < times / stretches; turn++) answers.push(await answer(origin + path, cookie));
    return answers;
  };
  const visited = { page: [] as number[], empty: [] as number[] };
  // Code that has run so often runs as it will all day.
  const [{ status } = { status: 0 }] = [...(await ask(page)), ...(await ask(empty))];
  for (let stretch = 0; stretch < stretches; stretch++) {
    visited.page.push(...(await ask(page)).map(({ milliseconds }) => milliseconds));
    visited.empty.push(...(await ask(empty)).map(({ milliseconds }) => milliseconds));
  }
  return { status, ...visited };
}

interface Answer {
  readonly status: number;
  readonly milliseconds: number;
}

const answer = (url: string, cookie: string): Promise<Answer> =>
  new Promise((settle, fail) => {
    const started = performance.now();
    get(url, { agent, headers: { cookie } }, (response) => {
      response.resume();
      response.once("end", () =>
        settle({ status: response.statusCode ?? 0, milliseconds: performance.now() - started }),
      );
    }).once("error", fail);
  });
