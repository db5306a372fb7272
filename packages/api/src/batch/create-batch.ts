import { randomUUID } from "node:crypto";
import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { batchJobs } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { type Promoting, promoteJobs } from "../backlog/promote-jobs.ts";
import { runOnce } from "../idempotency/run-once.ts";
import type { Caller } from "../rbac/actor.ts";
import { isoTime } from "../time.ts";
import type { BatchCreated, BatchCreateInput } from "./batch.contract.ts";
import { BATCH } from "./batch.state.ts";
import { findReused } from "./find-reused.ts";
import { insertJobs, PROCESSOR_TYPE } from "./insert-jobs.ts";
import { type PlannedJob, planJobs } from "./plan-jobs.ts";
import type { GivenList } from "./read-given.ts";
import { storeList } from "./store-list.ts";
import { tellRefused } from "./tell-refused.ts";

export const statusUrlOf = (batchId: string): string =>
  `/api/v3/batch_page_scraper/batch/${batchId}/status`;

export interface BatchCreator extends Caller {
  queue: Promoting;
}

const newBatch = defineStatement(
  `insert into batch_jobs (id_uuid, batch_id, tenant_id, processor_type, status, created_by, total_domains,
     completed_domains, failed_domains, progress, batch_metadata, options, created_at, updated_at)
   values (:batchId::uuid, :batchId::uuid, :tenantId::uuid, :processorType, ${BATCH.begin("submit")}, :createdBy::uuid, :total::int,
     0, :failed::int, :progress::float8, :metadata::jsonb, :options::jsonb,
     timezone('utc', now()), timezone('utc', now()))
   returning created_at`,
  { created_at: batchJobs.createdAt },
);

const newWindow = defineStatement(
  "insert into app.batch_windows (batch_id, next_position) values (:batchId::uuid, 0)",
);

/**
 * Creates the batch from its list, read before: the list as it was given, one job per distinct line, queue messages for as many as may
 * run at once, and the audit row.
 * All of it commits or none. What names no web site among `domains` becomes a job that has failed already; of a `text` or `rows` its
 * list keeps it.
 * @throws DomainError INVALID_INPUT when no line names a web site or too many are; CONFLICT from the idempotency key
 */
export async function createBatch(
  tx: Tx,
  caller: BatchCreator,
  input: BatchCreateInput,
  list: GivenList,
): Promise<BatchCreated> {
  const { idempotencyKey: key, ...request } = input;
  return runOnce(tx, caller.actor, { route: "batches.create", key, request }, async () => {
    const made = await makeBatch(tx, caller, input, list);
    await recordAudit(tx, caller, {
      action: "batches.create",
      targetType: "batch",
      targetId: made.batchId,
      detail: { jobs: made.jobCount, invalid: made.invalidCount, max_pages: input.maxPages },
    });
    return made;
  });
}

/**
 * The same for whoever writes the audit row of an act of its own.
 * @throws DomainError INVALID_INPUT
 */
export async function makeBatch(
  tx: Tx,
  caller: BatchCreator,
  input: BatchCreateInput,
  list: GivenList,
): Promise<Omit<BatchCreated, "replayed">> {
  const reused = await findReused(tx, caller.actor.tenantId, input.reuse);
  const plan = await planJobs(list, reused);
  const { jobs: planned } = plan;
  const batchId = randomUUID();
  const createdAt = await insertBatch(tx, caller, batchId, planned, input);
  await insertJobs(tx, caller, { batchId, jobs: planned, from: 0, maxPages: input.maxPages });
  await storeList(tx, {
    ...list,
    batchId,
    tenantId: caller.actor.tenantId,
    plan,
    fileName: input.fileName,
  });
  await executeRawSql(tx, newWindow, { batchId });
  await promoteJobs(tx, caller.queue, [batchId]);
  return {
    batchId,
    statusUrl: statusUrlOf(batchId),
    jobCount: planned.length,
    ...tellRefused(list.entries, list.cut),
    createdAt,
  };
}

async function insertBatch(
  tx: Tx,
  { actor }: Caller,
  batchId: string,
  planned: readonly PlannedJob[],
  input: BatchCreateInput,
): Promise<string> {
  const failed = planned.filter((job) => job.reason !== null).length;
  const row = await executeRawSqlOne(tx, newBatch, {
    batchId,
    tenantId: actor.tenantId,
    processorType: PROCESSOR_TYPE,
    createdBy: actor.id,
    total: planned.length,
    failed,
    progress: failed / planned.length,
    metadata: { label: input.label || null, pages: 0 },
    options: { max_pages: input.maxPages, max_concurrent: input.maxConcurrent },
  });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  return isoTime(row.created_at);
}
