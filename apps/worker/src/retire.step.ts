import { retireBatches, retireLeads } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";

/** Steps of each kind that a worker takes in one go, each a transaction. */
const STEPS = 20;

/** Takes away what tenants do not keep for longer. What is left is taken in the next go, or by another worker. */
export async function retire(db: Db): Promise<void> {
  for (const work of [retireBatches, retireLeads]) {
    for (let step = 0; step < STEPS; step++) {
      if ((await db.transaction((tx) => work(tx))) === 0) break;
    }
  }
}
