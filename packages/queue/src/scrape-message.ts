/** The queue's name. */
export const SCRAPE = "scrape-domain";

/** Messages whose workers vanished on every attempt; the queue moves them here by itself. */
export const LOST = "scrape-domain-lost";

/** Ask for one domain of one batch to be scraped. The message's id is the job's id. */
export interface ScrapeMessage {
  jobId: string;
  batchId: string;
  tenantId: string;
  domain: string;
  /** Pages at most, the home page included. */
  maxPages: number;
  /** Place of the domain in its batch, from 0. */
  position: number;
  /** Attempts that were used before this message was sent. */
  tries: number;
  /** Of them, those before somebody let the job run again; none when left out. */
  earlier?: number;
  /** The span that asked for it, as W3C writes it, where spans are kept. */
  traceparent?: string;
}

/** A lease on a message. It lasts while it is touched every few seconds. */
export interface ScrapeClaim extends ScrapeMessage {
  /** 1 for the first try. */
  attempt: number;
  /** True when the job will not be offered again after this attempt. */
  last: boolean;
}

/** Tries of a job at most, the first included, and as many again each time somebody lets it run again. */
export const SCRAPE_ATTEMPTS_MAX = 3;
/** A claim nobody touched for this long goes to another worker. pg-boss allows no less than 10. */
export const LEASE_SECONDS = 15;
/** Longest a domain may take: its own deadline in the scraper, and a minute to store. */
export const expireSeconds = (maxPages: number): number => 120 + 10 * maxPages + 60;

/** pg-boss's number of a claim: it counts the tries of a message, not those of its job. */
export const retryCountOf = ({ attempt, tries }: Pick<ScrapeClaim, "attempt" | "tries">): number =>
  attempt - 1 - tries;

/** Whether the claim before this one ran out: what is given back or tried again leaves the queue or uses no try of it. */
export const followsLost = (claim: Pick<ScrapeClaim, "attempt" | "tries">): boolean =>
  retryCountOf(claim) > 0;
