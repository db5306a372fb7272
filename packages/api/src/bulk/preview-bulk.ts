import { expression, nullable, type Reader, withOptions } from "@scrapersky/db";
import { sql } from "drizzle-orm";
import { BATCH_DOMAINS_MAX } from "../batch/batch.contract.ts";
import { countRows } from "../list/count-rows.ts";
import { inTime, LIST_READ_MAX_MS } from "../list/in-time.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { bulkSentenceOf } from "./bulk-reasons.ts";
import { subjectsOf, toldNameOf } from "./bulk-subjects.ts";
import {
  BULK_ROWS_MAX,
  type BulkCall,
  type BulkPreview,
  type BulkTarget,
  type BulkWish,
} from "./bulk.contract.ts";
import { dateCall } from "./date-call.ts";
import { findUnknownIds } from "./find-unknown-ids.ts";
import { filtersOf, selectJudged } from "./select-judged.ts";

/** Rows that one bulk action takes; a rescan as many as a batch holds. */
export const rowsMaxOf = ({ action }: Pick<BulkCall, "action">): number =>
  action === "leads.rescan" ? BATCH_DOMAINS_MAX : BULK_ROWS_MAX;

/** Names of unknown ids that are told. */
const SAMPLE = 2;

/**
 * What an act would do to the rows that it means: how many it would take, and why not the others. Several rows of one lead
 * count once.
 * @throws DomainError FORBIDDEN for a filter that the caller may not ask; UNAVAILABLE when looking takes too long
 */
export async function previewBulk(
  reader: Reader,
  who: ContactReader,
  asked: BulkCall<BulkWish>,
  rowsMax: number = rowsMaxOf(asked),
): Promise<BulkPreview> {
  const call = await dateCall(reader, asked);
  const subjects = subjectsOf(call.action, call.target.list);
  const { list, named, subject } = subjects;
  const within = withOptions(reader, { timeoutMs: LIST_READ_MAX_MS });
  const some = selectJudged(within, call, who).limit(rowsMax + 1);
  const counted = named === subject ? sql`count(*)` : sql`count(distinct subject)`;
  const groups = await inTime(
    list.contract,
    within
      .select({
        reason: expression(nullable("text"))`reason`,
        count: expression("int4")`${counted}::int`,
        rows: expression("int4")`count(*)::int`,
        first: expression("text")`coalesce(min(name), '')`,
        last: expression("text")`coalesce(max(name), '')`,
      })
      .from(sql`(${some}) judged`)
      .groupBy(sql`reason`)
      .orderBy(sql`2 desc`, sql`1`),
  );
  const looked = groups.reduce((sum, { rows }) => sum + rows, 0);
  if (looked > rowsMax) return tooMany(within, who, call);
  const unknown = await findUnknownIds(within, who.tenantId, call);
  const sampleOf = (names: string[]) =>
    [...new Set(names)]
      .filter((name) => name !== "")
      .map((name) => toldNameOf(subjects, name, who));
  const ineligible = groups.flatMap(({ reason, count, first, last }) =>
    reason === null ? [] : [toIneligible(reason, count, sampleOf([first, last]))],
  );
  if (unknown.length > 0) {
    ineligible.push(toIneligible("unknown", unknown.length, unknown.slice(0, SAMPLE)));
  }
  const eligible = groups.find(({ reason }) => reason === null)?.count ?? 0;
  const total = ineligible.reduce((sum, { count }) => sum + count, eligible);
  return { total, eligible, ineligible, exact: true, asOf: asOfOf(call.target) };
}

const asOfOf = (target: BulkTarget): string | null => ("ids" in target ? null : target.asOf);

const toIneligible = (reason: string, count: number, sample: string[]) => ({
  reason,
  text: bulkSentenceOf(reason),
  count,
  sample,
});

/** None is taken of more rows than one act takes. */
async function tooMany(reader: Reader, who: ContactReader, call: BulkCall): Promise<BulkPreview> {
  const { list } = subjectsOf(call.action, call.target.list);
  const filters = "ids" in call.target ? {} : filtersOf(call.target);
  const { value } = await countRows(reader, list, who.tenantId, filters, who);
  return {
    total: value,
    eligible: 0,
    ineligible: [toIneligible("too_many_rows", value, [])],
    exact: false,
    asOf: asOfOf(call.target),
  };
}
