/** What people may do. The press and the command line act as the person "operator". */

export const roles = ["author", "editor", "publisher", "admin"] as const;
export type Role = (typeof roles)[number];

export interface Person {
  readonly id: string;
  readonly roles: readonly (Role | "operator")[];
  /** The publication whose person they are: what they may, they may there. Everybody a publication knows has one. */
  readonly home?: string;
}
export const operator: Person = { id: "operator", roles: ["operator"] };
/** What Kurier does by itself, woken by what arrived: nobody pressed anything. */
export const house: Person = { id: "kurier", roles: ["operator"] };

/** What an act is done to; `by` is who made it, where that matters. */
export interface Thing {
  readonly publication: string;
  readonly kind: "publication" | "submission" | "article" | "issue" | "subscribers" | "person";
  readonly id: string;
  readonly by?: string;
  /** Of an issue: who built what is to be approved, and how many eyes the publication asks for. */
  readonly approvals?: "one" | "two";
}

/** What authors do with what is theirs, and nobody else's. */
const own = ["submit", "read-submission", "edit-article", "answer-review"] as const;
/** Editors make an issue of what was handed in. */
const editing = [
  ...["read-library", "ingest", "ask-review", "draft", "check", "build", "proof", "ask-approval"],
  ...["read-issues", "read-acts", "correct", "commission", "revoke-commission"],
] as const;
/** Sending is a right of its own: whoever has it answers for what readers get. */
const publishing = [
  ...["approve", "decline", "schedule", "take-back", "pause", "resume", "cancel", "send-rest", "withdraw"],
  ...["read-subscribers", "suppress", "unsuppress", "import-subscribers"],
] as const;
const administering = [
  ...["read-people", "read-acts", "add-person", "invite-person", "change-person", "remove-person"],
  ...["end-sessions", "change-publication"],
] as const;
/** Readers' data are a matter of law: whoever looks after people looks after them too. */
const caring = ["read-subscribers", "suppress", "unsuppress", "erase", "import-subscribers"] as const;
const operating = ["found", "rotate-links", "restore"] as const;

export type ActName =
  | (typeof own)[number]
  | (typeof editing)[number]
  | (typeof publishing)[number]
  | (typeof administering)[number]
  | (typeof caring)[number]
  | (typeof operating)[number];

const rights: Readonly<Record<Role, readonly ActName[]>> = {
  author: own,
  editor: [...own, ...editing],
  publisher: [...own, ...editing, ...publishing],
  admin: [...administering, ...caring],
};

/**
 * The one table of rights. They reach as far as the publication somebody is of, an author's as far as what they made;
 * nobody but the operator signs off what they built where two pairs of eyes are asked for.
 */
export function may(person: Person, act: ActName, thing: Thing): boolean {
  if (person.roles.includes("operator")) return true;
  if (person.home !== undefined && person.home !== thing.publication) return false;
  const holding = roles.filter((role) => person.roles.includes(role) && rights[role].includes(act));
  if (holding.length === 0) return false;
  if (act === "approve" && thing.approvals === "two") return thing.by !== person.id;
  return holding.some((role) => role !== "author") || thing.by === undefined || thing.by === person.id;
}
