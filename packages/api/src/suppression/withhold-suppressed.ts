import type { Tx } from "@scrapersky/db";
import type { Metrics, ScrapeOutcome } from "@scrapersky/outcome";
import { sentenceOf, SUPPRESSED } from "../job/failure-sentences.ts";
import { ERASED } from "./erase-pattern.ts";
import { findSuppressed, findSuppressing } from "./find-suppressed.ts";
import { endsAtSuppressed, maskOutcome, subjectsIn } from "./mask-outcome.ts";

/** How a job ends whose site its tenant never visits. */
export interface SuppressedOutcome {
  kind: "failed";
  code: typeof SUPPRESSED;
  message: string;
  metrics: Metrics;
}

export const suppressedOutcome = (metrics: Partial<Metrics> = {}): SuppressedOutcome => ({
  kind: "failed",
  code: SUPPRESSED,
  message: sentenceOf(SUPPRESSED),
  metrics: {
    requests: 0,
    pages: 0,
    bytes: 0,
    fetchMs: 0,
    parseMs: 0,
    ...metrics,
    httpStatus: null,
    finalUrl: null,
  },
});

interface Visited<Outcome> {
  tenantId: string;
  domain: string;
  outcome: Outcome;
}

/**
 * What may be stored of outcomes by the lists of their tenants, in the same order: the only place where they are asked for
 * it. The caller holds the lists (`HOLD_LIST`) since an earlier statement, so whoever suppresses something at this
 * moment is either read here, or removes what is stored here.
 */
export async function withholdSuppressed<Outcome extends Pick<ScrapeOutcome, "kind" | "metrics">>(
  tx: Tx,
  visits: readonly Visited<Outcome>[],
): Promise<(Outcome | SuppressedOutcome)[]> {
  const suppressing = await findSuppressing(
    tx,
    visits.map(({ tenantId }) => tenantId),
  );
  const isSuppressed = await findSuppressed(
    tx,
    visits
      .filter(({ tenantId }) => suppressing.has(tenantId))
      .map(({ tenantId, domain, outcome }) => ({
        tenantId,
        subjects: [domain, ...subjectsIn(outcome)],
      })),
  );
  return visits.map(({ tenantId, domain, outcome }) => {
    const is = (subject: string): boolean => isSuppressed(tenantId, subject);
    if (domain === ERASED || is(domain) || endsAtSuppressed(outcome, is)) {
      return suppressedOutcome(outcome.metrics);
    }
    return suppressing.has(tenantId) ? maskOutcome(outcome, is) : outcome;
  });
}
