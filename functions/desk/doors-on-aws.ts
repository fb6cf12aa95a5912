import { readSignIn } from "../../core/desk/sign-in.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Doors } from "../desk.ts";

/** Where the desk of a stage stands and how people come in: both are written down where the stage was made. */
export async function doorsOnAws(cloud: Cloud): Promise<Doors> {
  const { deskUrl } = readSignIn(await cloud.secrets.read("sign-in"));
  return { baseUrl: new URL(deskUrl), storage: [await storageOf(cloud)] };
}

/** Any form says where files are posted to; nobody is given this one. */
async function storageOf({ files }: Cloud): Promise<string> {
  const { url } = await files.uploadForm("submissions/form", { maxBytes: 0, type: "text/plain", seconds: 1 });
  return new URL(url).origin;
}
