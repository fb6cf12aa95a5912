import { resolve } from "node:path";
import { serveFolder } from "../serve.ts";
import { untilStopped } from "../until-stopped.ts";
import type { Run } from "./command.ts";

/** Shows what a press printed: its pages, its pictures, its mailbox. */
export const open: Run = async (call) => {
  const server = await serveFolder(resolve(call.args[0] ?? ""), { language: call.language });
  call.show({ addresses: server.addresses }, [
    ...server.addresses.map(({ label, url }) => `${label}  ${url}`),
    call.say.stopWith,
  ]);
  await untilStopped();
  await server.close();
  return 0;
};
