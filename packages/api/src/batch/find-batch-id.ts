import type { Reader } from "@scrapersky/db";
import { batchJobs, batchNames } from "@scrapersky/db/schema";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { notFound } from "../errors/domain-error.ts";
import { isUuid } from "../identifier.ts";
import { IS_NOT_REMOVED } from "./is-removed.ts";

const COLUMNS = { batchId: batchNames.batchId };
const isNamed = (tenantId: string, name: string) =>
  and(eq(batchNames.tenantId, tenantId), eq(batchNames.name, name));

/**
 * The id of the batch that a caller names, for a condition: its uuid, or what the first system called it in this tenant.
 * Null for a text that names none; whether a uuid is of a batch is for the condition to see.
 */
export function namedBatch(tenantId: string, name: string): string | SQL<string | null> {
  if (isUuid(name)) return name.toLowerCase();
  const found = new QueryBuilder().select(COLUMNS).from(batchNames).where(isNamed(tenantId, name));
  return sql`${found}`;
}

/** @throws DomainError NOT_FOUND for a text that names no batch of the tenant */
export async function getBatchId(reader: Reader, tenantId: string, name: string): Promise<string> {
  if (isUuid(name)) return name.toLowerCase();
  const [row] = await reader.select(COLUMNS).from(batchNames).where(isNamed(tenantId, name));
  if (!row) throw notFound("Batch");
  return row.batchId;
}

/** @throws DomainError NOT_FOUND for what names no batch of the tenant, a uuid too */
export async function requireBatch(reader: Reader, tenantId: string, name: string): Promise<void> {
  const batchId = await getBatchId(reader, tenantId, name);
  const [row] = await reader
    .select({ batchId: batchJobs.batchId })
    .from(batchJobs)
    .where(and(eq(batchJobs.batchId, batchId), eq(batchJobs.tenantId, tenantId), IS_NOT_REMOVED));
  if (!row) throw notFound("Batch");
}
