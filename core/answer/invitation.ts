import type { Publication } from "../publication.ts";
import type { Role } from "../rights.ts";
import { fill, type Language, words } from "../words.ts";
import type { Said } from "./answer.ts";

/** The mail to somebody who may work at the desk from now on. */
export interface Invitation {
  readonly is: "invitation";
  readonly publication: Publication;
  readonly roles: readonly Role[];
  /** Theirs: they sign in with it. */
  readonly address: string;
  /** Where the desk stands. */
  readonly desk: string;
}

/** Its link opens nothing by itself: who they are is shown by signing in. */
export function invitation({ publication, roles, address, desk }: Invitation, language: Language): Said {
  const { answer, desk: say } = words(language);
  const { invitation } = answer;
  return {
    subject: fill(invitation.subject, { publication: publication.title }),
    preheader: invitation.preheader,
    title: invitation.title,
    asked: fill(invitation.asked, { publication: publication.title }),
    items: roles.map((role) => ({ title: say.role[role], detail: invitation.roles[role] })),
    button: { label: invitation.button, url: new URL(`/${publication.id}/`, desk).href },
    after: [fill(invitation.signIn, { address }), fill(invitation.questions, { reply: publication.sender.replyTo })],
  };
}
