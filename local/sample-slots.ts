import { fillSlots } from "../core/edition/slots.ts";
import type { Publication } from "../core/publication.ts";

/** Somebody the previews greet: invented, with letters that show whether the type can set them. */
export const sampleName = "Jördis Mühlbach";

/** A letter's part as the sample reader would get it; every other file as it is. */
export function sampleSlots(path: string, body: Uint8Array, publication: Publication): string | Uint8Array {
  const part = { "email.html": "html", "email.txt": "text" } as const;
  const kind = part[path as keyof typeof part];
  if (!kind) return body;
  const leaveUrl = `${publication.baseUrl}/u/probe`;
  const greeting = publication.language === "de" ? `Guten Tag, ${sampleName},` : `Good day, ${sampleName},`;
  return fillSlots(
    new TextDecoder().decode(body),
    { greeting, leaveUrl, preferencesUrl: `${publication.baseUrl}/e/probe` },
    kind,
  );
}
