import { getTableName, is, SQL } from "drizzle-orm";
import {
  type AnyPgColumn,
  getTableConfig,
  getViewConfig,
  type Index,
  IndexedColumn,
  isPgEnum,
  PgDialect,
  PgEnumColumn,
  PgTable,
  PgView,
} from "drizzle-orm/pg-core";
import * as schema from "../schema/index.ts";
import type { Catalogue, ColumnRow, ConstraintRow, IndexRow, ViewRow } from "./catalogue.ts";
import { quoted, tableName } from "./naming.ts";

type TableConfig = ReturnType<typeof getTableConfig>;

/** What the Drizzle tables declare, in the rows a live catalogue has. */
export function describeDeclared(declared: object = schema): Catalogue {
  const values = Object.values(declared) as unknown[];
  const tables = values.filter((value) => is(value, PgTable)).map(getTableConfig);
  return {
    tables: tables.map((table) => ({ ...placeOf(table), kind: "table" })),
    columns: tables.flatMap(columnRows),
    constraints: tables.flatMap(constraintRows),
    indexes: tables.flatMap((table) => table.indexes.map((index) => indexRow(table, index))),
    enums: values.filter(isPgEnum).map((type) => ({
      schema: type.schema ?? "public",
      enum: type.enumName,
      labels: [...type.enumValues],
    })),
    views: values.filter((value) => is(value, PgView)).map(viewRow),
    triggers: [],
    rules: [],
    functions: [],
  };
}

/**
 * The part of it that the first migration makes: the tables of the running system, without the
 * indexes that later migrations add to them, and with the view that one adds where its name is free.
 */
export function describeRealTables(declared: Catalogue = describeDeclared()): Catalogue {
  const real = <T extends { schema: string }>(rows: T[]) =>
    rows.filter((row) => row.schema === "public");
  return {
    tables: real(declared.tables),
    columns: real(declared.columns),
    constraints: real(declared.constraints),
    indexes: real(declared.indexes).filter(({ name }) => !name.startsWith("app_")),
    enums: real(declared.enums),
    views: real(declared.views),
    triggers: [],
    rules: [],
    functions: [],
  };
}

const placeOf = (table: TableConfig) => ({ schema: table.schema ?? "public", table: table.name });
const namesOf = (columns: readonly { name: string }[]) =>
  columns.map((column) => column.name).join(" ");

function columnRows(table: TableConfig): ColumnRow[] {
  return table.columns.map((column, index) => ({
    ...placeOf(table),
    position: index + 1,
    column: column.name,
    type: typeOf(column),
    nullable: !column.notNull,
    default: defaultOf(table, column),
    generated: column.generated === undefined ? null : "stored",
    domain: null,
  }));
}

/** Drizzle's words for a type, in Postgres's. */
export function typeOf(column: AnyPgColumn): string {
  if (is(column, PgEnumColumn)) {
    const { schema: place = "public", enumName } = column.enum;
    return tableName({ schema: place, table: enumName });
  }
  const type = column.getSQLType();
  const [, base = type, rest = ""] =
    /^(timestamp|varchar|serial)(?![a-z]| with)(.*)$/.exec(type) ?? [];
  const long: Record<string, string> = {
    timestamp: "timestamp without time zone",
    varchar: "character varying",
    serial: "integer",
  };
  return `${long[base] ?? base}${rest}`.replaceAll(", ", ",");
}

function defaultOf(table: TableConfig, column: AnyPgColumn): string | null {
  if (column.getSQLType() === "serial") {
    return `nextval('${table.name}_${column.name}_seq'::regclass)`;
  }
  if (column.generatedIdentity) {
    const when = column.generatedIdentity.type === "always" ? "always" : "by default";
    return `generated ${when} as identity`;
  }
  const value = column.default;
  if (value === undefined) return null;
  if (is(value, SQL)) return render(value);
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  return typeof value === "object" ? `'${JSON.stringify(value)}'` : String(value);
}

function constraintRows(table: TableConfig): ConstraintRow[] {
  const row = (
    kind: ConstraintRow["kind"],
    name: string | undefined,
    columns: string,
    rest: Partial<Pick<ConstraintRow, "refersTo" | "onDelete" | "onUpdate" | "rule">> = {},
  ): ConstraintRow => ({
    ...placeOf(table),
    name: name ?? "",
    kind,
    columns,
    refersTo: null,
    onDelete: null,
    onUpdate: null,
    rule: null,
    validated: true,
    enforced: true,
    disabledTriggers: [],
    deferrable: false,
    ...rest,
  });
  const inline = table.columns.filter((column) => column.primary);
  return [
    ...(inline.length > 0 ? [row("primary key", `${table.name}_pkey`, namesOf(inline))] : []),
    ...table.primaryKeys.map((key) => row("primary key", key.getName(), namesOf(key.columns))),
    ...table.columns
      .filter((column) => column.isUnique)
      .map((column) => row("unique", column.uniqueName, column.name)),
    ...table.uniqueConstraints.map((key) => row("unique", key.getName(), namesOf(key.columns))),
    ...table.foreignKeys.map((key) => {
      const { columns, foreignTable, foreignColumns } = key.reference();
      const foreignSchema = getTableConfig(foreignTable).schema;
      const prefix = foreignSchema === undefined ? "" : `${foreignSchema}.`;
      return row("foreign key", key.getName(), namesOf(columns), {
        refersTo: `${prefix}${getTableName(foreignTable)}(${namesOf(foreignColumns)})`,
        onDelete: key.onDelete ?? "no action",
        onUpdate: key.onUpdate ?? "no action",
      });
    }),
    ...table.checks.map((check) => {
      const rule = render(check.value);
      const columns = table.columns.filter(({ name }) => rule.includes(`"${name}"`));
      return row("check", check.name, namesOf(columns), { rule: `CHECK (${rule})` });
    }),
  ];
}

function indexRow(table: TableConfig, index: Index): IndexRow {
  const { config } = index;
  const columns = config.columns.map((column) => {
    if (!is(column, IndexedColumn)) return render(column as SQL);
    const { order, nulls, opClass } = column.indexConfig;
    const words = [quoted(column.name ?? ""), opClass];
    if (order === "desc") words.push("DESC", nulls === "last" ? "NULLS LAST" : undefined);
    else if (nulls === "first") words.push("NULLS FIRST");
    return words.filter((word) => word !== undefined).join(" ");
  });
  const predicate = config.where ? ` WHERE (${render(config.where)})` : "";
  return {
    ...placeOf(table),
    name: config.name ?? "",
    unique: config.unique,
    definition: `${config.method ?? "btree"} (${columns.join(", ")})${predicate}`,
    valid: true,
  };
}

function viewRow(view: PgView): ViewRow {
  const { name, schema: place, query, selectedFields, with: options } = getViewConfig(view);
  const columns = Object.values(selectedFields) as AnyPgColumn[];
  return {
    schema: place ?? "public",
    view: name,
    columns: columns.map((column) => ({ column: column.name, type: typeOf(column) })),
    query: query === undefined ? null : render(query),
    invoker: options?.securityInvoker === true,
  };
}

const dialect = new PgDialect();

function render(value: SQL): string {
  return dialect.sqlToQuery(value.inlineParams()).sql;
}
