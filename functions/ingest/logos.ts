import { type Ground, logoAddress, plateAddress } from "../../core/logo/logo.ts";
import { type MadeLogo, makeLogo } from "../../core/logo/make-logo.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { foreverCache } from "../records/editions.ts";
import { type ReadLogo, saveReadLogo } from "../records/logos.ts";
import { logoFile, originalFile, publicFile } from "../records/paths.ts";

/** Somebody has brought a logo to the desk: it is made what pages and letters show, or they are told why not. */
export async function readLogo(cloud: Cloud, publication: string, ground: Ground): Promise<void> {
  const file = await cloud.files.read(logoFile(publication, ground));
  if (file) await saveReadLogo(cloud, publication, ground, { etag: file.etag, read: await outcomeOf(file.body) });

  async function outcomeOf(bytes: Uint8Array): Promise<ReadLogo> {
    try {
      const { picture, notes } = await keepLogo(cloud, publication, ground, bytes);
      return { picture, notes };
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return { refused: { code: refusal.code, details: refusal.details } };
    }
  }
}

/**
 * Makes a logo and puts its files where the world will look for them: named by their content, they lie there before any
 * page leads to them.
 *
 * @throws Refusal as {@link makeLogo}
 */
export async function keepLogo(
  cloud: Cloud,
  publication: string,
  ground: Ground,
  bytes: Uint8Array,
): Promise<Pick<MadeLogo, "picture" | "notes">> {
  const { picture, files, notes } = await makeLogo(bytes, ground);
  await cloud.files.write(originalFile(publication, picture.sha256), bytes, { type: "application/octet-stream" });
  const show = (address: string, body: Uint8Array) =>
    cloud.files.write(publicFile(publication, address), body, { type: "image/png", cache: foreverCache });
  await show(logoAddress(picture), files.logo);
  await show(plateAddress(picture, ground), files.plate);
  return { picture, notes };
}
