import { z } from "zod";
import { DRIFT_REASON_LENGTH_MAX } from "../wire.contract.ts";

/** Changes that are kept. */
export const DRIFT_HISTORY_MAX = 100;
/** SHA-256 in hexadecimal digits. */
const KEY_LENGTH = 64;

const key = z.string().length(KEY_LENGTH);

export const driftIgnoreInput = z.object({
  key,
  reason: z.string().trim().min(1).max(DRIFT_REASON_LENGTH_MAX),
});
export type DriftIgnore = z.output<typeof driftIgnoreInput>;

export const driftKeyInput = z.object({ key });

/**
 * - `breaking`: something the product does will fail, or read wrong values.
 * - `harmful`: it runs, but rows can go wrong, be refused, or be found slowly.
 * - `harmless`: nothing the product does will notice.
 */
export type DriftSeverity = "breaking" | "harmful" | "harmless";

export interface DriftDifference {
  /** Names it as it is today. */
  key: string;
  severity: DriftSeverity;
  /** What it is about: `column jobs.error`. */
  what: string;
  /** What differs, and what breaks by it. */
  sentence: string;
  /** SQL that would bring the database to the schema, or a comment where none can. Nobody runs it for you. */
  mend: string;
  /** Why it is meant to be, where somebody has said so. */
  ignored: { reason: string; by: string | null; at: string } | null;
}

/** Schema and database as they are now. */
export interface Drift {
  /** The same as long as nothing differs in another way. */
  fingerprint: string;
  /** Worst first. */
  differences: DriftDifference[];
  /** Without those that are ignored. */
  counts: Record<DriftSeverity, number>;
  tables: number;
  /** Tables and views beside ours that the schema does not know. */
  unknownTables: string[];
}

/** A time in which nothing differed in another way. */
export interface DriftChange {
  number: number;
  fingerprint: string;
  counts: Record<DriftSeverity, number>;
  /** The first and the last comparison that found it. */
  firstAt: string;
  lastAt: string;
  /** What came and went, against the one before. */
  came: string[];
  went: string[];
}
