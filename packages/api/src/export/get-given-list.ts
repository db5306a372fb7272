import { expression, nullable, type Reader } from "@scrapersky/db";
import { batchJobs, batchLists, scrapeJobs } from "@scrapersky/db/schema";
import { and, eq, max } from "drizzle-orm";
import { BATCH_COLUMNS } from "../batch/batch-row.ts";
import { getBatchId } from "../batch/find-batch-id.ts";
import { IS_NOT_REMOVED } from "../batch/is-removed.ts";
import { notFound } from "../errors/domain-error.ts";

/** The list of a batch, without its lines. */
export interface KeptList {
  batchId: string;
  label: string | null;
  /** Names of the columns around the name; none for plain lines. */
  columns: string[];
  /** What comes later was appended meanwhile. */
  lastLine: number;
  /** False for a batch of an earlier version, of which only the distinct lines are known. */
  isKept: boolean;
}

/** @throws DomainError NOT_FOUND when the batch is unknown or of another tenant */
export async function getGivenList(
  reader: Reader,
  tenantId: string,
  batchName: string,
): Promise<KeptList> {
  const batchId = await getBatchId(reader, tenantId, batchName);
  const [row] = await reader
    .select({
      label: BATCH_COLUMNS.label,
      columns: expression(nullable("text[]"))`${batchLists.columns}`,
      lastLine: expression(nullable("int4"))`${batchLists.lastLine}`,
    })
    .from(batchJobs)
    .leftJoin(batchLists, eq(batchLists.batchId, batchJobs.batchId))
    .where(and(eq(batchJobs.batchId, batchId), eq(batchJobs.tenantId, tenantId), IS_NOT_REMOVED));
  if (!row) throw notFound("Batch");
  const { label, columns, lastLine } = row;
  if (lastLine !== null) return { batchId, label, columns: columns ?? [], lastLine, isKept: true };
  const [last] = await reader
    .select({ position: max(scrapeJobs.position) })
    .from(scrapeJobs)
    .where(eq(scrapeJobs.batchId, batchId));
  return { batchId, label, columns: [], lastLine: (last?.position ?? -1) + 1, isKept: false };
}
