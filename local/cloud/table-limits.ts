import type { Key, Value } from "../../functions/cloud/cloud.ts";

/** DynamoDB's limits, kept here too: what runs on one machine must run on AWS. Bytes. */
const maxPkBytes = 2048;
const maxSkBytes = 1024;
const maxRowBytes = 400_000;

export function requireKey({ pk, sk }: Key): void {
  for (const [part, maxBytes] of [
    [pk, maxPkBytes],
    [sk, maxSkBytes],
  ] as const)
    if (typeof part !== "string" || part === "" || Buffer.byteLength(part) > maxBytes)
      throw new Error("a key is text, not empty and not endless");
}

/**
 * @param body the fields as JSON
 * @returns when the row lapses, in milliseconds; null when it never does
 */
export function requireRow(key: Key, fields: Readonly<Record<string, Value | undefined>>, body: string): number | null {
  requireKey(key);
  if (body.length > maxRowBytes) throw new Error(`a row of ${body.length} characters: the table takes ${maxRowBytes}`);
  if (body.includes("null")) requireNumbers(fields);
  if (fields.expiresAt === undefined) return null;
  const expiresAt = Date.parse(String(fields.expiresAt));
  if (Number.isNaN(expiresAt)) throw new Error("expiresAt is not an instant");
  return expiresAt;
}

/** JSON writes a number that is none as null: it would be lost in silence. */
function requireNumbers(value: unknown): void {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error("a number is not finite");
  if (typeof value === "object" && value !== null) Object.values(value).forEach(requireNumbers);
}
