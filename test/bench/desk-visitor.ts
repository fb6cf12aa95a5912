/** Somebody at the desk, in a process of their own: asks for a page again and again over HTTP, and takes the whole answer. */
import { Agent, get } from "node:http";

export interface Visit {
  readonly url: string;
  readonly cookie: string;
  readonly times: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

process.on("message", (visit: Visit) => void made(visit).then((status) => process.send?.(status)));

/** The status of the last answer. */
async function made({ url, cookie, times }: Visit): Promise<number> {
  let status = 0;
  for (let turn = 0; turn < times; turn++) status = await answer(url, cookie);
  return status;
}

const answer = (url: string, cookie: string): Promise<number> =>
  new Promise((settle, fail) => {
    get(url, { agent, headers: { cookie } }, (response) => {
      response.resume();
      response.once("end", () => settle(response.statusCode ?? 0));
    }).once("error", fail);
  });
