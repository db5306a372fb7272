import type { Reader } from "@scrapersky/db";
import type { ChangedBatch, ChangedInput, ChangedRows } from "../change/changed.contract.ts";
import { followWork } from "../change/follow-work.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import type { BatchSummary } from "./batch.contract.ts";
import { listBatches, readBatches } from "./list-batches.ts";

/**
 * The batches that were written or deleted since a place or a time, as `listChangedJobs` tells jobs: one is told again whenever
 * a job of it is.
 * @throws DomainError INVALID_INPUT for a cursor of something else; CONFLICT when it is too old, or the database was restored since
 */
export async function listChangedBatches(
  reader: Reader,
  who: ContactReader,
  start: string,
  asked: ChangedInput,
): Promise<ChangedRows<ChangedBatch>> {
  const of = { scope: ["changed batches", who.tenantId], start } as const;
  const { rows, ...answer } = await followWork<BatchSummary>(reader, of, asked, {
    ids: "batch_ids",
    idOf: ({ batchId }) => batchId,
    list: (page) => listBatches(reader, who.tenantId, page, who),
    read: (batchIds) => readBatches(reader, who, batchIds),
  });
  const items = rows.map(({ id: batchId, item: batch }): ChangedBatch =>
    batch ? { batchId, deleted: false, batch } : { batchId, deleted: true, batch: null },
  );
  return { items, ...answer };
}
