import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../functions/cloud/cloud.ts";
import type { LocalSecrets } from "./secrets.ts";

/** Forms a browser may post one file with, and what they allow: signed, so that nothing needs to be remembered. */
export interface UploadForms {
  make(
    key: string,
    options: { maxBytes: number; type: string; seconds: number },
  ): Promise<{ url: string; fields: Record<string, string> }>;
  /** @throws when the form is not ours, was changed, is too old, or the file is another than it allows */
  check(fields: Readonly<Record<string, string | undefined>>, bytes: number): Promise<{ key: string; type: string }>;
}

interface Allowance {
  readonly key: string;
  readonly type: string;
  readonly maxBytes: number;
  readonly until: string;
}

/** The path the local server takes uploads at. Field names are those of S3's forms. */
const uploadPath = "/upload";

export function uploadForms(secrets: LocalSecrets, clock: Clock): UploadForms {
  const sign = async (policy: string): Promise<Buffer> =>
    createHmac("sha256", await secrets.read("uploads"))
      .update(policy)
      .digest();

  return {
    async make(key, { maxBytes, type, seconds }) {
      const until = new Date(clock.now().getTime() + seconds * 1000).toISOString();
      const policy = Buffer.from(JSON.stringify({ key, type, maxBytes, until } satisfies Allowance)).toString(
        "base64url",
      );
      const signature = (await sign(policy)).toString("base64url");
      return { url: uploadPath, fields: { key, "Content-Type": type, policy, signature } };
    },

    async check({ key, "Content-Type": type, policy = "", signature = "" }, bytes) {
      const [ours, theirs] = [await sign(policy), Buffer.from(signature, "base64url")];
      if (theirs.length !== ours.length || !timingSafeEqual(ours, theirs)) throw new Error("the form is not ours");
      const allowed = JSON.parse(Buffer.from(policy, "base64url").toString()) as Allowance;
      if (key !== allowed.key || type !== allowed.type) throw new Error("the form was changed");
      if (clock.now().toISOString() > allowed.until) throw new Error("the form is too old");
      if (bytes > allowed.maxBytes) throw new Error("the file is larger than the form allows");
      return { key: allowed.key, type: allowed.type };
    },
  };
}
