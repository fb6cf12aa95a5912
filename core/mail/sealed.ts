import type { Attachment } from "postal-mime";

/** Mails nobody reads without a key: S/MIME (also where one is only signed as a whole) and PGP. */

/** @see https://www.rfc-editor.org/rfc/rfc8551 3.2, https://www.rfc-editor.org/rfc/rfc3156 4 */
export const isSealed = ({ mimeType }: Attachment): boolean =>
  /^application\/(?:(?:x-)?pkcs7-mime|pgp-encrypted)$/.test(mimeType);

export const isSealedText = (text: string): boolean => text.trimStart().startsWith("-----BEGIN PGP MESSAGE-----");
