import type { Tx } from "@scrapersky/db";
import { sampleTable } from "@scrapersky/db/portal";
import { recordAudit } from "../audit/record-audit.ts";
import { notFound } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import type { DbSample, SampleInput } from "./db-portal.contract.ts";

/**
 * Some rows of a table, of whichever tenants, without secrets.
 * @throws DomainError NOT_FOUND for what is no table whose rows are shown
 */
export async function readSample(
  tx: Tx,
  caller: Caller,
  { table, limit }: SampleInput,
): Promise<DbSample> {
  const sample = await sampleTable(tx, table, limit);
  if (sample === undefined) throw notFound("Table");
  await recordAudit(tx, caller, {
    action: "db.sample",
    targetType: "table",
    targetId: table,
    detail: { rows: sample.rows.length },
  });
  return sample;
}
