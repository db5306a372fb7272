// The worker's part of a trace: what it does for a job is below the span that asked for it.
import type { ClaimedDelivery } from "@scrapersky/api/services";
import { inSpan, noteEnded } from "@scrapersky/db/observe";
import type { ScrapeResult } from "@scrapersky/outcome";
import type { ScrapeClaim } from "@scrapersky/queue";
import type { MessageAnswer, RequestEnded } from "@scrapersky/scraper";
import type { Finding } from "./record.step.ts";

/** A claim that brought something, of the first one's trace, which names the others'. Most bring nothing, and are no span. */
export async function claiming(claim: () => Promise<ScrapeClaim[]>): Promise<ScrapeClaim[]> {
  const startedAt = performance.now();
  const claims = await claim();
  noteEnded("claim", performance.now() - startedAt, {
    ...together(claims),
    kind: "entry",
    attributes: { "scrapersky.claimed": claims.length },
  });
  return claims;
}

function together(claims: readonly ScrapeClaim[]) {
  const [parent, ...links] = new Set(claims.flatMap(({ traceparent }) => traceparent ?? []));
  return { parent, links };
}

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

/** One request of the visit that is open here: how long it took and what it brought, and not from where. */
export const requested = ({ durationMs, bytes, status, failure }: RequestEnded): void =>
  noteEnded("request", durationMs, {
    kind: "exit",
    attributes: {
      "http.request.method": "GET",
      "http.response.body.size": bytes,
      ...(status === undefined ? {} : { "http.response.status_code": status }),
    },
    failure,
  });

/** A message to somebody's program, and what is written of it. */
export const delivering = (
  { deliveryId, tries, traceparent }: ClaimedDelivery,
  send: () => Promise<MessageAnswer>,
  record: (answer: MessageAnswer) => Promise<void>,
): Promise<void> => {
  const attributes = { "scrapersky.delivery_id": deliveryId, "scrapersky.attempt": tries };
  return inSpan("deliver", { kind: "entry", parent: traceparent, attributes }, async (span) => {
    const answer = await inSpan("webhook", { kind: "exit" }, async (request) => {
      const got = await send();
      if (got.kind === "answered") request.note({ "http.response.status_code": got.status });
      if (got.kind === "failed") request.fail(got.code);
      return got;
    });
    span.note({ "scrapersky.outcome": answer.kind });
    await record(answer);
  });
};

/** What is written together is a span of the first one's trace, which names the others'. */
export const recording = <T>(findings: readonly Finding[], write: () => Promise<T>): Promise<T> => {
  const of = together(findings.map(({ claim }) => claim));
  return inSpan("record", { ...of, kind: "entry" }, write);
};
