import { describeDeclared } from "../drift/declared.ts";
import { type Executor, executeRawSql } from "../session/scope/raw-sql.ts";
import { defineStatement } from "../statement/define-statement.ts";
import { certain, nullable } from "../statement/row.ts";
import { fullName, type TablePart } from "./format.ts";

export interface FoundTable extends TablePart {
  /** Its rows are of this moment only: who is connected, what is counted. */
  isPassing: boolean;
}

/** Rows that mean something to the server or the programs they were written by, and to nobody afterwards. */
const PASSING = new Set([
  "app.audit_openings",
  "app.changed_work",
  "app.forgotten_work",
  "app.server_starts",
  "app.workers",
]);
/** What migrating and installing the queue write down of themselves. */
const OF_THE_TABLES = new Set(["app.migrations", "pgboss.version"]);

const tables = defineStatement(
  `select n.nspname::text as schema, c.relname::text as name, c.relpersistence::text as persistence,
     array_agg(a.attname::text order by a.attnum) as columns
   from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
   where n.nspname in ('public', 'app', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition
     and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
   group by n.nspname, c.relname, c.relpersistence order by 1, 2`,
  {
    schema: "text",
    name: "text",
    persistence: "text",
    columns: "text[]",
  },
);

const references = defineStatement(
  `select distinct n.nspname || '.' || c.relname as holder, m.nspname || '.' || d.relname as target
   from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
   join pg_class d on d.oid = k.confrelid join pg_namespace m on m.oid = d.relnamespace
   where k.contype = 'f' and k.conrelid <> k.confrelid`,
  { holder: "text", target: "text" },
);

const sequences = defineStatement(
  `select quote_ident(schemaname) || '.' || quote_ident(sequencename) as sequence, last_value::text as value
   from pg_sequences where schemaname in ('public', 'app', 'pgboss') order by 1`,
  { sequence: certain("text"), value: nullable("text") },
);

const keyOf = ({ schema, name }: Pick<TablePart, "schema" | "name">): string => `${schema}.${name}`;

/** Ours that stand in the database, and what stands beside them in schema public. */
export interface TablesOf {
  /** Each after those that its rows refer to. */
  ours: FoundTable[];
  /** Full names of tables, and of columns of ours, that no migration makes. */
  foreign: { tables: string[]; columns: string[] };
}

export async function findTables(executor: Executor): Promise<TablesOf> {
  const declared = describeDeclared();
  const columnsOf = Map.groupBy(declared.columns, ({ schema, table }) => `${schema}.${table}`);
  const found = await executeRawSql(executor, tables);
  const isOurs = (table: TablePart) => table.schema !== "public" || columnsOf.has(keyOf(table));
  const ours = found.filter((table) => isOurs(table) && !OF_THE_TABLES.has(keyOf(table)));
  const others = found.filter((table) => !isOurs(table));
  const columns = ours
    .filter(({ schema }) => schema === "public")
    .flatMap((table) => {
      const known = new Set(columnsOf.get(keyOf(table))?.map(({ column }) => column));
      return table.columns
        .filter((name) => !known.has(name))
        .map((name) => `${table.name}.${name}`);
    });
  const named = ours.map(({ persistence, ...table }) => ({
    ...table,
    isPassing: persistence !== "p" || PASSING.has(keyOf(table)),
  }));
  return {
    ours: inOrder(named, await executeRawSql(executor, references)),
    foreign: { tables: others.map(fullName), columns },
  };
}

/** Tables that refer to each other keep their places: their rows would have to be checked at the end. */
function inOrder(all: FoundTable[], arrows: { holder: string; target: string }[]): FoundTable[] {
  const ordered = new Set<FoundTable>();
  const byKey = new Map(all.map((table) => [keyOf(table), table]));
  const visit = (table: FoundTable, path: ReadonlySet<FoundTable>): void => {
    if (ordered.has(table) || path.has(table)) return;
    for (const { holder, target } of arrows) {
      const before = holder === keyOf(table) ? byKey.get(target) : undefined;
      if (before) visit(before, new Set([...path, table]));
    }
    ordered.add(table);
  };
  for (const table of all) visit(table, new Set());
  return [...ordered];
}

/** Where sequences are; one that was never asked has no value. */
export const findSequences = (executor: Executor) => executeRawSql(executor, sequences);
