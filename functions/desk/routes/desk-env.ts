import type { Context } from "hono";
import type { KnownPerson } from "../../../core/person.ts";
import type { Publication } from "../../../core/publication.ts";
import type { Language } from "../../../core/words.ts";
import type { Session } from "../../records/sessions.ts";

/** Somebody one may be instead. */
export type Other = Pick<KnownPerson, "name" | "address" | "roles">;

/** What every route of the desk finds in its context; below a publication `person` and `publication` are there. */
export interface DeskEnv {
  readonly Variables: {
    language: Language;
    /** Where the desk stands, for cookies, redirects and links in mails. */
    baseUrl: URL;
    session: Session | undefined;
    /** Of every form: shows that one of our own pages made it. "" where nobody is signed in. */
    token: string;
    /** Whom they may be instead by one press. */
    others: readonly Other[];
    person: KnownPerson;
    publication: Publication;
  };
}
export type DeskContext = Context<DeskEnv>;
