import { Refusal } from "../../core/refusal.ts";
import { type Call, option } from "./command.ts";

/** @throws Refusal `port-malformed` */
export function portOf(call: Call, name: string): number | undefined {
  const written = option(call, name);
  if (written === undefined) return undefined;
  const port = /^\d{1,5}$/.test(written) ? Number(written) : 0;
  if (port < 1 || port > 65_535) throw new Refusal("port-malformed", { option: `--${name}`, given: written });
  return port;
}
