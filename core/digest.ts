import { createHash } from "node:crypto";

/** The same content has the same name: SHA-256 in hex. */
export const digestOf = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
