import {
  defineStatement,
  executeRawSql,
  executeRawSqlOne,
  nullable,
  type Tx,
  typed,
} from "@scrapersky/db";
import { batchJobs, batchLists, scrapeJobs } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { promoteJobs } from "../backlog/promote-jobs.ts";
import { DomainError, notFound } from "../errors/domain-error.ts";
import { runOnce } from "../idempotency/run-once.ts";
import type { SortedEntry } from "../intake/sort-lines.ts";
import { type ContactReader, contactReaderOf } from "../rbac/contact-reader.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { BatchStatus } from "../status.ts";
import {
  BATCH_DOMAINS_MAX,
  type BatchAppended,
  type BatchAppendInput,
  MAX_PAGES_DEFAULT,
} from "./batch.contract.ts";
import { BATCH } from "./batch.state.ts";
import { cancelledOf } from "./count-finished.ts";
import type { BatchCreator } from "./create-batch.ts";
import { getBatchId } from "./find-batch-id.ts";
import { insertJobs } from "./insert-jobs.ts";
import { actedState } from "./is-cancelling.ts";
import { isNotRemoved } from "./is-removed.ts";
import { planJobs, type Plan } from "./plan-jobs.ts";
import type { GivenList } from "./read-given.ts";
import { storeLines } from "./store-list.ts";
import { tellRefused } from "./tell-refused.ts";

const grown = defineStatement(
  `select ${actedState("b")} as status, coalesce(b.total_domains, 0) as total, (b.options->>'max_pages')::int as max_pages, l.columns, l.last_line
   from batch_jobs b left join app.batch_lists l on l.batch_id = b.batch_id
   where b.batch_id = :batchId::uuid and b.tenant_id = :tenantId::uuid and ${isNotRemoved("b.batch_id")}
   for no key update of b`,
  {
    status: typed<BatchStatus>(batchJobs.status),
    total: "int4",
    max_pages: nullable("int4"),
    columns: nullable(batchLists.columns),
    last_line: nullable("int4"),
  },
);

const knownDomains = defineStatement(
  `select s.domain, s.position, min(l.line) as line
   from app.scrape_jobs s join app.batch_lines l on l.batch_id = s.batch_id and l.position = s.position
   where s.batch_id = :batchId::uuid and s.domain = any(:domains::text[]) and l.domain is not null
   group by s.domain, s.position`,
  { domain: scrapeJobs.domain, position: scrapeJobs.position, line: "int4" },
);

const counted = defineStatement(
  `update batch_jobs set total_domains = total_domains + :added::int, failed_domains = failed_domains + :failed::int,
     progress = (completed_domains + failed_domains + ${cancelledOf("batch_jobs")} + :failed::int)::float8 / (total_domains + :added::int),
     updated_at = timezone('utc', now())
   where batch_id = :batchId::uuid`,
);

const longerList = defineStatement(
  "update app.batch_lists set last_line = :lastLine::int where batch_id = :batchId::uuid",
);

const widened = defineStatement(
  `update app.batch_windows set next_position = least(coalesce(next_position, :from::int), :from::int)
   where batch_id = :batchId::uuid`,
);

/**
 * Adds lines to the list of a batch that has not ended, as creating does with its first ones; lines behind those that are there.
 * Its progress falls by what there is more to do.
 * @throws DomainError NOT_FOUND; INVALID_STATE when the batch has ended; INVALID_INPUT for other columns than the list
 * has, or more domains than a batch holds; CONFLICT from the idempotency key
 */
export async function appendBatch(
  tx: Tx,
  caller: BatchCreator,
  input: BatchAppendInput,
  list: GivenList,
): Promise<BatchAppended> {
  const { actor } = caller;
  const { idempotencyKey: key, ...request } = input;
  const batchId = await getBatchId(tx, actor.tenantId, input.batchId);
  return runOnce(tx, actor, { route: "batches.append", key, request }, async () => {
    // Whoever cancels it meanwhile waits, and finds these jobs too.
    await takeLock(tx, "batch", batchId);
    const batch = await lockOpen(tx, contactReaderOf(actor), batchId, list);
    const entries = await findDoubles(tx, batchId, batch.lastLine, list.entries);
    const plan = await planMore(entries, list, batch.total);
    const failed = plan.jobs.filter(({ reason }) => reason !== null).length;
    const { maxPages, total: from, lastLine } = batch;
    if (plan.jobs.length > 0) {
      await insertJobs(tx, caller, { batchId, jobs: plan.jobs, from, maxPages });
      await executeRawSql(tx, counted, { batchId, added: plan.jobs.length, failed });
    }
    const sorted = entries.map(({ entry }) => entry);
    const cells = new Map([...list.cells].map(([line, own]) => [line + lastLine, own]));
    await storeLines(tx, { batchId, entries: sorted, cells, plan });
    const last = sorted.at(-1)?.line ?? lastLine;
    await executeRawSql(tx, longerList, { batchId, lastLine: last });
    const told = tellRefused(sorted, list.cut);
    await recordAudit(tx, caller, {
      action: "batches.append",
      targetType: "batch",
      targetId: batchId,
      detail: { jobs: plan.jobs.length, invalid: told.invalidCount },
    });
    await executeRawSql(tx, widened, { batchId, from });
    await promoteJobs(tx, caller.queue, [batchId]);
    const jobCount = plan.jobs.length;
    return { batchId, jobCount, total: from + jobCount, ...told };
  });
}

async function lockOpen(
  tx: Tx,
  { tenantId, mayReadContacts }: ContactReader,
  batchId: string,
  list: GivenList,
) {
  const batch = await executeRawSqlOne(tx, grown, { batchId, tenantId });
  if (!batch) throw notFound("Batch");
  if (!BATCH.can("append", batch.status) || batch.last_line === null) {
    const why = "This batch has ended: its list does not grow any more. Create another one.";
    throw new DomainError("INVALID_STATE", why, { errorCode: "BATCH_ENDED" });
  }
  const columns = batch.columns ?? [];
  if (list.columns.join("\n") !== columns.join("\n")) {
    const why =
      columns.length === 0
        ? "The list of this batch has no columns."
        : `The list of this batch has other columns${mayReadContacts ? `: ${columns.join(", ")}` : ""}.`;
    throw new DomainError("INVALID_INPUT", why, { fieldErrors: { rows: why } });
  }
  return {
    total: batch.total,
    maxPages: batch.max_pages ?? MAX_PAGES_DEFAULT,
    lastLine: batch.last_line,
  };
}

/** An entry as it stands in the whole list, and the place of the job of an earlier line that it doubles. */
interface Placed {
  entry: SortedEntry;
  place: number | null;
}

async function findDoubles(
  tx: Tx,
  batchId: string,
  lastLine: number,
  entries: readonly SortedEntry[],
): Promise<Placed[]> {
  const domains = [...new Set(entries.flatMap(({ domain }) => domain ?? []))];
  const found = await executeRawSql(tx, knownDomains, { batchId, domains });
  const known = new Map(found.map((row) => [row.domain, row]));
  return entries.map((given) => {
    const line = given.line + lastLine;
    const earlier = given.domain === null ? undefined : known.get(given.domain);
    if (earlier === undefined) {
      const of = given.of === null ? null : given.of + lastLine;
      return { entry: { ...given, line, of }, place: null };
    }
    return {
      entry: { ...given, line, kind: "duplicate", of: earlier.line },
      place: earlier.position,
    };
  });
}

/** Jobs for what no earlier line names, behind those that are there. */
async function planMore(
  entries: readonly Placed[],
  { refusedFail }: Pick<GivenList, "refusedFail">,
  from: number,
): Promise<Plan> {
  const fresh = entries.filter(({ place }) => place === null).map(({ entry }) => entry);
  const plan: Plan =
    fresh.length === 0 ? { jobs: [], places: [] } : await planJobs({ entries: fresh, refusedFail });
  if (from + plan.jobs.length > BATCH_DOMAINS_MAX) {
    const most = `A batch holds at most ${BATCH_DOMAINS_MAX.toLocaleString("en")} domains.`;
    throw new DomainError("INVALID_INPUT", most, { errorCode: "TOO_MANY_DOMAINS" });
  }
  const places = plan.places.map((place) => (place === null ? null : place + from));
  let next = 0;
  return { jobs: plan.jobs, places: entries.map(({ place }) => place ?? places[next++] ?? null) };
}
