import { expression, type Reader } from "@scrapersky/db";
import { sql } from "drizzle-orm";
import type { BulkCall } from "./bulk.contract.ts";
import { selectJudged } from "./select-judged.ts";

/** The ids of a target that name no row of the tenant, as they were given; another tenant's are among them. */
export async function findUnknownIds(
  reader: Reader,
  tenantId: string,
  call: BulkCall,
): Promise<string[]> {
  if (!("ids" in call.target)) return [];
  const known = selectJudged(reader, call, { tenantId, mayReadContacts: false });
  const rows = await reader
    .select({ id: expression("text")`named::text` })
    .from(sql`(${known}) judged`);
  const ids = new Set(rows.map(({ id }) => id));
  const given = new Map(call.target.ids.map((id) => [id.toLowerCase(), id]));
  return Array.from(given).flatMap(([id, text]) => (ids.has(id) ? [] : [text]));
}
