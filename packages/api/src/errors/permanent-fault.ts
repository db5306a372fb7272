import { type DatabaseError, findDatabaseError } from "@scrapersky/db";

/**
 * Classes of SQLSTATE that answer the work itself: values, rules, rights, statements, and what a trigger
 * raises. The same work meets the same answer until somebody changes the database.
 */
const CLASSES = new Set(["0A", "21", "22", "23", "27", "38", "39", "42", "44", "54", "P0"]);

/** The database's refusal of a piece of work that no further try can change; undefined for all else. */
export function findPermanentFault(error: unknown): DatabaseError | undefined {
  const fault = findDatabaseError(error);
  if (!fault || fault.retryable || fault.outcomeUnknown || fault.pooler) return undefined;
  return CLASSES.has(fault.sqlstate?.slice(0, 2) ?? "") ? fault : undefined;
}
