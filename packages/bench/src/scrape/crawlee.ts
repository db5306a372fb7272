/**
 * Contender: Crawlee's CheerioCrawler, set up as its users do for raw speed: fixed concurrency, nothing persisted, no
 * retries. It takes the same facts from each page, written the way one writes them with cheerio.
 */
import { CheerioCrawler, Configuration, log, LogLevel } from "@crawlee/cheerio";
import { readFacts } from "./cheerio-facts.ts";
import { type Contender, contend } from "./contender.ts";

const contender: Contender = async ({ names, allow, pages, concurrency }) => {
  log.setLevel(LogLevel.WARNING);
  const wanted = new Map(names.map((name) => [name, new Set(["/"])]));
  let count = 0;
  let facts = 0;
  const address = (name: string, path: string) => ({
    url: `http://${allow.hosts[name]?.http}${path}`,
    uniqueKey: `${name}${path}`,
    headers: { host: name, "accept-encoding": "gzip" },
    userData: { name },
  });
  const crawler = new CheerioCrawler(
    {
      minConcurrency: concurrency,
      maxConcurrency: concurrency,
      maxRequestRetries: 0,
      useSessionPool: false,
      persistCookiesPerSession: false,
      requestHandler: async ({ $, body, request, crawler: self }) => {
        const name = String(request.userData["name"]);
        const read = readFacts($, String(body), `http://${name}/`);
        facts += read.words;
        count++;
        const known = wanted.get(name) as Set<string>;
        const fresh: ReturnType<typeof address>[] = [];
        for (const path of read.paths) {
          if (known.size >= pages) break;
          if (known.has(path)) continue;
          known.add(path);
          fresh.push(address(name, path));
        }
        if (fresh.length > 0) await self.addRequests(fresh);
      },
      failedRequestHandler: ({ request }, error) => {
        throw new Error(`${request.uniqueKey}: ${error.message}`);
      },
    },
    new Configuration({ persistStorage: false, purgeOnStart: false }),
  );
  await crawler.run(names.map((name) => address(name, "/")));
  if (facts === 0) throw new Error("nothing was read");
  return { pages: count };
};

await contend(contender);
