import { estimateBatch, type ScanPace, USUAL_PACE } from "@scrapersky/api/intake";
import { countOf, formatCount } from "#format/number.ts";
import { formatRange } from "#format/range.ts";

/** Sites differ, and so do the hours of a day. */
const LOW = 0.7;
const HIGH = 1.5;

/** What a batch will likely take, in pages and in time: "About 576 pages, at most 2,400", "2–4m". */
export const estimateWords = (
  domains: number,
  numbers: { maxPages: number; maxConcurrent: number },
  pace: ScanPace | null,
): { pages: string; time: string } => {
  const { pages, seconds } = estimateBatch(domains, numbers, pace ?? USUAL_PACE);
  const most = domains * numbers.maxPages;
  return {
    pages:
      pages < most
        ? `About ${countOf(pages, "page")}, at most ${formatCount(most)}`
        : `At most ${countOf(most, "page")}`,
    time: formatRange({ low: seconds * LOW, high: seconds * HIGH }),
  };
};
