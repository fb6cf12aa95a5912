import type { MailHead } from "./head.ts";

/**
 * Whether a mail comes from the domain its author names. DMARC decides where the domain has it; else a DKIM signature or
 * an SPF pass of that very domain does. Alone neither would do: a stranger's own domain passes both.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8601 (Authentication-Results), https://www.rfc-editor.org/rfc/rfc7489 3.1
 */
export function isGenuine({ trace, from }: MailHead): boolean {
  const domain = from?.slice(from.lastIndexOf("@") + 1);
  if (!trace || !domain) return false;
  const results = resultsIn((trace.get("authentication-results") ?? "").slice(0, mostLetters));
  const dmarc = results.filter(({ method }) => method === "dmarc");
  // Two of them: somebody wrote into what the server repeats of them.
  if (dmarc.length > 1 || dmarc[0]?.result === "fail") return false;
  if (dmarc[0]?.result === "pass") return dmarc[0].domain === domain;
  return results.some(
    ({ method, result, domain: own }) => method !== "dmarc" && result === "pass" && covers(own, domain),
  );
}

/** Some hundred signatures; no mail has ten. */
const mostLetters = 10_000;

interface Result {
  readonly method: string;
  readonly result: string;
  /** The domain it speaks of. */
  readonly domain: string;
}

/** The domain itself, or the one above it: whoever holds that one decides over it. Never one below. */
const covers = (own: string, domain: string): boolean =>
  own.includes(".") && (domain === own || domain.endsWith(`.${own}`));

function resultsIn(value: string): Result[] {
  const results: Result[] = [];
  for (const part of partsOf(value)) {
    const [, method, result] = /^(dmarc|dkim|spf)\s*=\s*([a-z]+)\b/i.exec(part) ?? [];
    const last = results.at(-1);
    if (method && result)
      results.push({ method: method.toLowerCase(), result: result.toLowerCase(), domain: domainIn(part) });
    // SES gives SPF's domain a part of its own.
    else if (last?.method === "spf" && last.domain === "") results.push({ ...last, domain: domainIn(part) });
  }
  return results;
}

const domainIn = (part: string): string => {
  const [, value = ""] =
    /(?:^|\s)(?:header\.(?:from|d|i)|smtp\.mailfrom|envelope-from)\s*=\s*"?([^\s";]+)/i.exec(part) ?? [];
  return value.slice(value.lastIndexOf("@") + 1).toLowerCase();
};

/** Between semicolons; what stands in quotation marks or in a comment is no result. */
function partsOf(value: string): string[] {
  const bare = value.replace(/"(?:\\.|[^"\\])*"/g, (quoted) => quoted.replace(/[;=()]/g, "_"));
  let depth = 0;
  let text = "";
  for (const sign of bare) {
    if (sign === "(") depth += 1;
    if (depth === 0) text += sign;
    if (sign === ")") depth = Math.max(0, depth - 1);
  }
  return text.split(";").map((part) => part.trim());
}
