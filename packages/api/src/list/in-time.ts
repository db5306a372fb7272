import { findDatabaseError } from "@scrapersky/db";
import { DEADLINES_MS } from "../deadlines.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { AnyList } from "./list.contract.ts";

/** Of one reading of a list. */
export const LIST_READ_MAX_MS = DEADLINES_MS.read;

/**
 * Waits for a reading that has `LIST_READ_MAX_MS`.
 * @throws DomainError UNAVAILABLE that says what to ask instead, when it was stopped
 */
export async function inTime<T>({ name, filters }: AnyList, reading: PromiseLike<T>): Promise<T> {
  try {
    return await reading;
  } catch (fault) {
    if (findDatabaseError(fault)?.kind !== "statement_timeout") throw fault;
    const message =
      `Looking through all ${name} for this takes longer than ${LIST_READ_MAX_MS / 1_000} s, so it was stopped; ` +
      `ask for fewer of them, by more letters or one more of: ${Object.keys(filters).join(", ")}.`;
    throw new DomainError("UNAVAILABLE", message, { errorCode: "LIST_TOO_LONG" }, fault);
  }
}
