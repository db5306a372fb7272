export {
  createQueue,
  installQueue,
  type Queue,
  type QueueOptions,
  type Claimed,
  type LostJob,
  type Visiting,
} from "./queue.ts";
export {
  LEASE_SECONDS,
  SCRAPE_ATTEMPTS_MAX,
  type ScrapeClaim,
  type ScrapeMessage,
} from "./scrape-message.ts";
