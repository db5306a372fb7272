/** How a tenant's scans go, by the batches it ran lately; `USUAL_PACE` where it has run too few. */
export interface ScanPace {
  pagesPerDomain: number;
  /** Seconds that one of the domains visited at the same time takes for a page, pauses included. */
  secondsPerPage: number;
}

export interface BatchEstimate {
  domains: number;
  pages: number;
  seconds: number;
}

/** A small business has about a dozen pages, and a polite visit takes a page a second. */
export const USUAL_PACE: ScanPace = { pagesPerDomain: 12, secondsPerPage: 1 };

/** What a batch will likely take once it has begun. */
export function estimateBatch(
  domains: number,
  { maxPages, maxConcurrent }: { maxPages: number; maxConcurrent: number },
  pace: ScanPace = USUAL_PACE,
): BatchEstimate {
  const pagesOfEach = Math.min(maxPages, pace.pagesPerDomain);
  // A single domain is not faster for being alone.
  const inTurn = domains === 0 ? 0 : Math.max(1, domains / maxConcurrent);
  return {
    domains,
    pages: Math.ceil(domains * pagesOfEach),
    seconds: Math.ceil(inTurn * pagesOfEach * pace.secondsPerPage),
  };
}
