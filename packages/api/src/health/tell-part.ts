import { adviceFor, findDatabaseError } from "@scrapersky/db";
import type { Told } from "./health.contract.ts";

/** A part of the answer is waited for so long; what it has asked ends by its own deadline. */
export const PART_MS_MAX = 2_500;

const SILENT = "The database did not answer in time.";

/** What comes of a look within its time, else why nothing does: one that hangs holds up no other. */
export async function tellPart<T>(look: Promise<T>, waitMs = PART_MS_MAX): Promise<Told<T>> {
  const { promise: late, resolve } = Promise.withResolvers<Told<T>>();
  const timer = setTimeout(() => resolve({ value: null, reason: SILENT }), waitMs);
  const told = look.then(
    (value): Told<T> => ({ value, reason: null }),
    (error: unknown): Told<T> => ({ value: null, reason: reasonOf(error) }),
  );
  return Promise.race([told, late]).finally(() => clearTimeout(timer));
}

/** In our own words: neither SQL nor values. */
function reasonOf(error: unknown): string {
  const fault = findDatabaseError(error);
  if (fault === undefined) return "It could not be looked at.";
  const { kind, advice } = fault;
  return `It could not be read (${kind.replaceAll("_", " ")}): ${advice ?? adviceFor(kind)}.`;
}
