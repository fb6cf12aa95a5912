import type { FootnoteDefinition, RootContent } from "mdast";

/** Footnotes get their numbers in the order they are named; those that carry 1 to n already keep them. */
export function footnotesOf(nodes: readonly RootContent[]): {
  readonly number: (identifier: string) => number | undefined;
  readonly inOrder: () => FootnoteDefinition[];
} {
  const definitions = new Map<string, FootnoteDefinition>();
  for (const node of nodes) {
    if (node.type === "footnoteDefinition" && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  }
  const numbered = [...definitions.keys()].map((_, index) => String(index + 1));
  const order = numbered.every((number) => definitions.has(number)) ? numbered : [];
  const number = (identifier: string): number | undefined => {
    if (!definitions.has(identifier)) return undefined;
    if (!order.includes(identifier)) order.push(identifier);
    return order.indexOf(identifier) + 1;
  };
  const inOrder = (): FootnoteDefinition[] =>
    [...new Set([...order, ...definitions.keys()])].flatMap((identifier) => definitions.get(identifier) ?? []);
  return { number, inOrder };
}

/** Targets of reference links, by identifier. */
export const targetsOf = (nodes: readonly RootContent[]): ReadonlyMap<string, { url: string; title: string }> =>
  new Map(
    nodes.flatMap((node) =>
      node.type === "definition" ? [[node.identifier, { url: node.url, title: node.title ?? "" }] as const] : [],
    ),
  );
