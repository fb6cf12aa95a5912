/** What people may do. The press and the command line act as the person "operator". */

export type Role = "author" | "editor" | "publisher" | "operator";
export interface Person {
  readonly id: string;
  readonly role: Role;
}
export const operator: Person = { id: "operator", role: "operator" };

export type ActName =
  | "submit"
  | "ingest"
  | "edit-article"
  | "found"
  | "draft"
  | "build"
  | "proof"
  | "approve"
  | "schedule"
  | "pause"
  | "resume"
  | "cancel"
  | "send-rest"
  | "import-subscribers"
  | "suppress"
  | "unsuppress"
  | "erase"
  | "rotate-links"
  | "restore"
  | "add-person"
  | "remove-person"
  | "read-subscribers";

/** What an act is done to; `by` is who made it, where that matters. */
export interface Thing {
  readonly publication: string;
  readonly kind: "publication" | "submission" | "article" | "issue" | "subscribers" | "person";
  readonly id: string;
  readonly by?: string;
  /** Of an issue: who built what is to be approved, and how many eyes the publication asks for. */
  readonly approvals?: "one" | "two";
}

const author: readonly ActName[] = ["submit"];
const editor: readonly ActName[] = [...author, "ingest", "edit-article", "draft", "build", "proof", "approve"];
const publisher: readonly ActName[] = [...editor, "schedule", "pause", "resume", "cancel", "send-rest"];
const machine: readonly ActName[] = [
  ...publisher,
  "found",
  "import-subscribers",
  "suppress",
  "unsuppress",
  "erase",
  "rotate-links",
  "restore",
  "add-person",
  "remove-person",
  "read-subscribers",
];

const rights: Readonly<Record<Role, readonly ActName[]>> = { author, editor, publisher, operator: machine };

/** The one table of rights. Nobody but the operator signs off what they built where two pairs of eyes are asked for. */
export function may(person: Person, act: ActName, thing: Thing): boolean {
  if (!rights[person.role].includes(act)) return false;
  if (act === "approve" && thing.approvals === "two" && thing.by === person.id) return person.role === "operator";
  return true;
}
