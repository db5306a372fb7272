export { FailureReasons, ScrapeFlags, type ScrapeCode, type ScrapeFlag } from "./codes.ts";
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
