import { logoState, logoWith } from "../../core/desk/logo-view.ts";
import { type Ground, grounds, longestAlt } from "../../core/logo/logo.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person, Thing } from "../../core/rights.ts";
import { type Cloud, Conflict, type UploadForm } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { broughtLogos, dropLogos } from "../records/logos.ts";
import { logoFile } from "../records/paths.ts";
import { replacePublication, requireVersioned } from "../records/publications.ts";
import { publishShelves } from "./publications.ts";

/** A publication's logo: brought straight to storage, read there, and put in by whoever has seen what it became. */

const thingOf = (id: string): Thing => ({ publication: id, kind: "publication", id });

/** As `makeLogo` has it; what opens pictures is nothing the desk carries along. */
const mostBytes = 5_000_000;
const formSeconds = 3600;

/** Forms to bring one with. @param backTo the page a browser is led to then @throws Refusal `not-allowed` */
export async function logoForms(
  cloud: Cloud,
  person: Person,
  id: string,
  backTo: string,
): Promise<Record<Ground, UploadForm>> {
  demand(person, "change-publication", thingOf(id));
  const options = { maxBytes: mostBytes, type: "application/octet-stream", seconds: formSeconds, backTo };
  const [light, dark] = await Promise.all([
    cloud.files.uploadForm(logoFile(id, "light"), options),
    cloud.files.uploadForm(logoFile(id, "dark"), options),
  ]);
  return { light, dark };
}

/** What became of a change. */
export type LogoChange = "saved" | "moved-on";

/**
 * Puts in what was brought and says what it shows; pages show it at once, built issues stay as they are.
 *
 * @param seen {@link logoState} of what the form was made from
 * @throws Refusal `setting-missing`, `setting-long` about its words; `no-publication`, `not-allowed`
 */
export async function putInLogo(
  cloud: Cloud,
  person: Person,
  id: string,
  { seen, alt }: { readonly seen: string; readonly alt: string },
): Promise<LogoChange> {
  demandAlt(alt);
  const outcome = await changeLogo(cloud, person, id, seen, ({ logo }, brought) => {
    const pictures = logoWith(logo, brought);
    return pictures && { ...pictures, alt };
  });
  if (outcome === "saved") await dropLogos(cloud, id, grounds);
  return outcome;
}

/** Takes the logo away; letters that were sent keep it. @throws Refusal `no-publication`, `not-allowed` */
export const removeLogo = (cloud: Cloud, person: Person, id: string, seen: string): Promise<LogoChange> =>
  changeLogo(cloud, person, id, seen, () => undefined);

/** Drops what was brought and not put in. @throws Refusal `not-allowed` */
export async function dropBroughtLogos(cloud: Cloud, person: Person, id: string): Promise<void> {
  demand(person, "change-publication", thingOf(id));
  await dropLogos(cloud, id, grounds);
}

function demandAlt(alt: string): void {
  if (alt === "") throw new Refusal("setting-missing");
  if (alt.length > longestAlt) throw new Refusal("setting-long", { most: longestAlt });
}

type Brought = Awaited<ReturnType<typeof broughtLogos>>;

async function changeLogo(
  cloud: Cloud,
  person: Person,
  id: string,
  seen: string,
  next: (publication: Publication, brought: Brought) => Publication["logo"],
): Promise<LogoChange> {
  demand(person, "change-publication", thingOf(id));
  const [standing, brought] = await Promise.all([requireVersioned(cloud, id), broughtLogos(cloud, id)]);
  const { logo: before, ...others } = standing.publication;
  if (logoState(before, brought) !== seen) return "moved-on";
  const logo = next(standing.publication, brought);
  const act = actRow(cloud.clock, person, "change-publication", thingOf(id), { section: "logo", fields: ["logo"] });
  try {
    const publication = logo ? { ...others, logo } : others;
    await replacePublication(cloud, { ...standing, publication }, [act]);
  } catch (conflict) {
    if (!(conflict instanceof Conflict)) throw conflict;
    return changeLogo(cloud, person, id, seen, next);
  }
  await publishShelves(cloud, id);
  return "saved";
}
