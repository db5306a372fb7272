import { refillQueue } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";

/** Transactions of one step: each holds the windows of its batches, so none is long. */
const ROUNDS_MAX = 20;

/** Sends what is due again to the queue, and what a fault left out of it. Returns where the next step goes on. */
export async function refill(db: Db, queue: Queue, after: string): Promise<string> {
  let next = after;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const from = next;
    const refilled = await db.transaction((tx) => refillQueue(tx, queue, from));
    next = refilled.next;
    if (!refilled.more) break;
  }
  return next;
}
