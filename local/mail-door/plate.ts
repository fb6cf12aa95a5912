import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

/** The plate at the door for mail: a file in the data folder, by which commands in another terminal find the door. */
const plateIn = (folder: string): string => join(folder, "mail-door.json");

/** @param host as the door was told; one that means "any" is asked on this machine */
export const putPlate = (folder: string, host: string, port: number): void =>
  writeFileSync(plateIn(folder), JSON.stringify({ host: host === "0.0.0.0" ? "127.0.0.1" : host, port }));

export const removePlate = (folder: string): void => rmSync(plateIn(folder), { force: true });

/** A door on the same machine says who it is at once. */
const patienceMilliseconds = 3_000;

/** Whether Kurier greets behind the plate; whoever was killed left it hanging. */
export async function isDoorOpen(folder: string): Promise<boolean> {
  if (!existsSync(plateIn(folder))) return false;
  const { host, port } = JSON.parse(readFileSync(plateIn(folder), "utf8")) as { host: string; port: number };
  const line = connect({ host, port, timeout: patienceMilliseconds });
  line.once("timeout", () => line.destroy(new Error("nobody says anything")));
  try {
    const [greeting] = await once(line, "data");
    return String(greeting).startsWith("220 kurier ");
  } catch {
    return false;
  } finally {
    line.destroy();
  }
}
