import type { Article } from "../article/article.ts";
import type { IssuePlan } from "../issue/issue.ts";
import type { Publication } from "../publication.ts";
import type { Note, Refusal } from "../refusal.ts";

/** What every edition is rendered from: the same in, the same out, byte for byte. */
export interface EditionInput {
  readonly publication: Publication;
  readonly issue: IssuePlan;
  /** Every article the issue names, by id. */
  readonly articles: ReadonlyMap<string, Article>;
  readonly house: House;
}

/** What `functions/house.ts` reads from disk, once. */
export interface House {
  /** Handlebars sources by path below `templates/` without ".hbs": `email/letter`, `web/article`. */
  readonly templates: ReadonlyMap<string, string>;
  /** Style sheets by path below `templates/`: `web/web.css`. */
  readonly styles: ReadonlyMap<string, string>;
  /** woff2 files by name; published under `gestalt/` with their hash. */
  readonly fonts: ReadonlyMap<string, Uint8Array>;
  /** What the order form's page runs, by path within one folder: ours is `order.js`, the rest the library it imports. */
  readonly scripts: ReadonlyMap<string, string>;
  /** The desk's own, by file name. */
  readonly deskScripts: ReadonlyMap<string, string>;
  /** What authors write in, by name: `vorlage.docx`. */
  readonly wordTemplates: ReadonlyMap<string, Uint8Array>;
  readonly palette: Palette;
}

/** `templates/palette.json`; every value "#RRGGBB". */
export interface Palette {
  readonly light: Readonly<Record<string, string>>;
  readonly dark: Readonly<Record<string, string>>;
}

/** One file of an edition; `path` is relative to `editions/<publication>/<issue>/<fingerprint>/<language>/`. */
export interface EditionFile {
  /** `email.html`, `email.txt`, `web/<public path below the base address>`. */
  readonly path: string;
  readonly body: string | Uint8Array;
  /** The media type it is served with. */
  readonly type: string;
  /** A page that says that what stood there was withdrawn: whoever asks for it is told 410. */
  readonly isGone?: true;
}

/** Written last: it is what makes an edition exist. */
export interface Manifest {
  readonly v: 1;
  readonly fingerprint: string;
  readonly language: "de" | "en";
  readonly subject: string;
  readonly preheader: string;
  /** How the email greets a reader whose `{name}` is known, in the words that were approved. */
  readonly greeting: string;
  /** Whom its letters come from and where answers go, as approved; absent in editions from before it was kept. */
  readonly sender?: Pick<Publication["sender"], "from" | "name" | "replyTo">;
  readonly files: readonly {
    readonly path: string;
    readonly type: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly isGone?: true;
  }[];
  /** Files readers may take along, at their paths among the others; absent where there are none. Their bytes lie elsewhere. */
  readonly downloads?: Manifest["files"];
  /** Hashes of the originals the editions show. */
  readonly pictures: readonly string[];
  /** The revision of each article, by id; absent in editions from before it was kept. Not part of the fingerprint. */
  readonly revisions?: Readonly<Record<string, number>>;
  readonly notes: readonly Note[];
}

/** What one edition's renderer gives back. */
export interface Rendered {
  readonly files: readonly EditionFile[];
  readonly notes: readonly Note[];
  readonly refusals: readonly Refusal[];
}
