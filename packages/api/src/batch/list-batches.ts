import { executeRawSql, type Reader } from "@scrapersky/db";
import { readCursor, writeCursor } from "../list/cursor.ts";
import { pageOf } from "../list/page-of.ts";
import type { Page } from "../list.contract.ts";
import type { BatchListInput, BatchSummary } from "./batch.contract.ts";
import { BATCH_COLUMNS, BATCH_JOINS, type BatchRow, toSummary } from "./batch-row.ts";

interface ListRow extends BatchRow {
  id: number;
}

/** The tenant's batches, newest first. */
export async function listBatches(
  reader: Reader,
  tenantId: string,
  input: BatchListInput,
): Promise<Page<BatchSummary>> {
  const scope = ["batches.list", tenantId, input.status ?? null];
  const [beforeTime, beforeId] =
    input.cursor === undefined ? [null, null] : readCursor(scope, input.cursor, ["time", "int"]);
  const rows = await executeRawSql<ListRow>(
    reader,
    `select b.id, ${BATCH_COLUMNS}
     from batch_jobs b ${BATCH_JOINS}
     where b.tenant_id = :tenantId::uuid
       and (:status::text[] is null or b.status = any(:status::text[]))
       and (:beforeTime::timestamp is null or (b.created_at, b.id) < (:beforeTime::timestamp, :beforeId::int))
     order by b.created_at desc, b.id desc
     limit :limit::int`,
    { tenantId, status: input.status ?? null, beforeTime, beforeId, limit: input.limit + 1 },
  );
  return pageOf(rows, input.limit, toSummary, (last) =>
    writeCursor(scope, [last.created_at, last.id]),
  );
}
