import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { paths } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import { fill } from "../../core/words.ts";
import { house } from "../../functions/house.ts";
import { refusePath } from "../given-file.ts";
import { option, type Run } from "./command.ts";

/**
 * Hands out the Word file that authors write over, in the language of the command.
 *
 * @throws Refusal `out-taken`, `no-file`, `no-access`
 */
export const articlesTemplate: Run = async (call) => {
  const name = paths[call.language].template;
  const out = option(call, "out") ?? name;
  await put(resolve(out), house().wordTemplates.get(name) ?? new Uint8Array());
  call.show({ out: resolve(out) }, [fill(call.say.article.template, { out })]);
  return 0;
};

/** Perhaps somebody has written in it already: a file that is there is not written over. */
async function put(path: string, file: Uint8Array): Promise<void> {
  await writeFile(path, file, { flag: "wx" }).catch((trouble: NodeJS.ErrnoException) => {
    if (trouble.code === "EEXIST") throw new Refusal("out-taken", { path });
    refusePath(path, trouble);
  });
}
