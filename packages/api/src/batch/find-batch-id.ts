import { executeRawSqlOne, type Reader } from "@scrapersky/db";
import { notFound } from "../errors/domain-error.ts";
import { isUuid } from "../identifier.ts";

/**
 * The id of the batch that a caller names: its uuid, or what the first system called it in this tenant.
 * Undefined for a text that names none; whether a uuid is of a batch is for the caller to see.
 */
export async function findBatchId(
  reader: Reader,
  tenantId: string,
  name: string,
): Promise<string | undefined> {
  if (isUuid(name)) return name.toLowerCase();
  const row = await executeRawSqlOne<{ batch_id: string }>(
    reader,
    "select batch_id from app.batch_names where tenant_id = :tenantId::uuid and name = :name::text",
    { tenantId, name },
  );
  return row?.batch_id;
}

/** @throws DomainError NOT_FOUND for a text that names no batch of the tenant */
export async function getBatchId(reader: Reader, tenantId: string, name: string): Promise<string> {
  const batchId = await findBatchId(reader, tenantId, name);
  if (batchId === undefined) throw notFound("Batch");
  return batchId;
}
