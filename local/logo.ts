import { join } from "node:path";
import * as z from "zod";
import { type Logo, logoSchema } from "../core/logo/logo.ts";
import type { Publication } from "../core/publication.ts";
import type { Note } from "../core/refusal.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { readGiven } from "./given-file.ts";

/** A logo as `publication.yaml` names it: files beside it, and what it shows. */
export const logoOnPaper = z.strictObject({
  file: z.string().min(1),
  /** For dark views. */
  dark: z.string().min(1).optional(),
  alt: logoSchema.shape.alt,
});

export interface GivenLogo {
  readonly alt: string;
  readonly light: Uint8Array;
  readonly dark?: Uint8Array;
}

/** @throws Refusal as {@link readGiven} */
export async function readGivenLogo(
  folder: string,
  named: z.infer<typeof logoOnPaper> | undefined,
): Promise<GivenLogo | undefined> {
  if (!named) return undefined;
  const { alt, file, dark } = named;
  const light = await readGiven(join(folder, file));
  return { alt, light, ...(dark !== undefined && { dark: await readGiven(join(folder, dark)) }) };
}

/** The publication with its logo, whose files are public by then. @throws Refusal `logo-…` */
export async function withLogo(
  cloud: Cloud,
  publication: Publication,
  given: GivenLogo | undefined,
): Promise<{ readonly publication: Publication; readonly notes: readonly Note[] }> {
  if (!given) return { publication, notes: [] };
  // It brings sharp along, which no other command waits for.
  const { keepLogo } = await import("../functions/ingest/logos.ts");
  const light = await keepLogo(cloud, publication.id, "light", given.light);
  const dark = given.dark && (await keepLogo(cloud, publication.id, "dark", given.dark)).picture;
  const logo: Logo = { alt: given.alt, light: light.picture, ...(dark && { dark: withoutPlate(dark) }) };
  return { publication: { ...publication, logo }, notes: light.notes };
}

const withoutPlate = ({ needsPlate: _, ...picture }: Logo["light"]): Required<Logo>["dark"] => picture;
