import { AsyncLocalStorage } from "node:async_hooks";
import {
  defineStatement,
  executeRawSql,
  nullable,
  type Reader,
  type RowFrom,
} from "@scrapersky/db";
import { LEAD_LIST } from "../lead/lead-list.contract.ts";
import type { Column } from "../list/list.contract.ts";
import { shownEmail, siteIsShown } from "../suppression/is-shown.ts";
import type { CellRow, CellRows } from "../list/read-chunk.ts";
import type { KeptList } from "./get-given-list.ts";
import { CHUNK_ROWS, CHUNK_TIMEOUT_MS } from "./read-rows.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";

const { columns: LEAD } = LEAD_LIST;

/** What became of a line, beside the line as it was given. */
export const RESULT_COLUMNS = {
  line: { header: "Line", kind: "number" },
  input: { header: "As given", kind: "text" },
  result: { header: "Result", kind: "text" },
  ofLine: { header: "Same as line", kind: "number" },
  reason: { header: "Reason", kind: "text" },
  domain: LEAD.domain,
  business: LEAD.name,
  bestEmail: LEAD.email,
  bestPhone: LEAD.phone,
  street: LEAD.street,
  postcode: LEAD.postcode,
  town: LEAD.town,
  country: LEAD.country,
  technologies: LEAD.technologies,
  pages: { header: "Pages", kind: "number" },
  lastScan: LEAD.lastScan,
} as const satisfies Record<string, Column>;

const RESULTS = `coalesce(l.reason, j.error) as reason, j.status, s.pages::text as pages, d.business_name,
  ${shownEmail("d.tenant_id", "d.best_email")} as best_email, d.best_phone, d.street, d.postcode, d.town, d.country, array_to_json(d.technology_names)::text as technologies,
  timezone('utc', d.last_scan)::text as last_scan`;
// The index of leads by name is of another collation than the column, and has this order, so that no other is taken for it.
const FOUND = `left join jobs j on j.job_id = s.job_id
  left join lateral (
    select * from app.leads where tenant_id = :tenantId::uuid and domain collate "C" = l.domain and ${siteIsShown("tenant_id", "domain_id")}
    order by domain_id limit 1
  ) d on true`;

const ROW = {
  line: "int4",
  entry: "int4",
  input: "text",
  cells: "text[]",
  kind: "text",
  of_line: nullable("int4"),
  domain: nullable("text"),
  reason: nullable("text"),
  status: nullable("varchar"),
  pages: nullable("text"),
  business_name: nullable("text"),
  best_email: nullable("text"),
  best_phone: nullable("text"),
  street: nullable("text"),
  postcode: nullable("text"),
  town: nullable("text"),
  country: nullable("text"),
  technologies: nullable("text"),
  last_scan: nullable("text"),
} as const;

const keptLines = defineStatement(
  `select l.line, l.entry, l.input, l.cells, l.kind, l.of_line, l.domain, ${RESULTS}
   from app.batch_lines l left join app.scrape_jobs s on s.batch_id = l.batch_id and s.position = l.position ${FOUND}
   where l.batch_id = :batchId::uuid and (l.line, l.entry) > (:line::int, :entry::int)
     and l.line <= least(:lastLine::int, (select app.lines_until(:batchId::uuid, :line::int, :entry::int, :limit::int)))
   order by l.line, l.entry limit :limit::int`,
  ROW,
);

const distinctLines = defineStatement(
  `select l.line, 0 as entry, l.input, l.cells, l.kind, l.of_line, l.domain, ${RESULTS}
   from app.scrape_jobs s
   cross join lateral (
     select s.position + 1 as line, s.input, '{}'::text[] as cells, null::int as of_line, null::text as reason,
       case when s.error_code = '${INVALID_DOMAIN}' then 'invalid' else 'valid' end as kind,
       case when s.error_code is distinct from '${INVALID_DOMAIN}' then s.domain end as domain
   ) l ${FOUND}
   where s.batch_id = :batchId::uuid and s.position >= :line::int + :entry::int
     and s.position <= least(:lastLine::int - 1, (select app.jobs_until(:batchId::uuid, :line::int + :entry::int, :limit::int)))
   order by s.position limit :limit::int`,
  ROW,
);

type LineRow = RowFrom<typeof keptLines>;

/** Lines that did not become a job of their own are told by what they are, all others by their job's state. */
const RESULT_OF: Record<string, string> = {
  duplicate: "double",
  invalid: "refused",
  recent: "scanned before",
};

const textOf = (value: number | null): string | null => (value === null ? null : String(value));

const CELLS: Record<keyof typeof RESULT_COLUMNS, (row: LineRow) => string | null> = {
  line: ({ line }) => String(line),
  input: ({ input }) => input,
  result: ({ kind, status }) => RESULT_OF[kind] ?? status,
  ofLine: (row) => textOf(row.of_line),
  reason: ({ reason }) => reason,
  domain: ({ domain }) => domain,
  business: (row) => row.business_name,
  bestEmail: (row) => row.best_email,
  bestPhone: (row) => row.best_phone,
  street: ({ street }) => street,
  postcode: ({ postcode }) => postcode,
  town: ({ town }) => town,
  country: ({ country }) => country,
  technologies: ({ technologies }) => technologies,
  pages: ({ pages }) => pages,
  lastScan: (row) => row.last_scan,
};
const RESULT_CELLS = (Object.keys(RESULT_COLUMNS) as (keyof typeof CELLS)[]).map(
  (name) => CELLS[name],
);

/** Of a list's own columns, then of `RESULT_COLUMNS`. */
const toCells = (row: LineRow, own: number): CellRow => [
  ...Array.from({ length: own }, (_, at) => row.cells[at] ?? null),
  ...RESULT_CELLS.map((cellOf) => cellOf(row)),
];

/**
 * The lines of a batch's list in their order, doubles and refused ones too, with what was found beside: in chunks, each
 * a statement of its own. Of a batch of an earlier version its distinct lines.
 */
export async function* readLines(
  reader: Reader,
  tenantId: string,
  { batchId, columns, lastLine, isKept }: KeptList,
  signal: AbortSignal,
): AsyncGenerator<CellRows, void> {
  const options = { signal, timeoutMs: CHUNK_TIMEOUT_MS, name: "export", idempotent: true };
  // Whoever takes the rows is nobody that the log of the database could name.
  const asAsked = AsyncLocalStorage.snapshot();
  const read = (line: number, entry: number) => {
    const place = { batchId, tenantId, lastLine, line, entry, limit: CHUNK_ROWS };
    const rows = asAsked(() =>
      executeRawSql(reader, isKept ? keptLines : distinctLines, place, options),
    );
    // Awaited when the reader comes back, which may be after it failed, or never.
    rows.catch(() => {});
    return rows;
  };
  for (let coming = read(0, 0); ;) {
    const rows = await coming;
    const last = rows.length < CHUNK_ROWS ? undefined : rows.at(-1);
    if (last) coming = read(last.line, last.entry);
    yield rows.map((row) => toCells(row, columns.length));
    if (!last) return;
  }
}
