import { systemClock } from "../../functions/cloud/clock.ts";
import { s3Files } from "../../functions/cloud/files.ts";
import { filesContract } from "../cloud/files.contract.ts";
import { reach, rentBuckets } from "./rented.ts";

filesContract(
  "S3",
  async () => {
    const { what: buckets, end } = await rentBuckets();
    return { files: s3Files(buckets, systemClock), another: s3Files(buckets, systemClock), post, end };
  },
  reach,
);

/** Posts as a browser does: the fields first, the file last. */
async function post({ url, fields }: { url: string; fields: Record<string, string> }, file: Uint8Array): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([Buffer.from(file)]));
  const answer = await fetch(url, { method: "POST", body: form });
  if (!answer.ok) throw new Error(`the form was refused: ${answer.status}`);
}
