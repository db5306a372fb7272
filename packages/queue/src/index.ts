export {
  createQueue,
  installQueue,
  type Queue,
  type QueueOptions,
  type Claimed,
  type LostJob,
  type Visiting,
} from "./queue.ts";
export type { ClaimedMessage, QueueCounts } from "./inspect.ts";
export type { QueuePause } from "./pause.ts";
export { WORK_CHANNEL } from "./work-channel.ts";
export {
  followsLost,
  LEASE_SECONDS,
  SCRAPE,
  SCRAPE_ATTEMPTS_MAX,
  type ScrapeClaim,
  type ScrapeMessage,
} from "./scrape-message.ts";
