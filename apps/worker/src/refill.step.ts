import { refillQueue } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";

/** Sends what is due again to the queue, and what a fault left out of it. Returns where the next step goes on. */
export function refill(db: Db, queue: Queue, after: string): Promise<string> {
  return db.transaction((tx) => refillQueue(tx, queue, after));
}
