import { defineStatement, executeRawSql, nullable, type Reader } from "@scrapersky/db";
import { batchJobs, batchLines, batchLists } from "@scrapersky/db/schema";
import { isNotRemoved } from "../batch/is-removed.ts";
import { isoTime } from "../time.ts";
import { type LeadLine, LINES_SHOWN } from "./lead.contract.ts";

/** Of a domain that is scanned day by day: its newest jobs, of which the lists are looked into. */
const JOBS_LOOKED_AT = 50;

// A line that became a job, or doubles one, is found by it; of one whose last scan was used no job tells.
const linesOf = defineStatement(
  `with line as (
     select l.* from (
       select batch_id, position from app.scrape_jobs
       where tenant_id = :tenantId::uuid and domain = :domain order by number desc limit ${JOBS_LOOKED_AT}
     ) j join app.batch_lines l on l.batch_id = j.batch_id and l.position = j.position
     union all
     select * from app.batch_lines where domain = :domain and position is null
   )
   select l.batch_id, b.batch_metadata ->> 'label' as label, b.created_at, l.line, l.input, g.columns, l.cells
   from line l
   join app.batch_lists g on g.batch_id = l.batch_id and g.tenant_id = :tenantId::uuid
   join batch_jobs b on b.batch_id = l.batch_id
   where cardinality(g.columns) > 0 and ${isNotRemoved("l.batch_id")}
   order by b.created_at desc, l.batch_id, l.line, l.entry limit ${LINES_SHOWN}`,
  {
    batch_id: batchLines.batchId,
    label: nullable("text"),
    created_at: batchJobs.createdAt,
    line: batchLines.line,
    input: batchLines.input,
    columns: batchLists.columns,
    cells: batchLines.cells,
  },
);

/** The newest lines of a tenant's lists that named a domain, with what the lists say beside. */
export async function findLinesOf(
  reader: Reader,
  { tenantId, domain }: { tenantId: string; domain: string },
): Promise<LeadLine[]> {
  const rows = await executeRawSql(reader, linesOf, { tenantId, domain });
  return rows.map((row) => ({
    batchId: row.batch_id,
    batchLabel: row.label,
    at: isoTime(row.created_at),
    line: row.line,
    input: row.input,
    cells: row.columns.flatMap((column, at) => {
      const text = row.cells[at] ?? "";
      return text === "" ? [] : [{ column, text }];
    }),
  }));
}
