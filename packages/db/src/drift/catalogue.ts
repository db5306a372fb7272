import { type Executor, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { catalogueSql } from "./catalogue-sql.ts";

// What a schema consists of, as rows of plain values, and how to read them from a live database.

/** A table of a schema, or something else under a table's name. */
export interface TableRow {
  schema: string;
  table: string;
  kind: "table" | "view" | "materialized view" | "foreign table";
}

export interface ColumnRow {
  schema: string;
  table: string;
  /** Order in the table, from 1, without the gaps of dropped columns. */
  position: number;
  column: string;
  /** As Postgres prints it: `character varying(255)`, `text[]`. */
  type: string;
  nullable: boolean;
  /** SQL as Postgres prints it; an identity in words; null for none. */
  default: string | null;
  /** How the database computes it from other columns, so that it cannot be written; null: it does not. */
  generated: "stored" | "virtual" | null;
  /** What lies below its type, when that is a domain which refuses null by itself; else null. */
  domain: string | null;
}

export interface ConstraintRow {
  schema: string;
  table: string;
  name: string;
  kind: "primary key" | "unique" | "foreign key" | "check" | "exclusion";
  /** Column names in order, separated by blanks. */
  columns: string;
  /** `table(columns)` for foreign keys, with its schema unless that is public; else null. */
  refersTo: string | null;
  onDelete: string | null;
  onUpdate: string | null;
  /** `CHECK (...)`, `EXCLUDE ...`, `NULLS NOT DISTINCT` of a unique one; else null. */
  rule: string | null;
  /** False when rows from before it were never checked. */
  validated: boolean;
  deferrable: boolean;
  /** False for one that is only written down: `not enforced`. */
  enforced: boolean;
  /** The triggers that carry a foreign key out, where somebody disabled them. */
  disabledTriggers: { schema: string; table: string; name: string }[];
}

/** An index that no constraint brought. */
export interface IndexRow {
  schema: string;
  table: string;
  name: string;
  unique: boolean;
  /** Method, columns and predicate: `btree (tenant_id, id) WHERE ...`. */
  definition: string;
  /** False for what an interrupted concurrent build left behind. */
  valid: boolean;
}

export interface EnumRow {
  schema: string;
  enum: string;
  /** In their order. */
  labels: string[];
}

export interface ViewRow {
  schema: string;
  view: string;
  /** The columns in order: name and type. */
  columns: { column: string; type: string }[];
  /** The query as Postgres prints it; null when the schema leaves it open. */
  query: string | null;
  /** Read with the rights of the caller, so that row security of its tables holds. */
  invoker: boolean;
}

/** A trigger of the whole database that somebody made and that fires for us. */
export interface TriggerRow {
  schema: string;
  table: string;
  name: string;
  timing: "before" | "after" | "instead of";
  /** `insert or update`. */
  events: string;
  function: string;
  /** What the function does, as it was written. */
  body: string;
}

/** A rule on a table of the whole database that rewrites what is written: ours has none. */
export interface RuleRow {
  schema: string;
  table: string;
  name: string;
  /** `insert`, `update` or `delete`. */
  event: string;
  /** Whether it takes the place of the write, and of every one. */
  instead: "always" | "sometimes" | "never";
  /** The whole of it as Postgres prints it. */
  definition: string;
}

/** A function that triggers or rules may call, by themselves or through others. */
export interface FunctionRow {
  schema: string;
  function: string;
  body: string;
}

export interface Catalogue {
  tables: TableRow[];
  columns: ColumnRow[];
  constraints: ConstraintRow[];
  indexes: IndexRow[];
  enums: EnumRow[];
  views: ViewRow[];
  triggers: TriggerRow[];
  rules: RuleRow[];
  functions: FunctionRow[];
}

/** A catalogue that was read from a database. */
export interface LiveCatalogue extends Catalogue {
  /** Whether Supabase's table of accounts is there. */
  hasAccounts: boolean;
}

/** Reads tables, enums and views of some schemas, every trigger and rule. One statement, nothing written. */
export async function readCatalogue(executor: Executor, schemas: string[]): Promise<LiveCatalogue> {
  const row = await executeRawSqlOne<{ catalogue: LiveCatalogue }>(executor, catalogueSql, {
    schemas,
  });
  if (!row) throw new Error("the catalogue query gave no row: a query with one row always does");
  return row.catalogue;
}
