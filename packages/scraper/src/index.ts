export type { SiteAllowList } from "./guard/allow.ts";
export { createMailDomains } from "./guard/mail-domains.ts";
export { parseDomain } from "./host.ts";
export type { Place, Places } from "./crawl/places.ts";
export { DEFAULT_LIMITS, type Limits, PLACE_PAUSE_MS, VISITS_PER_ADDRESS_MAX } from "./limits.ts";
export { scrape } from "./scrape.ts";
export { type OutboundProxy, readProxy } from "./guard/proxy.ts";
export { type RequestEnded, type ScrapeOptions, userAgentOf } from "./visit.ts";
export {
  createMessageSender,
  type MessageAnswer,
  type MessageSender,
} from "./message/send-message.ts";
