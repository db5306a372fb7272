import { batchJobs, jobs, scrapeJobs } from "@scrapersky/db/schema";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { namedBatch } from "../batch/find-batch-id.ts";
import { isMadeBy } from "../batch/is-made-by.ts";
import { hasNoRemovedBatch } from "../batch/is-removed.ts";
import { contains, CONTAINS_MIN } from "../list/contains.ts";
import type { FilterValues } from "../list/list.contract.ts";
import { isFound } from "../list/is-found.ts";
import type { SortKey } from "../list/list-rows.ts";
import type { FindWays, Gather, Walk, Ways } from "../list/ways.ts";
import type { JobStatus } from "../status.ts";
import type { JOB_LIST } from "./job-list.contract.ts";

type Batch = string | SQL | undefined;
type Filters = FilterValues<typeof JOB_LIST>;

/** Each row is looked up in the other one of two tables: 1.5 µs. */
const PAIRS_WORTH_A_WALK = 150_000;
/** Of an index alone: 0.2 µs. */
const NAMES_WORTH_A_WALK = 2_000_000;

/** A job and its line: by the number, in whose order both are read side by side. */
export const IS_LINE_OF = sql`${and(
  eq(scrapeJobs.tenantId, jobs.tenantIdUuid),
  eq(scrapeJobs.number, jobs.id),
)}`;

/**
 * In any part of its name; of one or two letters, at its beginning. That is no LIKE: the planner would take the index of trigrams for it,
 * which reads what has the letters anywhere.
 */
export const isJobSearched = (text: string): SQL =>
  text.length < CONTAINS_MIN
    ? sql`${scrapeJobs.domain} ^@ ${text.toLowerCase()}::text`
    : contains(scrapeJobs.domain, text.toLowerCase());

/** What moves comes first: running jobs, then those that wait. */
const RANKS = {
  running: 2,
  pending: 1,
  complete: 0,
  failed: 0,
  cancelled: 0,
} as const satisfies Record<JobStatus, number>;
const STATUSES = Object.keys(RANKS) as JobStatus[];

export const MOVING_RANK: SortKey = {
  value: sql`case when ${eq(jobs.status, "running" satisfies JobStatus)} then ${RANKS.running}::int
    when ${eq(jobs.status, "pending" satisfies JobStatus)} then ${RANKS.pending}::int else 0 end`,
  type: "integer",
};

/** Ranges of the indexes on (tenant or batch, status or error code, number): what is searched by name may be few of one. */
export const findJobWays: FindWays<typeof JOB_LIST> = ({ tenantId, filters, order }) => {
  const { status, errorCode, batchId, q } = filters;
  const batch = batchId === undefined ? undefined : namedBatch(tenantId, batchId);
  if (order === "moving") return findMovingWays(tenantId, batch, filters);
  const also = askedBesides(tenantId, filters);
  const mayBeFew = q || (status !== undefined && errorCode !== undefined);
  return {
    walk:
      errorCode !== undefined
        ? walkFailures(tenantId, batch, errorCode, filters)
        : status !== undefined || batch !== undefined
          ? walkPairs(tenantId, batch, filters)
          : walkNames(tenantId, q),
    gather: mayBeFew ? gatherJobs(tenantId, batch, filters) : also && { narrow: also },
    also,
  };
};

/** Since then it is in the list. */
export const isJobSince = (time: string): SQL =>
  sql`${jobs.createdAt} >= timezone('utc', ${time}::timestamptz)`;

/** Of a batch of these people or programs. */
export const isOfBatchesBy = (ids: readonly string[], tenantId: string): SQL =>
  sql`${jobs.batchId} = any(array${new QueryBuilder()
    .select({ batchId: batchJobs.batchId })
    .from(batchJobs)
    .where(and(eq(batchJobs.tenantId, tenantId), isMadeBy(ids)))})`;

/** What no walk says. */
const askedBesides = (tenantId: string, { createdSince, createdBy }: Filters): SQL | undefined =>
  and(
    createdSince === undefined
      ? undefined
      : sql`${and(eq(jobs.tenantIdUuid, tenantId), isJobSince(createdSince))}`,
    createdBy && isOfBatchesBy(createdBy, tenantId),
  );

/** One range for each state, so that jobs of one rank lie in the order of their numbers. */
function findMovingWays(tenantId: string, batch: Batch, filters: Filters): Ways {
  const { errorCode, q } = filters;
  const statuses = [...new Set(filters.status ?? STATUSES)];
  const also = askedBesides(tenantId, filters);
  const { table, id, where } = gatherJobs(tenantId, batch, { ...filters, status: undefined });
  return {
    walk: {
      ...walkPairs(tenantId, batch, { ...filters, status: statuses }),
      ranks: statuses.map((status) => RANKS[status]),
    },
    gather:
      q || errorCode !== undefined
        ? { narrow: sql`${jobs.id} = any(array(select ${id} from ${table} where ${where}))` }
        : also && { narrow: also },
    also,
  };
}

const searched = (q: string | undefined): SQL | undefined => (q ? isJobSearched(q) : undefined);

/** The state of the job whose line is looked at; undefined where none is asked for. */
const hasStatus = (status: Filters["status"]): SQL | undefined =>
  status &&
  isFound(
    new QueryBuilder()
      .select({ one: sql`true` })
      .from(jobs)
      .where(and(IS_LINE_OF, inArray(jobs.status, status))),
  );

/** All jobs of the tenant, by an index that has their names. */
const walkNames = (tenantId: string, q: string | undefined): Walk => ({
  table: scrapeJobs,
  id: scrapeJobs.number,
  keys: [scrapeJobs.number],
  ranges: [eq(scrapeJobs.tenantId, tenantId)],
  test: and(searched(q), hasNoRemovedBatch(scrapeJobs.batchId)),
  dense: !q,
  worth: NAMES_WORTH_A_WALK,
});

/** Rows of `jobs`, each with its line. */
const walkPairs = (tenantId: string, batch: Batch, { status, errorCode, q }: Filters): Walk => ({
  ...walkNumbers(tenantId, batch, status),
  test: and(
    hasNoRemovedBatch(jobs.batchId),
    isFound(
      new QueryBuilder()
        .select({ one: sql`true` })
        .from(scrapeJobs)
        .where(and(IS_LINE_OF, searched(q), errorCode && inArray(scrapeJobs.errorCode, errorCode))),
    ),
  ),
  dense: !q && errorCode === undefined,
  worth: PAIRS_WORTH_A_WALK,
});

/** Rows of `jobs` in the order of their numbers. */
export function walkNumbers(tenantId: string, batch: Batch, statuses?: readonly string[]): Walk {
  const own = eq(jobs.tenantIdUuid, tenantId);
  const among = sql`${batch === undefined ? own : and(eq(jobs.batchId, batch), own)}`;
  const ranges = statuses === undefined ? [among] : rangesOf(among, jobs.status, statuses);
  return { table: jobs, id: jobs.id, ranges };
}

function walkFailures(
  tenantId: string,
  batch: Batch,
  codes: readonly string[],
  { status, q }: Filters,
): Walk {
  const { batchId, errorCode, number } = scrapeJobs;
  const own = eq(scrapeJobs.tenantId, tenantId);
  const among = sql`${batch === undefined ? own : and(eq(batchId, batch), own)}`;
  return {
    table: scrapeJobs,
    id: number,
    keys: [number],
    ranges: rangesOf(among, errorCode, codes),
    test: and(searched(q), hasNoRemovedBatch(batchId), hasStatus(status)),
    dense: !q && status === undefined,
    worth: PAIRS_WORTH_A_WALK,
  };
}

const rangesOf = (
  among: SQL,
  column: typeof jobs.status | typeof scrapeJobs.errorCode,
  words: readonly string[],
): SQL[] => [...new Set(words)].flatMap((word) => and(among, eq(column, word)) ?? []);

/** From the index by name, else by error code. */
function gatherJobs(
  tenantId: string,
  batch: Batch,
  { status, errorCode, q }: Filters,
): Extract<Gather, { table: unknown }> {
  const { batchId, number } = scrapeJobs;
  // A search is not for the index by batch: a large batch has more lines than any search is worth.
  const ofBatch =
    batch === undefined
      ? undefined
      : q
        ? sql`${batchId} is not distinct from ${batch}`
        : eq(batchId, batch);
  const codes = errorCode && inArray(scrapeJobs.errorCode, errorCode);
  const own = eq(scrapeJobs.tenantId, tenantId);
  const where = sql`${and(own, searched(q), ofBatch, codes, hasNoRemovedBatch(batchId), hasStatus(status))}`;
  return { table: scrapeJobs, id: number, keys: [number], where };
}
