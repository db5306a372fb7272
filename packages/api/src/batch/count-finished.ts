import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { batchJobs } from "@scrapersky/db/schema";
import { noteEnded } from "../notification/note-ended.ts";
import { gatherFailures } from "../webhook/gather-failures.ts";
import { BATCH, batchEnding } from "./batch.state.ts";

/** How many jobs of the batch were cancelled by themselves; the real table has no column for it. */
export const cancelledOf = (batch: string): string =>
  `coalesce((${batch}.batch_metadata->>'cancelled_alone')::int, 0)`;

/** Jobs of one batch that reached their end in this transaction. */
export interface FinishedJobs {
  batchId: string;
  complete: number;
  failed: number;
  /** Those cancelled by themselves, not with their batch. */
  cancelled: number;
  /** What the complete ones brought. */
  found?: Partial<Found>;
}

export interface Found {
  /** Stored. */
  pages: number;
  emails: number;
  phones: number;
  /** Of these, the ones that no earlier scan of the same site had found. */
  newEmails: number;
  newPhones: number;
}

const FOUND = [
  "pages",
  "emails",
  "phones",
  "newEmails",
  "newPhones",
] as const satisfies (keyof Found)[];

/** What several jobs found together. */
export const sumFound = (all: readonly Partial<Found>[]): Found =>
  Object.fromEntries(
    FOUND.map((name) => [name, all.reduce((sum, found) => sum + (found[name] ?? 0), 0)]),
  ) as Record<keyof Found, number>;

// The counters of the batch `b` with the finished jobs `f` among them.
const COMPLETE = "b.completed_domains + f.complete";
const FAILED = "b.failed_domains + f.failed";
const CANCELLED = `${cancelledOf("b")} + f.cancelled`;
const ENDED = `${COMPLETE} + ${FAILED} + ${CANCELLED}`;
const IS_LAST = `${ENDED} >= b.total_domains`;
const ENDING = batchEnding({ complete: COMPLETE, failed: FAILED });

const counted = defineStatement(
  `with finished as materialized (
     select * from unnest(:batchIds::uuid[], :complete::int[], :failed::int[], :cancelled::int[], :pages::int[],
       :emails::int[], :phones::int[], :newEmails::int[], :newPhones::int[])
       as finished (batch_id, complete, failed, cancelled, pages, emails, phones, new_emails, new_phones)
   ),
   held as (
     select b.id, b.tenant_id, f.* from batch_jobs b join finished f on f.batch_id = b.batch_id
     where ${BATCH.may("finish", "b.status")}
     order by b.batch_id for no key update of b
   ),
   brought as (
     insert into app.batch_days as d (batch_id, day, tenant_id, complete, failed, emails, phones, new_emails, new_phones)
     select batch_id, timezone('utc', now())::date, tenant_id, complete, failed, emails, phones, new_emails, new_phones
     from held where complete + failed > 0
     on conflict (batch_id, day) do update set complete = d.complete + excluded.complete,
       failed = d.failed + excluded.failed, emails = d.emails + excluded.emails, phones = d.phones + excluded.phones,
       new_emails = d.new_emails + excluded.new_emails, new_phones = d.new_phones + excluded.new_phones
   ),
   gathered as (
     ${gatherFailures("held")}
   )
   update batch_jobs b set
     completed_domains = ${COMPLETE},
     failed_domains = ${FAILED},
     progress = (${ENDED})::float8 / greatest(b.total_domains, 1),
     batch_metadata = coalesce(b.batch_metadata, '{}')
       || jsonb_build_object('pages', coalesce((b.batch_metadata->>'pages')::int, 0) + f.pages)
       || case when f.cancelled = 0 then '{}' else jsonb_build_object('cancelled_alone', ${CANCELLED}) end,
     updated_at = timezone('utc', clock_timestamp()),
     status = case when ${IS_LAST} then ${ENDING} else b.status end,
     error = case
       when ${IS_LAST} and ${COMPLETE} + ${FAILED} = 0 then 'All of its jobs were cancelled.'
       when ${IS_LAST} and ${COMPLETE} = 0 then 'None of the sites could be scraped.'
       else b.error end,
     end_time = case when ${IS_LAST} then timezone('utc', clock_timestamp()) end,
     processing_time = case
       when ${IS_LAST}
         then extract(epoch from timezone('utc', clock_timestamp()) - coalesce(b.start_time, b.created_at)) end
   from held f
   where b.id = f.id
   returning b.batch_id, b.end_time is not null as is_over`,
  { batch_id: batchJobs.batchId, is_over: "bool" },
);

/**
 * Adds finished jobs to the counters of their batches, each of which is named once, and ends a batch with its last job.
 * Call it at the end of the transaction that ends the jobs: every worker of a batch waits for its row, so it
 * must be held for little but the commit.
 */
export async function countFinished(tx: Tx, finished: readonly FinishedJobs[]): Promise<void> {
  if (finished.length === 0) return;
  const found = FOUND.map((name) => [name, finished.map((jobs) => jobs.found?.[name] ?? 0)]);
  const rows = await executeRawSql(tx, counted, {
    batchIds: finished.map(({ batchId }) => batchId),
    complete: finished.map(({ complete }) => complete),
    failed: finished.map(({ failed }) => failed),
    cancelled: finished.map(({ cancelled }) => cancelled),
    ...(Object.fromEntries(found) as Record<keyof Found, number[]>),
  });
  await noteEnded(
    tx,
    rows.filter((row) => row.is_over).map((row) => row.batch_id),
  );
}
