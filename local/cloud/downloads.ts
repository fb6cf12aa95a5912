import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../functions/cloud/cloud.ts";
import type { LocalSecrets } from "./secrets.ts";

/** Links a browser may fetch one private file with, for a few minutes: signed, so that nothing needs to be remembered. */
export interface DownloadLinks {
  make(key: string, options: { seconds: number; name: string }): Promise<string>;
  /** The file a link is good for. @throws when it is not ours, was changed or is too old */
  check(asked: Asked): Promise<Handed>;
}
/** The query of a link. */
export type Asked = Readonly<Record<string, string | undefined>>;
export interface Handed {
  readonly key: string;
  /** As its new owner's machine shall call it. */
  readonly name: string;
}

/** The path the local desk hands files out at. */
export const downloadPath = "/download";

export function downloadLinks(secrets: LocalSecrets, clock: Clock): DownloadLinks {
  const sign = async (what: string): Promise<Buffer> =>
    createHmac("sha256", await secrets.read("uploads"))
      .update(`download ${what}`)
      .digest();

  return {
    async make(key, { seconds, name }) {
      const until = new Date(clock.now().getTime() + seconds * 1000).toISOString();
      const what = Buffer.from(JSON.stringify({ key, name, until })).toString("base64url");
      const signature = (await sign(what)).toString("base64url");
      return `${downloadPath}?${new URLSearchParams({ what, signature })}`;
    },

    async check({ what = "", signature = "" }) {
      const [ours, theirs] = [await sign(what), Buffer.from(signature, "base64url")];
      if (theirs.length !== ours.length || !timingSafeEqual(ours, theirs)) throw new Error("the link is not ours");
      const { key, name, until } = JSON.parse(Buffer.from(what, "base64url").toString()) as Handed & { until: string };
      if (clock.now().toISOString() > until) throw new Error("the link is too old");
      return { key, name };
    },
  };
}
