import type { UploadPlace } from "./cloud.ts";

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

/** What S3 puts the name in place of that a file has on its owner's machine. */
const ownName = `$\{filename}`;

/** The key a form names. @throws when no file may be written there */
export function keyOfForm(place: UploadPlace): string {
  const key = typeof place === "string" ? place : place.folder + ownName;
  requireFileKey(key);
  if (typeof place !== "string" && !place.folder.endsWith("/")) throw new Error(`not a folder: ${place.folder}`);
  return key;
}

/** The folder of a key that waits for a name; undefined when it is whole. */
export const folderOfForm = (key: string): string | undefined =>
  key.endsWith(`/${ownName}`) ? key.slice(0, -ownName.length) : undefined;

/** What makes a browser keep a file under a name of ours (RFC 6266, RFC 8187): plain letters first, then as it is written. */
export function downloadHeader(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._ -]/g, "-");
  const whole = encodeURIComponent(name).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
