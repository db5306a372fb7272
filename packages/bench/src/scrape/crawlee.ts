/**
 * Contender: Crawlee's CheerioCrawler, set up as its users do for raw speed. It takes the same facts from each page,
 * written the way one writes them with cheerio.
 */
import { CheerioCrawler } from "@crawlee/cheerio";
import { readFacts } from "./cheerio-facts.ts";
import { contend, type Contender } from "./contender.ts";
import { inMemory, QUICK, SiteCrawl, tlsHooks } from "./crawlee-sites.ts";

const contender: Contender = async (names, course, sink) => {
  const sites = new SiteCrawl(names, course);
  const crawler = new CheerioCrawler(
    {
      ...QUICK,
      minConcurrency: course.concurrency,
      maxConcurrency: course.concurrency,
      preNavigationHooks: tlsHooks(course),
      requestHandler: async ({ $, body, request, crawler: self }) => {
        const { name, path } = request.userData as { name: string; path: string };
        const read = readFacts($, String(body), `${course.tls ? "https" : "http"}://${name}/`);
        sink.page(name, path, { bytes: Buffer.byteLength(body), words: read.words });
        sink.contacts(name, read.contacts);
        await sites.follow(name, read.paths, self);
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
