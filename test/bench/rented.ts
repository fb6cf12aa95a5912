import { fork } from "node:child_process";
import { once } from "node:events";

/** AWS on loopback in a process of its own, so that its CPU is not counted as ours. */
export async function rented<T>(work: (port: number) => Promise<T>): Promise<T> {
  const child = fork(new URL("rented-process.ts", import.meta.url).pathname, { execArgv: [] });
  try {
    const [port] = (await once(child, "message")) as [number];
    Object.assign(process.env, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_REGION: "eu-central-1" });
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
    return await work(port);
  } finally {
    child.disconnect();
  }
}
