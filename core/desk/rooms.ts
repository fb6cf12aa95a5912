import type { ActName } from "../rights.ts";
import type { Words } from "../words.ts";

export type RoomName = keyof Words["desk"]["rooms"];

interface Room {
  readonly name: RoomName;
  readonly path: string;
  readonly act: ActName | "any";
}

/** What stands in the desk's navigation. */
const rooms: readonly Room[] = [
  { name: "start", path: "", act: "any" },
  { name: "submissions", path: "submissions", act: "submit" },
  { name: "articles", path: "articles", act: "read-library" },
  { name: "issues", path: "issues", act: "read-issues" },
  { name: "subscribers", path: "subscribers", act: "read-subscribers" },
  { name: "suppressions", path: "suppressions", act: "read-subscribers" },
  { name: "people", path: "people", act: "read-people" },
  { name: "acts", path: "acts", act: "read-acts" },
  { name: "settings", path: "settings", act: "change-publication" },
];

export const roomsOf = (publication: string): readonly (Omit<Room, "path"> & { readonly url: string })[] =>
  rooms.map(({ name, path, act }) => ({ name, act, url: `/${publication}/${path}` }));
