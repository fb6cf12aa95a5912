import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { type Mutant, mutants } from "./mutants.ts";

/** Changes one line of a function while it is loaded, so that the trial runs on code with a known bug. */
export function plant(name: string): void {
  const mutant = mutantCalled(name);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.startsWith("file:") || fileURLToPath(url) !== fileOf(mutant)) return loaded;
      return { ...loaded, source: mutated(mutant, String(Buffer.from(loaded.source as Uint8Array))) };
    },
  });
}

export function mutantCalled(name: string): Mutant {
  const mutant = mutants.find((one) => one.name === name);
  if (!mutant) throw new Error(`no mutant ${name}: ${mutants.map((one) => one.name).join(", ")}`);
  return mutant;
}

export const fileOf = ({ file }: Mutant): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

/** @throws when the line is not there exactly once: the code has moved on and the mutant must follow it */
export function mutated({ name, was, is }: Mutant, source: string): string {
  const parts = source.split(was);
  if (parts.length !== 2) throw new Error(`the line of the mutant ${name} is there ${parts.length - 1} times`);
  return parts.join(is);
}
