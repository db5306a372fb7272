/** Contender: Crawlee's HttpCrawler, which parses nothing, with our own `extract()` in its handler. */
import { HttpCrawler } from "@crawlee/cheerio";
import { extract, siteReading, type SiteReading } from "@scrapersky/scraper/extract";
import { contend, type Contender } from "./contender.ts";
import { inMemory, QUICK, SiteCrawl, tlsHooks } from "./crawlee-sites.ts";
import { ourWords } from "./our-words.ts";

function* pathsOf(links: readonly { address: string }[]) {
  for (const { address } of links) yield new URL(address).pathname;
}

const contender: Contender = async (names, course, sink) => {
  const sites = new SiteCrawl(names, course);
  const thisYear = new Date().getUTCFullYear();
  const readings = new Map<string, SiteReading>(
    names.map((name) => [name, siteReading(name, thisYear)]),
  );
  const crawler = new HttpCrawler(
    {
      ...QUICK,
      minConcurrency: course.concurrency,
      maxConcurrency: course.concurrency,
      preNavigationHooks: tlsHooks(course),
      requestHandler: async ({ body, request, crawler: self }) => {
        const { name, path } = request.userData as { name: string; path: string };
        const url = new URL(`${course.tls ? "https" : "http"}://${name}${path}`);
        const reading = readings.get(name) as SiteReading;
        const found = extract(String(body), url, reading);
        sink.page(name, path, { bytes: Buffer.byteLength(body), words: ourWords(found.page) });
        sink.contacts(name, {
          emails: found.emails.map(({ email }) => email),
          socials: found.profiles.map(({ url: account }) => account),
        });
        await sites.follow(name, pathsOf(found.links), self);
      },
      failedRequestHandler: ({ request }, error) => {
        throw new Error(`${request.uniqueKey}: ${error.message}`);
      },
    },
    inMemory(),
  );
  await sites.run(crawler);
};

await contend(contender);
