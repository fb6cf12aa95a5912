import type { Visit } from "../../core/check/visits.ts";
import type { Web } from "../cloud/cloud.ts";

/** At once, over all hosts. */
const mostVisits = 4;
/** After so many links of a host that nobody answered, in a row, the others are taken for the same. */
const enoughSilence = 2;

/**
 * Follows links politely: four at once, one a host, since a small town's server is nobody's to test.
 *
 * @param mayGoOn asked before every visit; what is not visited any more is not in the answer
 */
export async function visitAll(
  web: Web,
  urls: readonly string[],
  mayGoOn: () => boolean = () => true,
): Promise<ReadonlyMap<string, Visit>> {
  const hosts = [...Map.groupBy(urls, (url) => new URL(url).host).values()];
  const visits = new Map<string, Visit>();
  const walk = async (): Promise<void> => {
    for (let links = hosts.shift(); links; links = hosts.shift())
      for await (const [url, visit] of visitHost(web, links, mayGoOn)) visits.set(url, visit);
  };
  await Promise.all(Array.from({ length: mostVisits }, walk));
  return new Map(urls.flatMap((url) => (visits.has(url) ? [[url, visits.get(url) as Visit]] : [])));
}

/** One host, link by link; a dead one would cost five seconds a link, and say the same each time. */
async function* visitHost(
  web: Web,
  links: readonly string[],
  mayGoOn: () => boolean,
): AsyncGenerator<readonly [string, Visit]> {
  const silences: Visit[] = [];
  for (const url of links) {
    if (!mayGoOn()) return;
    const visit = silences.length < enoughSilence ? await web.visit(url) : silences.at(-1);
    if (!visit) return;
    if (visit.kind === "silent") silences.push(visit);
    else silences.length = 0;
    yield [url, visit];
  }
}
