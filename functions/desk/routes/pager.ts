import type { DeskContext } from "./desk-env.ts";

/** The way on through a list, and back to its beginning; null where it fits one page. What is looked for stays. */
export function pagerOf(
  c: DeskContext,
  after: string | undefined,
  next: string | undefined,
  { more = {}, anchor = "" }: { readonly more?: Readonly<Record<string, string>>; readonly anchor?: string } = {},
): object | null {
  if (after === undefined && next === undefined) return null;
  const { after: _, done: __, ...asked } = c.req.query();
  const left = Object.entries(asked).filter(([name, value]) => value !== "" && !(name in more));
  const at = (further: Readonly<Record<string, string>>): string => {
    const query = new URLSearchParams([...left, ...Object.entries(further)]).toString();
    return `${query ? `${c.req.path}?${query}` : c.req.path}${anchor}`;
  };
  return {
    newest: after === undefined ? null : at({}),
    older: next === undefined ? null : at({ ...more, after: next }),
  };
}
