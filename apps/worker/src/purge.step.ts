import { continuePurge, findOpenPurge } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";

/** Steps that a worker takes in one go. */
const STEPS = 50;

/** Goes on with the oldest purge that was begun and left, if there is one and nobody is at it. */
export async function purge(db: Db, queue: Queue): Promise<void> {
  const purgeId = await findOpenPurge(db);
  if (purgeId === undefined) return;
  for (let step = 0; step < STEPS; step++) {
    const done = await db.transaction((tx) => continuePurge(tx, queue, purgeId));
    if (!done || done.ended) return;
  }
}
