import { digestOf } from "../digest.ts";
import {
  type Ground,
  grounds,
  type LightLogo,
  type Logo,
  type LogoPicture,
  logoAddress,
  longestAlt,
} from "../logo/logo.ts";
import type { Publication } from "../publication.ts";
import type { Details, Note, Refusal, RefusalCode } from "../refusal.ts";
import { type Language, noteSentence, refusalSentence, words } from "../words.ts";

/** The logo among the settings: brought as a file, looked at, put in. */

/** One that has come and is not put in yet; neither picture nor refusal while it is looked at. */
export interface Brought {
  readonly etag: string;
  readonly read?: {
    readonly picture?: LightLogo;
    readonly notes?: readonly Note[];
    readonly refused?: { readonly code: RefusalCode; readonly details: Details };
  };
}
export type BroughtByGround = Readonly<Partial<Record<Ground, Brought>>>;

/** Changes with what stands and with what has come: nobody puts in what they were not shown. */
export const logoState = (logo: Logo | undefined, brought: BroughtByGround): string =>
  digestOf(JSON.stringify([logo ?? null, ...grounds.map((ground) => brought[ground]?.etag ?? null)])).slice(0, 16);

/** What a publication would show: what has come, and for the rest what stands. Undefined while nothing is for paper. */
export function logoWith(logo: Logo | undefined, brought: BroughtByGround): Pick<Logo, "light" | "dark"> | undefined {
  const light = brought.light?.read?.picture ?? logo?.light;
  const dark = brought.dark?.read?.picture ?? logo?.dark;
  return light && { light, ...(dark && { dark: asShown(dark) }) };
}

const asShown = ({ sha256, width, height }: LogoPicture): LogoPicture => ({ sha256, width, height });

export interface LogoShown {
  readonly language: Language;
  readonly publication: Publication;
  readonly brought: BroughtByGround;
  readonly forms: Readonly<Record<Ground, { readonly url: string; readonly fields: Readonly<Record<string, string>> }>>;
  /** What was typed and could not be saved, with what is wrong with it; without, somebody was quicker. */
  readonly returned?: { readonly alt: string; readonly problem?: Refusal } | undefined;
}

export function logoView({ language, publication, brought, forms, returned }: LogoShown): object {
  const { logo } = publication;
  const shown = logoWith(logo, brought);
  const come = grounds.flatMap((ground) => brought[ground]?.read ?? []);
  const say = words(language).desk.logo;
  return {
    seen: logoState(logo, brought),
    isReading: grounds.some((ground) => brought[ground] && !brought[ground].read),
    isMovedOn: returned !== undefined && returned.problem === undefined,
    refusals: come.flatMap(({ refused }) => (refused ? [refusalSentence(language, refused)] : [])),
    notes: come.flatMap(({ notes = [] }) => notes.map((note) => noteSentence(language, note))),
    hasCome: come.length > 0,
    isNew: come.some(({ picture }) => picture !== undefined),
    stands: logo !== undefined,
    ...{ alt: returned?.alt ?? logo?.alt ?? "", most: longestAlt },
    problem: returned?.problem ? refusalSentence(language, returned.problem) : null,
    trials: shown ? trials(publication, shown, say.on) : [],
    uploads: (shown ? grounds : (["light"] as const)).map((ground) => ({
      ...{ id: ground, label: say.choose[ground], hint: say.chooseHint[ground] },
      form: {
        url: forms[ground].url,
        fields: Object.entries(forms[ground].fields).map(([name, value]) => ({ name, value })),
      },
    })),
  };
}

/** How it will stand at the foot, on both grounds. */
function trials(
  { id, title, publisher }: Publication,
  { light, dark }: Pick<Logo, "light" | "dark">,
  on: Readonly<Record<Ground, string>>,
): object[] {
  const src = (picture: LogoPicture): string => `/pictures/${id}/${logoAddress(picture).slice("bilder/".length)}`;
  const lines = { title, publisher: publisher.name };
  return [
    { ground: "light", label: on.light, src: src(light), hasPlate: false, ...lines },
    { ground: "dark", label: on.dark, src: src(dark ?? light), hasPlate: light.needsPlate && !dark, ...lines },
  ];
}
