import type { BatchSummary } from "@scrapersky/api/contract";
import { countOf } from "#format/number.ts";

/** What a batch is called: its label, or what is in it. */
export const batchName = ({ label, total }: Pick<BatchSummary, "label" | "total">): string =>
  label ?? `Batch of ${countOf(total, "domain")}`;
