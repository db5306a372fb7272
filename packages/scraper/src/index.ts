export type { SiteAllowList } from "./guard/allow.ts";
export { createMailDomains } from "./guard/mail-domains.ts";
export { parseDomain } from "./host.ts";
export { DEFAULT_LIMITS, type Limits } from "./limits.ts";
export { scrape } from "./scrape.ts";
export type { ScrapeOptions } from "./visit.ts";
