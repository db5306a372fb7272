import {
  defineStatement,
  executeRawSql,
  nullable,
  type Reader,
  type RowFrom,
} from "@scrapersky/db";
import { batchLines, batchLists, scrapeJobs } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import type { SortedEntry } from "../intake/sort-lines.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";
import { ERASED } from "../suppression/erase-pattern.ts";
import { requireBatch } from "./find-batch-id.ts";
import type { GivenList } from "./read-given.ts";

const LINE = {
  line: "int4",
  kind: batchLines.kind,
  input: batchLines.input,
  domain: nullable("text"),
  of_line: nullable("int4"),
  reason: nullable("text"),
  cells: "text[]",
} as const;

const keptLines = defineStatement(
  `select line, kind, input, domain, of_line, reason, cells from app.batch_lines
   where batch_id = :batchId::uuid order by line, entry`,
  LINE,
);

const distinctLines = defineStatement(
  `select s.position + 1 as line, case when refused.so then 'invalid' else 'valid' end as kind, s.input,
     case when not refused.so then s.domain end as domain, null::int as of_line, null::text as reason, '{}'::text[] as cells
   from app.scrape_jobs s cross join lateral (select s.error_code is not distinct from '${INVALID_DOMAIN}') refused (so)
   where s.batch_id = :batchId::uuid order by s.position`,
  { ...LINE, kind: "text", input: scrapeJobs.input },
);

/**
 * The list of a batch as it stands, to be made a batch once more: every line as it was given, those that were not scanned
 * too. Of a batch of an earlier version its distinct lines.
 * @param batchId a uuid
 * @throws DomainError NOT_FOUND
 */
export async function getListAgain(
  reader: Reader,
  tenantId: string,
  batchId: string,
): Promise<GivenList> {
  await requireBatch(reader, tenantId, batchId);
  const [kept] = await reader
    .select({ columns: batchLists.columns, nameColumn: batchLists.nameColumn })
    .from(batchLists)
    .where(eq(batchLists.batchId, batchId));
  const rows = await executeRawSql(reader, kept ? keptLines : distinctLines, { batchId });
  return {
    entries: rows.map(toEntry),
    columns: kept?.columns ?? [],
    nameColumn: kept?.nameColumn ?? null,
    cells: new Map(rows.map(({ line, cells }) => [line, cells])),
    refusedFail: false,
  };
}

function toEntry(row: Omit<RowFrom<typeof distinctLines>, "cells">): SortedEntry {
  const { line, input, domain, reason, of_line: of } = row;
  const rest = { line, input, note: null, of, lastScanAt: null };
  if (domain === ERASED)
    return { ...rest, kind: "invalid", domain: null, reason: "It was erased." };
  const kind = row.kind === "recent" ? "valid" : (row.kind as SortedEntry["kind"]);
  return { ...rest, kind, domain, reason };
}
