import { defineStatement, executeRawSqlOne, nullable, type Reader } from "@scrapersky/db";
import type { Kept } from "../health/health.contract.ts";
import { isoTimeOrNull } from "../time.ts";
import { TENANT_GRACE_DAYS } from "../wire.contract.ts";

/** Workers remove what has run out within minutes; what is older by so much nobody removes. */
const OVERDUE = "interval '1 hour'";

const oldest = defineStatement(
  `select keys.at as keys_at, coalesce(keys.at < now() - interval '24 hours' - ${OVERDUE}, false) as keys_overdue,
     counts.at as counts_at, coalesce(counts.at < now() - ${OVERDUE}, false) as counts_overdue,
     places.at as places_at, coalesce(places.at < now() - ${OVERDUE}, false) as places_overdue,
     runs.at as runs_at, coalesce(runs.at < now() - interval '90 days' - ${OVERDUE}, false) as runs_overdue,
     (select at from app.audit_log order by id limit 1) as audit_at
   from (select min(created_at) as at from app.idempotency_keys) keys,
     (select to_timestamp(min(expire) / 1000.0) as at from app.rate_limits) counts,
     (select min(ends_at) as at from app.stream_places) places,
     (select min(started_at) as at from app.sql_runs) runs`,
  {
    keys_at: nullable("timestamptz"),
    keys_overdue: "bool",
    counts_at: nullable("timestamptz"),
    counts_overdue: "bool",
    places_at: nullable("timestamptz"),
    places_overdue: "bool",
    runs_at: nullable("timestamptz"),
    runs_overdue: "bool",
    audit_at: nullable("timestamptz"),
  },
);

/** For how long things are kept, as it is today, and how old the oldest of them are. */
export async function findRetention(reader: Reader): Promise<Kept[]> {
  const row = await executeRawSqlOne(reader, oldest);
  const kept = (
    what: string,
    how: string,
    oldestAt: string | null = null,
    isOverdue = false,
  ): Kept => ({ what, kept: how, oldestAt: isoTimeOrNull(oldestAt), isOverdue });
  return [
    kept("Keys of calls that must not happen twice", "24 hours", row?.keys_at, row?.keys_overdue),
    kept(
      "Counts of limits",
      "until a minute after their window",
      row?.counts_at,
      row?.counts_overdue,
    ),
    kept("Places of streams", "until they end", row?.places_at, row?.places_overdue),
    kept("History of the SQL page", "90 days", row?.runs_at, row?.runs_overdue),
    kept("Workers that fell silent", "an hour"),
    kept("Roles that were lent", "until the moment that was said"),
    kept(
      "Deleted tenants",
      `${TENANT_GRACE_DAYS} days, then they are removed with all that is theirs`,
    ),
    kept("Deleted batches", "ten seconds, then they are removed with their jobs"),
    kept("Audit log", "as many days as AUDIT_DAYS of the workers says", row?.audit_at),
    kept(
      "Batches, jobs, attempts, pages and leads",
      "as long as the settings of their tenant say, or until somebody deletes or erases them",
    ),
  ];
}
