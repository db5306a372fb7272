import {
  type Executor,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
} from "../session/scope/raw-sql.ts";
import { quotedName } from "../session/sql/quoted-name.ts";
import { isSecret, shownTables } from "./shown-tables.ts";

/** Schemas of the product. */
const SCHEMAS = ["public", "app", "pgboss"];

export interface ListedTable {
  schema: string;
  table: string;
  /** As of its last analysis; null where it had none. */
  rows: number | null;
  /** With indexes and large values. */
  bytes: number;
  columns: number;
  /** Whether rows of it can be read here. */
  shown: boolean;
}

export interface DescribedTable extends Omit<ListedTable, "columns"> {
  columns: {
    name: string;
    type: string;
    nullable: boolean;
    default: string | null;
    /** Its values are never shown. */
    masked: boolean;
  }[];
  indexes: {
    name: string;
    definition: string;
    bytes: number;
    /** How often it was used since the server's counters began. */
    scans: number;
    valid: boolean;
  }[];
  /** Foreign keys: its own, and those of other tables to it. */
  refersTo: { name: string; definition: string }[];
  referredBy: { name: string; table: string; definition: string }[];
}

export interface TableSample {
  columns: { name: string; masked: boolean }[];
  /** Values as Postgres prints them, cut; null also for what is masked. */
  rows: (string | null)[][];
}

/** Longer values are cut. */
export const SAMPLE_CELL_LENGTH_MAX = 500;

const isShown = (schema: string, table: string): boolean =>
  shownTables().some((one) => one.schema === schema && one.table === table);

const LISTED = `select n.nspname as schema, c.relname as "table", nullif(c.reltuples, -1)::float8 as rows,
    pg_total_relation_size(c.oid)::float8 as bytes,
    (select count(*)::int from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any(:schemas::text[]) and c.relkind in ('r', 'p')`;

/** Every table of the product's schemas, those whose rows nobody sees among them. */
export async function listTables(executor: Executor): Promise<ListedTable[]> {
  const rows = await executeRawSql<Omit<ListedTable, "shown">>(
    executor,
    `${LISTED} order by n.nspname = 'public' desc, n.nspname, c.relname`,
    { schemas: SCHEMAS },
  );
  return rows.map((row) => ({ ...row, shown: isShown(row.schema, row.table) }));
}

/** One of them by `schema.table`; undefined for anything else. */
export async function describeTable(
  executor: Executor,
  name: string,
): Promise<DescribedTable | undefined> {
  const row = await executeRawSqlOne<Omit<DescribedTable, "shown">>(
    executor,
    `select listed.schema, listed."table", listed.rows, listed.bytes,
       (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'nullable', not a.attnotnull, 'default', pg_get_expr(d.adbin, d.adrelid)) order by a.attnum)
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped) as columns,
       (select coalesce(json_agg(json_build_object('name', i.relname, 'definition', pg_get_indexdef(x.indexrelid),
          'bytes', pg_relation_size(x.indexrelid), 'scans', coalesce(s.idx_scan, 0), 'valid', x.indisvalid) order by i.relname), '[]')
        from pg_index x join pg_class i on i.oid = x.indexrelid
        left join pg_stat_all_indexes s on s.indexrelid = x.indexrelid
        where x.indrelid = t.oid) as indexes,
       (select coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid)) order by k.conname), '[]')
        from pg_constraint k where k.conrelid = t.oid and k.contype = 'f') as "refersTo",
       (select coalesce(json_agg(json_build_object('name', k.conname, 'table', k.conrelid::regclass::text,
          'definition', pg_get_constraintdef(k.oid)) order by k.conrelid::regclass::text, k.conname), '[]')
        from pg_constraint k where k.confrelid = t.oid and k.contype = 'f') as "referredBy"
     from (${LISTED}) listed
     join pg_class t on t.oid = format('%I.%I', listed.schema, listed."table")::regclass
     where listed.schema || '.' || listed."table" = :name`,
    { schemas: SCHEMAS, name },
  );
  if (row === undefined) return undefined;
  const shown = isShown(row.schema, row.table);
  const columns = row.columns.map((column) => ({
    ...column,
    masked: !shown || isMasked(row, column.name),
  }));
  return { ...row, shown, columns };
}

/** What the schema does not declare is not shown either. */
function isMasked({ schema, table }: { schema: string; table: string }, column: string): boolean {
  const known = shownTables().find((one) => one.schema === schema && one.table === table);
  return isSecret(column) || known?.columns.includes(column) !== true;
}

/** Some rows of a table, in no order; undefined for one that is not shown. */
export async function sampleTable(
  executor: Executor,
  name: string,
  rowsMax: number,
): Promise<TableSample | undefined> {
  const described = await describeTable(executor, name);
  if (described?.shown !== true) return undefined;
  const { schema, table, columns } = described;
  const values = columns.map((column, index) => {
    const value = column.masked
      ? "null"
      : `left(${quotedName(column.name)}::text, ${SAMPLE_CELL_LENGTH_MAX})`;
    return `${value} as c${index}`;
  });
  const { rows } = await executeForLibrary(
    executor,
    `select ${values.join(", ")} from ${quotedName(schema)}.${quotedName(table)} limit ${Math.floor(rowsMax)}`,
  );
  return {
    columns: columns.map(({ name: column, masked }) => ({ name: column, masked })),
    rows: rows.map((row) => columns.map((_, index) => (row[`c${index}`] as string | null) ?? null)),
  };
}
