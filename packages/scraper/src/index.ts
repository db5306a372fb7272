export { FailureReasons, SCRAPE_FLAGS, type ScrapeCode, type ScrapeFlag } from "./codes.ts";
export type {
  Contact,
  EmailType,
  Metrics,
  PageFacts,
  PageType,
  ScrapeOutcome,
  SiteFacts,
  Technology,
} from "./outcome.ts";
export type { SiteAllowList } from "./guard/allow.ts";
export { parseDomain } from "./host.ts";
export { DEFAULT_LIMITS, type Limits } from "./limits.ts";
export { scrape } from "./scrape.ts";
export type { ScrapeOptions } from "./visit.ts";
