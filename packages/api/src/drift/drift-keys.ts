import { createHash } from "node:crypto";
import type { Difference, DriftReport } from "@scrapersky/db/drift";

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Names a difference as it is: one of other columns, or found otherwise, has another. */
export const keyOf = ({ what, expected, found }: Difference): string =>
  hashOf(JSON.stringify([what, expected ?? null, found ?? null]));

/** Of everything in which schema and database differ, in whatever order it was found. */
export const fingerprintOf = ({ differences }: DriftReport): string =>
  hashOf(differences.map(keyOf).toSorted().join("\n"));
