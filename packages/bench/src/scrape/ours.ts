/** Contender: `scrape()` without storing. */
import { scrape } from "@scrapersky/scraper";
import { atOnce, contend, type Contender, digitsOf } from "./contender.ts";
import { ourWords } from "./our-words.ts";

const contender: Contender = (names, { allow, pages, concurrency }, sink) =>
  atOnce(names, concurrency, async (name) => {
    const outcome = await scrape(name, { maxPages: pages, allow, limits: { hostDelayMs: 0 } });
    if (outcome.kind !== "done") throw new Error(`${name}: ${JSON.stringify(outcome)}`);
    for (const page of outcome.pages)
      sink.page(name, new URL(page.url).pathname, { bytes: page.bytes, words: ourWords(page) });
    const { emails, phones, socials } = outcome.lead;
    sink.contacts(name, {
      emails: emails.map(({ email }) => email),
      phones: phones.map(({ e164 }) => digitsOf(e164)),
      socials: socials.map(({ url }) => url),
    });
  });

await contend(contender);
