import type { Visit } from "../../core/check/visits.ts";
import type { Web } from "../cloud/cloud.ts";

/** At once, over all hosts. */
const mostVisits = 4;

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
      for (const url of links) if (mayGoOn()) visits.set(url, await web.visit(url));
  };
  await Promise.all(Array.from({ length: mostVisits }, walk));
  return new Map(urls.flatMap((url) => (visits.has(url) ? [[url, visits.get(url) as Visit]] : [])));
}
