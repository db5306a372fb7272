// A queue that is paused has a row; of its messages none is claimed until that is gone.
import { defineStatement, executeRawSql, nullable, type Reader, type Tx } from "@scrapersky/db";
import { SCRAPE } from "./scrape-message.ts";

// What makes tables cannot be described beforehand, so it is no defined statement.
export const pauseTable = `create table if not exists pgboss.queue_pause (
   name text primary key, paused_at timestamptz not null default now(), paused_by uuid)`;

/** Is there a pause? Read by the statement that claims: once one is committed, no claim begins. */
export const PAUSE_OF_SCRAPES = `select from pgboss.queue_pause pause where pause.name = '${SCRAPE}'`;

/** Who paused a queue, and when. */
export interface QueuePause {
  queue: string;
  /** As the server writes it. */
  at: string;
  by: string | null;
}

const begun = defineStatement(
  `insert into pgboss.queue_pause (name, paused_by) values (:queue::text, :by::uuid)
   on conflict (name) do nothing returning name`,
  { name: "text" },
);
const ended = defineStatement(
  "delete from pgboss.queue_pause where name = :queue::text returning name",
  { name: "text" },
);
const pauses = defineStatement(
  "select name as queue, paused_at as at, paused_by as by from pgboss.queue_pause order by name",
  { queue: "text", at: "timestamptz", by: nullable("uuid") },
);

/** From its commit on nothing more of the queue is claimed; what is claimed goes on. False where it was paused already. */
export async function pauseQueue(
  tx: Tx,
  { queue, by }: { queue: string; by: string | null },
): Promise<boolean> {
  return (await executeRawSql(tx, begun, { queue, by })).length === 1;
}

/** False where it was not paused. */
export async function resumeQueue(tx: Tx, queue: string): Promise<boolean> {
  return (await executeRawSql(tx, ended, { queue })).length === 1;
}

export const findPauses = (reader: Reader): Promise<QueuePause[]> => executeRawSql(reader, pauses);
