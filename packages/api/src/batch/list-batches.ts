import type { Reader } from "@scrapersky/db";
import { batchJobs, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { contains, containsFolded } from "../list/contains.ts";
import { defineList } from "../list/define-list.ts";
import { descending, type ListRows } from "../list/list-rows.ts";
import type { Rights } from "../list/list-rights.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import type { BatchSummary } from "./batch.contract.ts";
import { BATCH_LIST } from "./batch-list.contract.ts";
import { isMadeBy } from "./is-made-by.ts";
import { IS_NOT_REMOVED } from "./is-removed.ts";
import { BATCH_COLUMNS, type BatchRow, CREATORS, FIRST_DOMAIN, toSummary } from "./batch-row.ts";

/** An address or a number may be in it; a little more than what is hidden, so that nothing of that is found. */
const MAY_REACH = "@|([0-9][^[:alnum:]]{0,3}){7}";

/** The index on (tenant_id, created_at, id) gives the page. */
const BATCH_ROWS: ListRows<typeof BATCH_LIST> = {
  tenant: (tenantId) => sql`${eq(batchJobs.tenantId, tenantId)} and ${IS_NOT_REMOVED}`,
  id: batchJobs.id,
  from: (select) => select.from(batchJobs),
  where: {
    status: (statuses) => inArray(batchJobs.status, statuses),
    createdBy: isMadeBy,
    q: (text) =>
      or(
        containsFolded(sql`lower(${BATCH_COLUMNS.label})`, text),
        and(isNull(BATCH_COLUMNS.label), contains(FIRST_DOMAIN, text.toLowerCase())),
      ),
  },
  // That a label was found would tell what is hidden of it.
  found: { q: sql`(${BATCH_COLUMNS.label} !~ ${MAY_REACH}) is not false` },
  orders: { newest: descending(batchJobs.createdAt, batchJobs.id) },
};

const toItem = (row: BatchRow, rights: Rights): BatchSummary => {
  const batch = toSummary(row);
  return { ...batch, label: withoutReach(batch.label, rights) };
};

/** What the list tells of these batches of a tenant, by their ids; those that are not there are missing. */
export async function readBatches(
  reader: Reader,
  { tenantId, ...rights }: ContactReader,
  batchIds: readonly string[],
): Promise<Map<string, BatchSummary>> {
  if (batchIds.length === 0) return new Map();
  const rows = await reader
    .select(BATCH_COLUMNS)
    .from(batchJobs)
    .leftJoin(profiles, CREATORS.person)
    .leftJoin(serviceAccounts, CREATORS.program)
    .where(
      and(
        eq(batchJobs.tenantId, tenantId),
        IS_NOT_REMOVED,
        inArray(batchJobs.batchId, [...batchIds]),
      ),
    );
  return new Map(rows.map((row) => [row.batchId, toItem(row, rights)]));
}

export const listBatches = defineList(BATCH_LIST, {
  rows: BATCH_ROWS,
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...BATCH_COLUMNS })
      .from(page)
      .innerJoin(batchJobs, eq(batchJobs.id, page.id))
      .leftJoin(profiles, CREATORS.person)
      .leftJoin(serviceAccounts, CREATORS.program),
  toItem,
  facets: { status: batchJobs.status },
  cells: {
    came: batchJobs.createdAt,
    join: (select) =>
      select.leftJoin(profiles, CREATORS.person).leftJoin(serviceAccounts, CREATORS.program),
    columns: {
      label: BATCH_COLUMNS.label,
      status: batchJobs.status,
      total: BATCH_COLUMNS.total,
      complete: BATCH_COLUMNS.complete,
      failed: BATCH_COLUMNS.failed,
      emails: BATCH_COLUMNS.emails,
      phones: BATCH_COLUMNS.phones,
      pages: BATCH_COLUMNS.pages,
      maxPages: BATCH_COLUMNS.maxPages,
      createdBy: BATCH_COLUMNS.createdByName,
      createdAt: batchJobs.createdAt,
      startedAt: batchJobs.startTime,
      endedAt: batchJobs.endTime,
      batchId: batchJobs.batchId,
    },
  },
});
