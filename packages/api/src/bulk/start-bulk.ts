import { certain, expression, type Tx, withOptions } from "@scrapersky/db";
import { bulkActions, bulkChunks } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { withoutSearch } from "../export/without-search.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { inTime, LIST_READ_MAX_MS } from "../list/in-time.ts";
import type { Caller } from "../rbac/actor.ts";
import { type ContactReader, contactReaderOf } from "../rbac/contact-reader.ts";
import { chunkSizeOf } from "./bulk-acts.ts";
import type { BulkReasonWord } from "./bulk-reasons.ts";
import { subjectsOf } from "./bulk-subjects.ts";
import { BULK_CONFIRM_ABOVE } from "../wire.contract.ts";
import {
  BULK_SKIPPED_TOLD_MAX,
  type BulkAction,
  type BulkCall,
  type BulkPreview,
  type BulkStart,
} from "./bulk.contract.ts";
import { BULK } from "./bulk.state.ts";
import { dateCall } from "./date-call.ts";
import { findUnknownIds } from "./find-unknown-ids.ts";
import { getBulkAction } from "./get-bulk-action.ts";
import { previewBulk, rowsMaxOf } from "./preview-bulk.ts";
import { selectJudged } from "./select-judged.ts";

/** What is told of rows before the first chunk; chunks count from 1. */
const BEFORE_FIRST = 0;

/**
 * Begins to do something to many rows: finds them, and keeps which they are, so that none that comes later is touched.
 * Nothing is done to them yet; whoever finds it open goes on with it chunk by chunk.
 * @param as the procedure that was called
 * @throws DomainError INVALID_INPUT for more rows than one act takes, or another number of them than was confirmed;
 * FORBIDDEN for a filter that the caller may not ask; UNAVAILABLE when looking takes too long; CONFLICT from the
 * idempotency key
 */
export async function startBulk(
  tx: Tx,
  caller: Caller,
  { idempotencyKey: key, confirmCount, ...asked }: BulkStart,
  as: "bulk.start" | "domains.rescan" = "bulk.start",
): Promise<BulkAction & { replayed: boolean }> {
  const { actor } = caller;
  const who = contactReaderOf(actor);
  const once = { route: as, key, request: { ...asked, confirmCount } };
  return runOnce(tx, actor, once, async () => {
    const call = await dateCall(tx, asked);
    const preview = await previewBulk(tx, who, call);
    if (!preview.exact) throw tooMany(call);
    const id = await insertAction(tx, caller, call, preview);
    const eligible = await keepRows(tx, who, call, id);
    requireConfirmed(eligible, confirmCount);
    const skipped = preview.total - preview.eligible;
    if (skipped > 0) await keepSkipped(tx, caller, call, id);
    await tx
      .update(bulkActions)
      .set({ total: eligible + skipped })
      .where(eq(bulkActions.id, id));
    await recordAudit(tx, caller, {
      action: as,
      targetType: "bulk",
      targetId: id,
      detail: { action: call.action, ...told(call), eligible, skipped },
    });
    return getBulkAction(tx, who, id);
  });
}

/** Of the audit log, which outlives whom somebody looked for. */
const told = ({ target }: BulkCall) =>
  "ids" in target
    ? { list: target.list, ids: target.ids.length }
    : { list: target.list, filter: withoutSearch(target.filter), as_of: target.asOf };

async function insertAction(
  tx: Tx,
  { actor, source }: Caller,
  { action, target, settings }: BulkCall,
  { ineligible }: BulkPreview,
): Promise<string> {
  const kept: BulkAction["target"] =
    "ids" in target
      ? { ids: target.ids.length }
      : { filter: target.filter, q: target.q ?? null, asOf: target.asOf };
  const [row] = await tx
    .insert(bulkActions)
    .values({
      tenantId: actor.tenantId,
      action,
      list: target.list,
      target: kept,
      settings,
      status: BULK.begins.start,
      total: 0,
      skipped: ineligible.reduce((sum, { count }) => sum + count, 0),
      reasons: Object.fromEntries(ineligible.map(({ reason, count }) => [reason, count])),
      nextChunk: BEFORE_FIRST + 1,
      createdBy: actor.id,
      actorKind: actor.kind,
      apiKeyId: actor.apiKeyId,
      source,
      createdAt: sql`clock_timestamp()`,
    })
    .returning({ id: bulkActions.id });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  return row.id;
}

/** Keeps which rows are eligible, in chunks. Gives how many there are. */
async function keepRows(tx: Tx, who: ContactReader, call: BulkCall, id: string): Promise<number> {
  const { list } = subjectsOf(call.action, call.target.list);
  const within = withOptions(tx, { timeoutMs: LIST_READ_MAX_MS });
  const judged = selectJudged(within, call, who);
  // In the order of the table's columns: its queries are not told them.
  const chunks = sql`select ${id}::uuid, ${BEFORE_FIRST + 1} + ((place - 1) / ${chunkSizeOf(call.action)}::int)::int as chunk,
      array_agg(subject order by place), '[]'::jsonb, null::jsonb
    from (
      select subject, row_number() over (order by subject) as place
      from (select distinct subject from (${judged}) judged where reason is null) eligible
    ) placed group by chunk`;
  const kept = await inTime(
    list.contract,
    within
      .insert(bulkChunks)
      .select(chunks)
      .returning({ size: expression(certain("int4"))`cardinality(${bulkChunks.ids})` }),
  );
  return kept.reduce((sum, { size }) => sum + size, 0);
}

function requireConfirmed(eligible: number, confirmCount: number | undefined): void {
  if (eligible <= BULK_CONFIRM_ABOVE || confirmCount === eligible) return;
  const count = eligible.toLocaleString("en");
  const message =
    confirmCount === undefined
      ? `${count} rows would be changed: confirm by their number.`
      : `${count} rows would be changed by now, not ${confirmCount.toLocaleString("en")}: look at the preview again.`;
  throw new DomainError("INVALID_INPUT", message, {
    errorCode: "CONFIRM_COUNT",
    fieldErrors: { confirmCount: message },
  });
}

/** Keeps which rows are left out from the beginning, some of them. */
async function keepSkipped(tx: Tx, { actor }: Caller, call: BulkCall, id: string): Promise<void> {
  const who = contactReaderOf(actor);
  const unknown = await findUnknownIds(tx, who.tenantId, call);
  const left = await tx
    .selectDistinct({ id: expression("text")`subject::text`, reason: expression("text")`reason` })
    .from(sql`(${selectJudged(tx, call, who)}) judged`)
    .where(sql`reason is not null`)
    .limit(BULK_SKIPPED_TOLD_MAX);
  const reason: BulkReasonWord = "unknown";
  const told = [...unknown.map((each) => ({ id: each, reason })), ...left];
  await tx.insert(bulkChunks).values({ bulkId: id, number: BEFORE_FIRST, ids: [], told });
}

function tooMany(call: BulkCall): DomainError {
  const most = rowsMaxOf(call).toLocaleString("en");
  const message = `${call.action} takes at most ${most} rows at once: narrow the filter.`;
  return new DomainError("INVALID_INPUT", message, {
    errorCode: "TOO_MANY_ROWS",
    fieldErrors: { target: message },
  });
}
