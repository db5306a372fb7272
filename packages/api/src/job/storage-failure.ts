import type { Metrics, ScrapeOutcome } from "@scrapersky/outcome";
import { sentenceOf, STORAGE_FAILED } from "./failure-sentences.ts";

/** What is recorded in the place of an outcome that the database refuses to store. */
export interface StorageFailure {
  kind: "failed";
  code: typeof STORAGE_FAILED;
  message: string;
  metrics: Metrics;
}

export const storageFailureOf = ({ metrics }: ScrapeOutcome): StorageFailure => ({
  kind: "failed",
  code: STORAGE_FAILED,
  message: sentenceOf(STORAGE_FAILED),
  metrics,
});
