import { defineStatement, type Executor, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { workers } from "@scrapersky/db/schema";
import { type WorkerOrder, WORKER } from "./worker.state.ts";

/** What a worker says of itself. */
export interface WorkerSign {
  workerId: string;
  version: string;
  concurrency: number;
  /** Sites it is at. */
  running: number;
}

const told = defineStatement(
  `insert into app.workers (id, state, version, concurrency, running)
   values (:workerId::text, ${WORKER.begin("start")}, :version::text, :concurrency::int, :running::int)
   on conflict (id) do update set seen_at = now(), running = excluded.running`,
);

/** A sign of life. */
export async function tellWorker(executor: Executor, sign: WorkerSign): Promise<void> {
  await executeRawSql(executor, told, { ...sign });
}

const order = defineStatement("select state from app.workers where id = :workerId::text", {
  state: workers.state,
});

/** What somebody wants of the worker; of one that nobody knows, that it works. */
export async function findWorkerOrder(executor: Executor, workerId: string): Promise<WorkerOrder> {
  const row = await executeRawSqlOne(executor, order, { workerId });
  return row?.state ?? WORKER.begins.start;
}

const left = defineStatement("delete from app.workers where id = :workerId::text");

/** It has stopped. */
export async function endWorker(executor: Executor, workerId: string): Promise<void> {
  await executeRawSql(executor, left, { workerId });
}
