import { systemClock } from "../../functions/cloud/clock.ts";
import type { UploadForm } from "../../functions/cloud/cloud.ts";
import { s3Files } from "../../functions/cloud/files.ts";
import { filesContract } from "../cloud/files.contract.ts";
import { reach, rentBuckets } from "./rented.ts";

filesContract(
  "S3",
  async () => {
    const { what: buckets, end } = await rentBuckets();
    return {
      files: s3Files(buckets, systemClock),
      another: s3Files(buckets, systemClock),
      post,
      fetchLink: (link) => fetch(link),
      end,
    };
  },
  reach,
);

/** Posts as a browser does: the fields first, the file last. */
async function post({ url, fields }: UploadForm, file: Uint8Array, name: string): Promise<string | undefined> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append("file", new Blob([Buffer.from(file)]), name);
  const answer = await fetch(url, { method: "POST", body: form, redirect: "manual" });
  if (answer.status >= 400) throw new Error(`the form was refused: ${answer.status}`);
  return answer.headers.get("location") ?? undefined;
}
