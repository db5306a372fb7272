import {
  defineStatement,
  executeRawSql,
  expression,
  type Reader,
  type Tx,
  withOptions,
} from "@scrapersky/db";
import { auditLog, batchJobs, jobs, pages } from "@scrapersky/db/schema";
import { and, getTableColumns, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { noteBatches, noteJobs } from "../change/note-work.ts";
import { ERASED, type ErasePatterns } from "./erase-pattern.ts";
import { type TextColumn, textColumns, type TextPlace } from "./text-places.ts";

/** Rows that one transaction changes at most. */
const CHUNK = 1_000;
/** For one look through all texts of a place: 50,000 pages take a quarter of a second on a busy machine. */
const LOOK_MAX_MS = 600_000;

const MARK = sql.raw(`'${ERASED}'`);

const touched = defineStatement(
  `update app.leads l set label = l.label from (
     select domain_id from app.leads
     where tenant_id = :tenantId::uuid and domain_id = any(:domainIds::uuid[]) order by domain_id for no key update
   ) held where l.domain_id = held.domain_id`,
);

const opened = defineStatement("select from app.open_audit_log()");

/** What is erased of whom. */
interface Erased {
  tenantId: string;
  patterns: ErasePatterns;
}

/** Replaces what the pattern finds in the next rows of a place; fewer than a chunk of them are the last ones. */
export async function eraseTexts(
  tx: Tx,
  place: TextPlace,
  erased: Erased,
): Promise<{ changed: number; isLast: boolean }> {
  const { table, order } = place;
  const { text, json } = erased.patterns;
  // What the law takes out of the log is no change of it by anybody.
  if (table === auditLog) await executeRawSql(tx, opened);
  const changed = await withOptions(tx, { timeoutMs: LOOK_MAX_MS })
    .update(table)
    .set(Object.fromEntries(replacements(place)))
    .from(sql`(select ${text}::text as text, ${json}::text as json) pattern`)
    .where(
      sql`${table}.ctid = any(array(
        select ${table}.ctid from ${table} where ${holding(place, erased)}
        order by ${order} limit ${CHUNK} for no key update
      ))`,
    )
    .returning({ key: expression("text")`${tellingOf(place)?.key ?? order}::text` });
  await tellingOf(place)?.tell(
    tx,
    erased.tenantId,
    changed.map(({ key }) => key),
  );
  return { changed: changed.length, isLast: changed.length < CHUNK };
}

interface Telling {
  key: PgColumn;
  tell: (tx: Tx, tenantId: string, keys: readonly string[]) => Promise<void>;
}

// Of the others triggers tell programs that keep a copy.
const TELLINGS = new Map<PgTable, Telling>([
  [pages, { key: pages.domainId, tell: touchLeads }],
  [jobs, { key: jobs.jobId, tell: (tx, tenantId, jobIds) => noteJobs(tx, tenantId, { jobIds }) }],
  [batchJobs, { key: batchJobs.batchId, tell: noteBatches }],
]);
const tellingOf = ({ table }: TextPlace): Telling | undefined => TELLINGS.get(table);

/** Pages are told with their lead. */
async function touchLeads(tx: Tx, tenantId: string, domainIds: readonly string[]): Promise<void> {
  await executeRawSql(tx, touched, { tenantId, domainIds: [...new Set(domainIds)] });
}

/** Rows of a place in which the pattern finds something. */
export const countTexts = (reader: Reader, place: TextPlace, erased: Erased): Promise<number> =>
  withOptions(reader, { timeoutMs: LOOK_MAX_MS }).$count(place.table, holding(place, erased));

/** By the same patterns as what is replaced, so that no row is found again. */
function holding(place: TextPlace, { tenantId, patterns }: Erased): SQL | undefined {
  const { text, json } = Object.groupBy(textColumns(place), ({ column }) =>
    column.getSQLType() === "jsonb" ? "json" : "text",
  );
  const likely = sql.join(
    patterns.likely.map((word) => sql`${word}`),
    sql`, `,
  );
  const holds = (columns: typeof text, pattern: string) =>
    columns &&
    sql`(lower(${joined(columns)}) like any(array[${likely}]::text[]) and ${joined(columns)} ~* ${pattern})`;
  return and(place.ofTenant(tenantId), or(holds(text, patterns.text), holds(json, patterns.json)));
}

/** What parts them is no blank, so that nothing is found over two of them. */
const joined = (columns: readonly TextColumn[]): SQL =>
  sql`concat_ws(E'\u0001', ${sql.join(columns.map(asText), sql`, `)})`;

const asText = ({ column }: TextColumn): SQL =>
  column.getSQLType() === "text[]"
    ? sql`array_to_string(${column}, E'\u0001')`
    : sql`${column}::text`;

/** By the columns of `pattern`: a table of many texts would need too many parameters. */
function replacements(place: TextPlace): [string, SQL][] {
  const names = new Map(
    Object.entries(getTableColumns(place.table)).map(([name, { name: column }]) => [column, name]),
  );
  return textColumns(place).map(({ column, isKey }) => {
    const name = names.get(column.name) ?? column.name;
    const type = column.getSQLType();
    if (type === "jsonb") {
      return [name, sql`regexp_replace(${column}::text, pattern.json, ${MARK}, 'gi')::jsonb`];
    }
    if (type === "text[]") {
      // The place of each text may say what it is, as in the cells of a line.
      const each = sql`array(
        select regexp_replace(one, pattern.text, ${MARK}, 'gi') from unnest(${column}) with ordinality as of (one, place)
        order by place
      )`;
      return [name, sql`case when ${column} is not null then ${each} end`];
    }
    const mark = isKey ? sql`'[erased ' || left(md5(random()::text), 8) || ']'` : MARK;
    return [name, sql`regexp_replace(${column}, pattern.text, ${mark}, 'gi')`];
  });
}
