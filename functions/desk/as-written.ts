import { readSignIn } from "../../core/desk/sign-in.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Doors } from "../desk.ts";
import { openIssuer } from "./issuer.ts";
import { signingIn } from "./routes/session.ts";

/**
 * Where the desk of a stage stands and who lets people in, as its deployment wrote it down; made anew when it is written
 * anew, for a deployment changes that beside a function that goes on running.
 */
export function asWritten<T>(cloud: Cloud, make: (doors: Doors) => T): () => Promise<T> {
  let known: { readonly text: string; readonly made: T } | undefined;
  return async () => {
    const text = await cloud.secrets.read("sign-in");
    if (known?.text !== text) known = { text, made: make(await doorsOf(cloud, text)) };
    return known.made;
  };
}

async function doorsOf(cloud: Cloud, text: string): Promise<Doors> {
  const { deskUrl, siteUrl, issuer: settings } = readSignIn(text);
  const issuer = openIssuer(settings, new URL(`${deskUrl}/session/callback`));
  const session = signingIn({ issuer: async () => issuer });
  const site = siteUrl === undefined ? {} : { site: new URL(siteUrl) };
  return { baseUrl: new URL(deskUrl), session, ...site, storage: [await storageOf(cloud, deskUrl)] };
}

/** Any form says where files are posted to; nobody is given this one. */
async function storageOf({ files }: Cloud, deskUrl: string): Promise<string> {
  const { url } = await files.uploadForm("submissions/form", { maxBytes: 0, type: "text/plain", seconds: 1 });
  return new URL(url, deskUrl).origin;
}
