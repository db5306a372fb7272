import type { BatchSummary, Job } from "@scrapersky/api/contract";
import { countOf, formatCount } from "#format/number.ts";

/** What a batch is called: its label, or what is in it. */
export const batchName = ({
  label,
  firstDomain,
  total,
}: Pick<BatchSummary, "label" | "firstDomain" | "total">): string =>
  label ??
  (firstDomain === null
    ? `Batch of ${countOf(total, "domain")}`
    : total > 1
      ? `${firstDomain} + ${formatCount(total - 1)} more`
      : firstDomain);

/** What the batch of a job is called; null without one. */
export const batchNameOf = ({
  batchId,
  batchLabel,
  batchFirstDomain,
  batchTotal,
}: Pick<Job, "batchId" | "batchLabel" | "batchFirstDomain" | "batchTotal">): string | null =>
  batchId === null
    ? null
    : batchName({ label: batchLabel, firstDomain: batchFirstDomain, total: batchTotal ?? 0 });
