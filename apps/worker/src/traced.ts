// The worker's part of a trace: what it does for a job is below the span that asked for it.
import { inSpan } from "@scrapersky/db/observe";
import type { ScrapeResult } from "@scrapersky/outcome";
import type { ScrapeClaim } from "@scrapersky/queue";
import type { Finding } from "./record.step.ts";

/** The visit of a site, as a span with its counts. It names the job; whose site that is, the log says. */
export const visiting = (
  { jobId, batchId, attempt, traceparent }: ScrapeClaim,
  visit: () => Promise<ScrapeResult>,
): Promise<ScrapeResult> => {
  const attributes = {
    "scrapersky.job_id": jobId,
    "scrapersky.batch_id": batchId,
    "scrapersky.attempt": attempt,
  };
  return inSpan("visit", { kind: "entry", parent: traceparent, attributes }, async (span) => {
    const result = await visit();
    span.note({ "scrapersky.outcome": result.kind });
    if (result.kind === "aborted") return result;
    const { requests, pages, bytes, fetchMs, parseMs } = result.metrics;
    span.note({
      "scrapersky.requests": requests,
      "scrapersky.pages": pages,
      "scrapersky.bytes": bytes,
      "scrapersky.fetch_ms": fetchMs,
      "scrapersky.parse_ms": parseMs,
    });
    if (result.kind !== "done") span.fail(result.code);
    return result;
  });
};

/** What is written together is a span of the first one's trace, which names the others'. */
export const recording = <T>(findings: readonly Finding[], write: () => Promise<T>): Promise<T> => {
  const [parent, ...links] = findings.map(({ claim }) => claim.traceparent);
  return inSpan("record", { parent, links: [...new Set(links)], kind: "entry" }, write);
};
