/** S3's limit, in bytes of UTF-8. */
const maxBytes = 1024;

/** True for a key both makers can hold: NFC, segments between single slashes, none of them a step in a folder. */
export const isFileKey = (key: string): boolean =>
  Buffer.byteLength(key) <= maxBytes &&
  key === key.normalize("NFC") &&
  key.isWellFormed() &&
  !/[\u0000-\u001f\u007f\\]/.test(key) &&
  key.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");

/** @throws when a file must not be written under this key */
export function requireFileKey(key: string): void {
  if (!isFileKey(key)) throw new Error(`not a file key: ${JSON.stringify(key)}`);
}
