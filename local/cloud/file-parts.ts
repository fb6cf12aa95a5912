import type { Clock, Files } from "../../functions/cloud/cloud.ts";
import { requireFileKey } from "../../functions/cloud/file-key.ts";
import type { Contents } from "./contents.ts";
import type { LocalFiles, Naming, Stored } from "./files.ts";

export type FileParts = Pick<Files, "beginParts" | "writePart" | "joinParts">;

/** Files that come in parts: each part is a file of its own until they are joined. */
const folderOf = (upload: string): string => `parts/${upload}/`;
const partOf = (upload: string, number: number): string => `${folderOf(upload)}${String(number).padStart(5, "0")}`;
/** What nobody has joined by then is taken away by whoever begins the next one. */
const keptMilliseconds = 86_400_000;

export function localParts(
  files: Omit<LocalFiles, keyof FileParts>,
  contents: Contents,
  clock: Clock,
  putUnder: (key: string, stored: Stored, options: Naming) => boolean,
): FileParts {
  const tidy = async (): Promise<void> => {
    const before = new Date(clock.now().getTime() - keptMilliseconds).toISOString();
    const old = (await files.list("parts/")).filter(({ modifiedAt }) => modifiedAt < before);
    await files.remove(old.map(({ key }) => key));
  };

  return {
    async beginParts(key, { type }) {
      requireFileKey(key);
      await tidy();
      const upload = clock.id();
      await files.write(partOf(upload, 0), "", { type });
      return { key, upload };
    },

    async writePart({ upload }, number, body) {
      const { etag } = await files.write(partOf(upload, number), body, { type: "application/octet-stream" });
      return { number, etag };
    },

    async joinParts({ key, upload }, parts) {
      const begun = await files.read(partOf(upload, 0));
      if (!begun) return requireJoined(key);
      const inOrder = [...parts].sort((one, other) => one.number - other.number).map(({ etag }) => etag);
      for (;;) {
        const joined = await contents.join(inOrder);
        if (!joined) throw new Error(`a part of ${key} is missing`);
        if (putUnder(key, { etag: joined.sha256, bytes: joined.bytes }, { type: begun.type })) break;
      }
      await files.remove((await files.list(folderOf(upload))).map((part) => part.key));
    },
  };

  /** Joined before, by a run that died. */
  async function requireJoined(key: string): Promise<void> {
    if ((await files.list(key, { limit: 1 })).length === 0) throw new Error(`nobody began ${key}`);
  }
}
