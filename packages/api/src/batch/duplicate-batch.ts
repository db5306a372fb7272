import { defineStatement, executeRawSql, nullable, type Reader } from "@scrapersky/db";
import { batchJobs, batchLists } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { JOB } from "../job/job.state.ts";
import type { Actor } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import { MAX_CONCURRENT_DEFAULT, MAX_PAGES_DEFAULT } from "./batch.contract.ts";
import { type BatchDraft, type BatchDuplicate, DRAFT_LINES_MAX } from "./batch-act.contract.ts";
import { BATCH_COLUMNS } from "./batch-row.ts";
import { getBatchId } from "./find-batch-id.ts";
import { IS_NOT_REMOVED } from "./is-removed.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";

const ROW = {
  line: "int4",
  entry: "int4",
  input: "text",
  domain: nullable("text"),
  cells: "text[]",
} as const;

const HAS_FAILED = `exists (select from jobs j where j.job_id = s.job_id and ${JOB.is("failed", "j.status")})`;

const keptLines = defineStatement(
  `select l.line, l.entry, l.input, l.domain, l.cells
   from app.batch_lines l left join app.scrape_jobs s on s.batch_id = l.batch_id and s.position = l.position
   where l.batch_id = :batchId::uuid and (l.line, l.entry) > (:line::int, :entry::int) and (not :onlyFailed::boolean or ${HAS_FAILED})
   order by l.line, l.entry limit :limit::int`,
  ROW,
);

const distinctLines = defineStatement(
  `select s.position + 1 as line, 0 as entry, s.input,
     case when s.error_code is distinct from '${INVALID_DOMAIN}' then s.domain end as domain, '{}'::text[] as cells
   from app.scrape_jobs s
   where s.batch_id = :batchId::uuid and (s.position + 1, 0) > (:line::int, :entry::int) and s.position >= :line::int
     and (not :onlyFailed::boolean or ${HAS_FAILED})
   order by s.position limit :limit::int`,
  ROW,
);

/** Behind every entry of a line. */
const LAST_ENTRY = 2_147_483_647;

/**
 * The list of a batch and its settings, for another batch to be made of: all lines as they were given, or those whose jobs
 * failed. Large lists come in parts: `next` is where the next one begins. Without the right to contacts the names of sites
 * are told, and no more.
 * @throws DomainError NOT_FOUND; FORBIDDEN without `batches:read`
 */
export async function duplicateBatch(
  reader: Reader,
  actor: Actor,
  { batchId: batchName, only, after }: BatchDuplicate,
): Promise<BatchDraft> {
  requirePermission(actor, "batches:read");
  const batchId = await getBatchId(reader, actor.tenantId, batchName);
  const [batch] = await reader
    .select({
      label: BATCH_COLUMNS.label,
      maxPages: BATCH_COLUMNS.maxPages,
      maxConcurrent: BATCH_COLUMNS.maxConcurrent,
      list: { columns: batchLists.columns, nameColumn: batchLists.nameColumn },
    })
    .from(batchJobs)
    .leftJoin(batchLists, eq(batchLists.batchId, batchJobs.batchId))
    .where(
      and(eq(batchJobs.batchId, batchId), eq(batchJobs.tenantId, actor.tenantId), IS_NOT_REMOVED),
    );
  if (!batch) throw notFound("Batch");
  const lines = await executeRawSql(reader, batch.list ? keptLines : distinctLines, {
    batchId,
    ...(after ?? { line: 0, entry: LAST_ENTRY }),
    onlyFailed: only === "failed",
    limit: DRAFT_LINES_MAX,
  });
  const { mayReadContacts } = contactReaderOf(actor);
  const columns = mayReadContacts ? (batch.list?.columns ?? []) : [];
  const last = lines.length < DRAFT_LINES_MAX ? undefined : lines.at(-1);
  return {
    label: withoutReach(batch.label, { mayReadContacts }),
    maxPages: batch.maxPages ?? MAX_PAGES_DEFAULT,
    maxConcurrent: batch.maxConcurrent ?? MAX_CONCURRENT_DEFAULT,
    columns,
    nameColumn: columns.length === 0 ? null : (batch.list?.nameColumn ?? null),
    rows: lines.flatMap(({ line, input, domain, cells }, at) => {
      if (columns.length > 0) return line === lines[at - 1]?.line ? [] : [cells];
      const told = mayReadContacts ? input : domain;
      return told === null ? [] : [[told]];
    }),
    next: last ? { line: last.line, entry: columns.length > 0 ? LAST_ENTRY : last.entry } : null,
  };
}
