import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";

/** Told with each commit that sends something to run, to whoever can listen. */
export const WORK_CHANNEL = "scrapersky_work";

const told = defineStatement("select from pg_notify(:channel, '')");

/** Commits that tell come one after the other, so what is sent by the hundred is not told. */
export async function tellWorkers(tx: Tx): Promise<void> {
  await executeRawSql(tx, told, { channel: WORK_CHANNEL });
}
