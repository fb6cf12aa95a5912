import { createHmac, timingSafeEqual } from "node:crypto";
import { fileNameOf } from "../../core/article/submission.ts";
import type { Clock, UploadForm, UploadOptions } from "../../functions/cloud/cloud.ts";
import { folderOfForm } from "../../functions/cloud/file-key.ts";
import type { LocalSecrets } from "./secrets.ts";

/** Forms a browser may post one file with, and what they allow: signed, so that nothing needs to be remembered. */
export interface UploadForms {
  make(key: string, options: UploadOptions): Promise<UploadForm>;
  /** @throws when the form is not ours, was changed, is too old, or the file is another than it allows */
  check(fields: PostedFields, file: PostedFile): Promise<Allowed>;
}

export type PostedFields = Readonly<Record<string, string | undefined>>;
export interface PostedFile {
  readonly bytes: number;
  /** As its owner's machine calls it. */
  readonly name: string;
}
export interface Allowed {
  readonly key: string;
  readonly type: string;
  readonly backTo: string | undefined;
}

interface Allowance {
  readonly key: string;
  readonly type: string;
  readonly maxBytes: number;
  readonly until: string;
  readonly backTo?: string;
}

/** The path the local desk takes uploads at. Field names are those of S3's forms. */
export const uploadPath = "/upload";

export function uploadForms(secrets: LocalSecrets, clock: Clock): UploadForms {
  const sign = async (policy: string): Promise<Buffer> =>
    createHmac("sha256", await secrets.read("uploads"))
      .update(policy)
      .digest();

  return {
    async make(key, { maxBytes, type, seconds, backTo }) {
      const until = new Date(clock.now().getTime() + seconds * 1000).toISOString();
      const back = backTo === undefined ? {} : { backTo };
      const allowance: Allowance = { key, type, maxBytes, until, ...back };
      const policy = Buffer.from(JSON.stringify(allowance)).toString("base64url");
      const signature = (await sign(policy)).toString("base64url");
      const fields = { key, "Content-Type": type, policy, signature };
      return {
        url: uploadPath,
        fields: backTo === undefined ? fields : { ...fields, success_action_redirect: backTo },
      };
    },

    async check(fields, file) {
      const { policy = "", signature = "" } = fields;
      const [ours, theirs] = [await sign(policy), Buffer.from(signature, "base64url")];
      if (theirs.length !== ours.length || !timingSafeEqual(ours, theirs)) throw new Error("the form is not ours");
      const allowed = JSON.parse(Buffer.from(policy, "base64url").toString()) as Allowance;
      if (clock.now().toISOString() > allowed.until) throw new Error("the form is too old");
      if (isChanged(fields, allowed)) throw new Error("the form was changed");
      if (file.bytes > allowed.maxBytes) throw new Error("the file is larger than the form allows");
      return { key: keyFor(allowed.key, file.name), type: allowed.type, backTo: allowed.backTo };
    },
  };
}

const isChanged = (fields: PostedFields, { key, type, backTo }: Allowance): boolean =>
  fields.key !== key || fields["Content-Type"] !== type || fields.success_action_redirect !== backTo;

/** @throws when no file can be called so */
function keyFor(key: string, typed: string): string {
  const folder = folderOfForm(key);
  if (folder === undefined) return key;
  const name = fileNameOf(encodeURIComponent(typed));
  if (name === undefined) throw new Error("the file's name is none");
  return folder + name;
}
