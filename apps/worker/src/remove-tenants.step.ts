import { removeNextOfTenant } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";

/** Steps that a worker takes in one go, each a transaction. */
const STEPS = 100;

/** Goes on removing tenants that were deleted and cannot be had back any more. */
export async function removeTenants(db: Db, queue: Queue): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    if (!(await db.transaction((tx) => removeNextOfTenant(tx, queue)))) return;
  }
}
