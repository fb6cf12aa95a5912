import type { DeskContext } from "./desk-env.ts";

/** What a form said. */
export interface Posted {
  /** The first of that name, trimmed, its line breaks as Unix has them; "" where nothing came. */
  text(name: string): string;
  /** All of that name, in their order. */
  all(name: string): readonly string[];
  has(name: string): boolean;
  /** Every name that came, in order. */
  readonly names: readonly string[];
}

/** Reads a form; every file in it is nothing: files go to storage, not through us. */
export async function posted(c: DeskContext): Promise<Posted> {
  const body: Record<string, unknown> = await c.req.parseBody({ all: true }).catch(() => ({}));
  const all = (name: string): readonly string[] =>
    [body[name]]
      .flat()
      .filter((one): one is string => typeof one === "string")
      .map((one) => one.replace(/\r\n?/g, "\n"));
  return {
    text: (name) => all(name)[0]?.trim() ?? "",
    all,
    has: (name) => all(name).length > 0,
    names: Object.keys(body),
  };
}
