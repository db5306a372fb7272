import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { batchJobs, exports } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { BATCH_COLUMNS } from "../batch/batch-row.ts";
import { getBatchId } from "../batch/find-batch-id.ts";
import { IS_NOT_REMOVED } from "../batch/is-removed.ts";
import { DomainError, notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Caller } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import { isoTime } from "../time.ts";
import { EXPORT_HOURS_MAX, type ExportFormat } from "./export.contract.ts";
import { EXPORT } from "./export.state.ts";
import { LEASED_UNTIL, requireExportPlace } from "./lease-export.ts";
import { withoutSearch } from "./without-search.ts";

export interface ExportAsk {
  list: string;
  format: ExportFormat;
  /** Filters and order as they were asked for. */
  filters: Record<string, unknown>;
  columns: readonly string[];
  /** An export from which on only what is new is told. */
  sinceId: string | undefined;
  /** A batch that the list is asked for, by which the file is called. */
  batchName: string | undefined;
}

export interface ExportBegun {
  exportId: string;
  /** Rows are told that came from `since` up to `asOf`, ISO 8601. */
  asOf: string;
  since: string | null;
  batchLabel: string | null;
}

// What began before and is not committed has rows that this export does not see and that came before it: the next one
// begins there. A row told twice is cheaper than one that nobody is told of. Who has written nothing for a minute will not.
const newExport = defineStatement(
  `insert into app.exports (tenant_id, list, format, filters, columns, status, since_id, created_by, leased_until, as_of, seen_from)
   select :tenantId::uuid, :list, :format, :filters::jsonb, :columns::text[], ${EXPORT.begin("ask")}, :sinceId::uuid,
     :createdBy::uuid, ${LEASED_UNTIL}, now(), least(now(), (
       select min(xact_start) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()
         and (backend_xid is not null or xact_start > now() - interval '1 minute')
     ))
   returning id, as_of`,
  { id: exports.id, as_of: exports.asOf },
);

// Its process was killed, or could not reach the database for longer than a lease; rows of earlier versions have none.
const lostOnes = defineStatement(
  `update app.exports set status = ${EXPORT.to("fail")}, ended_at = now()
   where tenant_id = :tenantId::uuid and ${EXPORT.may("fail", "status")}
     and coalesce(leased_until, started_at + make_interval(hours => :hours::int)) < now()`,
);

/**
 * Notes that a list is exported, and as of when, with its row in the audit log.
 * @throws DomainError NOT_FOUND for a batch or an earlier export that the tenant does not have; INVALID_INPUT for
 * an earlier one of another list; INVALID_STATE for one that did not reach its reader whole; RATE_LIMITED while as many
 * are under way as may be
 */
export async function beginExport(tx: Tx, caller: Caller, ask: ExportAsk): Promise<ExportBegun> {
  const { actor } = caller;
  const { list, format, filters, columns, sinceId, batchName } = ask;
  const earlier = sinceId === undefined ? undefined : await getEarlier(tx, caller, sinceId, list);
  const batchLabel = batchName === undefined ? null : await getLabel(tx, caller, batchName);
  await requireExportPlace(tx, actor.tenantId);
  await executeRawSql(tx, lostOnes, { tenantId: actor.tenantId, hours: EXPORT_HOURS_MAX + 1 });
  const row = await executeRawSqlOne(tx, newExport, {
    tenantId: actor.tenantId,
    list,
    format,
    filters,
    columns: [...columns],
    sinceId: earlier?.id ?? null,
    createdBy: actor.id,
  });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  await recordAudit(tx, caller, {
    action: "exports.begin",
    targetType: "export",
    targetId: row.id,
    // The log outlives the person that somebody looked for.
    detail: {
      list,
      format,
      filters: withoutSearch(filters),
      columns,
      since: earlier?.id ?? null,
    },
  });
  return {
    exportId: row.id,
    asOf: isoTime(row.as_of),
    since: earlier?.seenFrom ?? null,
    batchLabel,
  };
}

async function getEarlier(tx: Tx, { actor }: Caller, sinceId: string, list: string) {
  const [row] = await tx
    .select({
      id: exports.id,
      list: exports.list,
      status: exports.status,
      seenFrom: exports.seenFrom,
    })
    .from(exports)
    .where(
      and(eq(exports.id, requireUuid(sinceId, "Export")), eq(exports.tenantId, actor.tenantId)),
    );
  if (!row) throw notFound("Export");
  if (row.list !== list) {
    throw new DomainError("INVALID_INPUT", `This export was of ${row.list}.`, {
      fieldErrors: { since: `An export of ${list}; this one was of ${row.list}.` },
    });
  }
  if (row.status !== "complete") {
    throw new DomainError(
      "INVALID_STATE",
      "This export did not arrive whole; take the one before.",
      {
        errorCode: "EXPORT_NOT_COMPLETE",
      },
    );
  }
  return row;
}

async function getLabel(tx: Tx, { actor }: Caller, batchName: string): Promise<string | null> {
  const batchId = await getBatchId(tx, actor.tenantId, batchName);
  const [row] = await tx
    .select({ label: BATCH_COLUMNS.label })
    .from(batchJobs)
    .where(
      and(eq(batchJobs.batchId, batchId), eq(batchJobs.tenantId, actor.tenantId), IS_NOT_REMOVED),
    );
  if (!row) throw notFound("Batch");
  return withoutReach(row.label, contactReaderOf(actor));
}
