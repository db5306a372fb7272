import type { DomainDetail, FactTimes, LeadTechnology } from "@scrapersky/api/contract";
import { countOf, formatCount } from "#format/number.ts";
import { readableUrl } from "#format/url.ts";

/** Without what a later scan did not find any more. */
export const stillThere = <Fact extends FactTimes>(facts: Fact[]): Fact[] =>
  facts.filter(({ goneAt }) => goneAt === null);

/** Technology by category, categories by name. */
export const byCategory = (
  technologies: LeadTechnology[],
): [category: string, LeadTechnology[]][] =>
  [...Map.groupBy(technologies, ({ category }) => category)].sort(([left], [right]) =>
    left.localeCompare(right, "en"),
  );

/** Yes, no, or not seen. */
export const yesOrNo = (value: boolean | null): string | undefined =>
  value === null ? undefined : value ? "Yes" : "No";

/** How the last scan ended: `never` when no scan has read the site, so that nothing is known of it. */
export const scanState = ({
  lastError,
  lastSuccessfulScan,
}: Pick<DomainDetail, "lastError" | "lastSuccessfulScan">): "ok" | "failed-once" | "never" =>
  lastSuccessfulScan === null ? "never" : lastError === null ? "ok" : "failed-once";

/** "12 pages", or "first 500 of 1,234 addresses" where not all are shown. */
export const shownOf = (shown: number, stored: number, noun: string, plural?: string): string =>
  shown < stored
    ? `first ${formatCount(shown)} of ${countOf(stored, noun, plural)}`
    : countOf(stored, noun, plural);

/** An address of a site for reading, with the site's name in its own script. */
export const siteUrlText = (
  url: string,
  { domain, displayDomain }: Pick<DomainDetail, "domain" | "displayDomain">,
): string => readableUrl(url).replace(domain, () => displayDomain);

/** A link that writes to an address; nothing in it can add a header or a second receiver. */
export const mailLink = (email: string): string =>
  `mailto:${encodeURIComponent(email).replace("%40", "@")}`;
