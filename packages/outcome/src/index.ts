// What a scrape can say, shared by who says it (packages/scraper) and who records it (packages/api).
// Shapes and words only: nothing here runs, and nothing is imported.
export { FailureReasons, type ScrapeCode, type ScrapeFlag } from "./codes.ts";
export type {
  ContactFacts,
  EmailType,
  Metrics,
  PageFacts,
  PageType,
  ScrapeOutcome,
  ScrapeResult,
  SiteFacts,
  Technology,
} from "./outcome.ts";
