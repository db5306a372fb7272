import { scrape } from "@scrapersky/scraper";
import { startSites } from "@scrapersky/testing/sites";
import { readCorpus } from "./corpus.ts";
import type { Reading } from "./score.ts";

const PAGES_MAX = 10;

/** Serves each site of a corpus on loopback, visits it as the worker does, and tells what its lead says. */
export async function visitCorpus(folder: string): Promise<Reading[]> {
  const saved = readCorpus(folder);
  const sites = await startSites({ sites: saved.map(({ site }) => site) });
  try {
    return await Promise.all(
      saved.map(async ({ slug, expected }) => {
        const outcome = await scrape(expected.host, {
          maxPages: PAGES_MAX,
          allow: sites.allow,
          limits: { hostDelayMs: 0 },
        });
        if (outcome.kind !== "done") throw new Error(`${slug}: ${JSON.stringify(outcome)}`);
        const { lead } = outcome;
        return {
          slug,
          expected,
          found: {
            emails: lead.emails.map(({ email }) => email),
            phones: lead.phones.map(({ e164 }) => e164),
            faxes: lead.faxes.map(({ e164 }) => e164),
            socials: lead.socials.map(({ url }) => url),
            technologies: lead.technologies.map(({ name }) => name),
            bestEmail: lead.bestEmail?.email ?? null,
            businessName: lead.business.name,
            town: lead.addresses.find(({ town }) => town !== null)?.town ?? null,
            country: lead.country?.confidence === "weak" ? null : (lead.country?.code ?? null),
          },
        };
      }),
    );
  } finally {
    await sites.close();
  }
}
