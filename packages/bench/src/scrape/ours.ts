/** Contender: `scrape()` without storing. */
import { scrape } from "@scrapersky/scraper";
import { type Contender, contend } from "./contender.ts";

const contender: Contender = async ({ names, allow, pages, concurrency }) => {
  let next = 0;
  let count = 0;
  const worker = async () => {
    for (let name = names[next++]; name !== undefined; name = names[next++]) {
      const outcome = await scrape(name, { maxPages: pages, allow, limits: { hostDelayMs: 0 } });
      if (outcome.kind !== "done") throw new Error(`${name}: ${JSON.stringify(outcome)}`);
      count += outcome.pages.length;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { pages: count };
};

await contend(contender);
