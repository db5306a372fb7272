import type { Reader } from "@scrapersky/db";
import { findPortalState, PORTAL_LIMITS, shownTables } from "@scrapersky/db/portal";
import type { SqlState } from "./db-portal.contract.ts";

/** Whether read-only SQL can run here, within which limits, and what it may name. */
export async function getSqlState(reader: Reader): Promise<SqlState> {
  const state = await findPortalState(reader);
  return {
    ...state,
    limits: PORTAL_LIMITS,
    tables: shownTables().map(({ table, columns }) => ({ name: table, columns })),
  };
}
