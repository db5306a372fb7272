import type { ScrapeResult } from "@scrapersky/outcome";

/** Comes back `aborted` only after the signal fired. */
export type Scrape = (domain: string, options: ScrapeOptions) => Promise<ScrapeResult>;

interface ScrapeOptions {
  maxPages: number;
  signal: AbortSignal;
  /** Whether this is the first try of the job's run, with others to follow. */
  isFirst: boolean;
  /** To be told when the scrape waits for others at its network address, and when it goes on. */
  onWaiting?: (waiting: boolean) => void;
}
