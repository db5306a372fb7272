import { defineStatement, executeRawSqlOne, nullable, type Reader } from "@scrapersky/db";
import { WINDOW } from "../batch/batch-window.state.ts";
import { BATCH, STALLED_AFTER_SECONDS } from "../batch/batch.state.ts";
import { cancelledOf } from "../batch/count-finished.ts";
import { isNotRemoved } from "../batch/is-removed.ts";
import { JOB } from "../job/job.state.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { OverviewHealth } from "./overview.contract.ts";

// What is paused is meant to wait, and what is cancelling never runs. Open batches have a window, and few rows are running: nothing here grows with what is over.
const health = defineStatement(
  `with open as materialized (
     select b.batch_id, b.created_at, b.total_domains - b.completed_domains - b.failed_domains - ${cancelledOf("b")} as left
     from app.batch_windows w join batch_jobs b on b.batch_id = w.batch_id
     where b.tenant_id = :tenantId::uuid and ${BATCH.is(BATCH.open, "b.status")}
       and ${WINDOW.is("filling", "w.state")} and ${isNotRemoved("b.batch_id")}
   ),
   ended as (
     select max(j.completed_at) as at from open
     cross join lateral (select max(completed_at) as completed_at from jobs where batch_id = open.batch_id) j
   )
   select (select coalesce(sum("left"), 0)::int from open) as unfinished,
     (select count(*)::int from jobs where tenant_id_uuid = :tenantId::uuid and ${JOB.is("running", "status")}) as running,
     ended.at as ended_at,
     extract(epoch from now() - greatest(ended.at, (select max(created_at) at time zone 'utc' from open)))::float8 as idle_seconds,
     now() as as_of
   from ended`,
  {
    unfinished: "int4",
    running: "int4",
    ended_at: nullable("timestamptz"),
    idle_seconds: nullable("float8"),
    as_of: "timestamptz",
  },
);

/** Whether the work of a tenant gets done. */
export async function getHealth(reader: Reader, tenantId: string): Promise<OverviewHealth> {
  const row = await executeRawSqlOne(reader, health, { tenantId });
  if (!row) throw new Error("SELECT gave no row");
  const { unfinished, running, ended_at: endedAt, idle_seconds: idleSeconds, as_of: asOf } = row;
  const isStalled = (idleSeconds ?? 0) > STALLED_AFTER_SECONDS;
  return {
    state: unfinished === 0 ? "idle" : isStalled ? "stalled" : "working",
    running,
    waiting: Math.max(0, unfinished - running),
    lastEndedAt: isoTimeOrNull(endedAt),
    asOf: isoTime(asOf),
  };
}
