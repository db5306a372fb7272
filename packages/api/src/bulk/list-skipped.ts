import { certain, expression, nullable, type Reader, typed } from "@scrapersky/db";
import { bulkChunks } from "@scrapersky/db/schema";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Actor } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { withoutReachIn } from "../rbac/without-reach.ts";
import type { Told } from "./act-on-chunk.ts";
import { bulkSentenceOf } from "./bulk-reasons.ts";
import {
  BULK_LISTS,
  BULK_SKIPPED_TOLD_MAX,
  type BulkAction,
  type BulkSkippedRows,
} from "./bulk.contract.ts";
import { getBulkAction } from "./get-bulk-action.ts";
import { subjectsOf, toldNameOf } from "./bulk-subjects.ts";
import { selectNames } from "./select-judged.ts";

/**
 * Rows that a bulk action did not change, in the order in which it came to them, with what they are called for those who may
 * read their list.
 * @throws DomainError NOT_FOUND
 */
export async function listSkipped(
  reader: Reader,
  actor: Actor,
  idText: string,
): Promise<BulkSkippedRows> {
  const action = await getBulkAction(reader, contactReaderOf(actor), idText);
  const told = await reader
    .select({ row: expression(certain(typed<Told>("jsonb")))`told.row` })
    .from(bulkChunks)
    .crossJoin(sql`jsonb_array_elements(${bulkChunks.told}) with ordinality as told (row, place)`)
    .where(and(eq(bulkChunks.bulkId, action.id)))
    .orderBy(asc(bulkChunks.number), sql`told.place`)
    .limit(BULK_SKIPPED_TOLD_MAX);
  const rows = told.map(({ row }) => row);
  const names = await findNames(reader, actor, action, rows);
  const rights = contactReaderOf(actor);
  return {
    items: rows.map((row) => ({
      // What names no row is what somebody gave for an id.
      ...withoutReachIn(row, rights),
      name: names.get(row.id) ?? null,
      text: bulkSentenceOf(row.reason),
    })),
    total: action.skipped + action.failed,
  };
}

async function findNames(
  reader: Reader,
  actor: Actor,
  { action, list }: BulkAction,
  rows: readonly Told[],
): Promise<Map<string, string | null>> {
  if (rows.length === 0 || !actor.permissions.has(BULK_LISTS[list].permission)) return new Map();
  const rights = contactReaderOf(actor);
  const ids = rows.map(({ id }) => id);
  const known = await reader
    .select({ id: expression("text")`subject::text`, name: expression(nullable("text"))`name` })
    .from(sql`(${selectNames(reader, { action, list }, rights, ids)}) named`);
  const subjects = subjectsOf(action, list);
  return new Map(known.map(({ id, name }) => [id, toldNameOf(subjects, name, rights)]));
}
