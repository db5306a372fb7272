// What a scrape can say, shared by who says it (packages/scraper) and who records it (packages/api).
// Shapes and words only: nothing here runs, and nothing is imported.
export {
  FailureReasons,
  type ScrapeCode,
  type ScrapeFlag,
  type ThinReason,
  ThinReasons,
} from "./codes.ts";
export type * from "./lead.ts";
export type {
  Metrics,
  PageFacts,
  PageType,
  ScrapeOutcome,
  ScrapeResult,
  SiteFacts,
} from "./outcome.ts";
export { TechnologyCategories, type TechnologyCategory } from "./technology-categories.ts";
