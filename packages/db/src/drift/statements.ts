// The statements that would mend a difference. Text for a person to read: nothing here runs one.
import type { Catalogue, ColumnRow, ConstraintRow, IndexRow, TableRow } from "./catalogue.ts";
import { columnList, quoted, tableKey, tableName, targetOf } from "./naming.ts";

/** `status varchar(50) not null default 'new'`, `id serial not null`. */
export function columnDefinition(row: ColumnRow): string {
  const type = row.type === "integer" && sequenceOf(row) !== undefined ? "serial" : row.type;
  const identity = row.default?.startsWith("generated ") ?? false;
  const value =
    row.default === null || type === "serial"
      ? ""
      : identity
        ? ` ${row.default}`
        : ` default ${row.default}`;
  return `${quoted(row.column)} ${type}${row.nullable ? "" : " not null"}${value}`;
}

/** The sequence that a column's default takes its numbers from. */
export const sequenceOf = (row: ColumnRow): string | undefined =>
  /^nextval\('([^']+)'/.exec(row.default ?? "")?.[1];

/** `alter table jobs alter column id drop not null;` */
export const alterColumn = (row: ColumnRow, ...changes: string[]): string =>
  `alter table ${tableName(row)} ${changes.map((change) => `alter column ${quoted(row.column)} ${change}`).join(", ")};`;

/** Makes a sequence, which an expression names, go on behind the highest number of a column. */
export const moveSequence = (sequence: string, row: ColumnRow): string =>
  `select setval(${sequence}, (select coalesce(max(${quoted(row.column)}), 0) + 1 from ${tableName(row)}), false);`;

/** What follows `add constraint name`. */
export function constraintDefinition(row: ConstraintRow): string {
  if (row.kind === "check") return (row.rule ?? "").replace(/^CHECK/, "check");
  if (row.kind === "exclusion") return row.rule ?? "";
  const nulls = row.rule === null ? "" : ` ${row.rule.toLowerCase()}`;
  const keys = `${row.kind}${nulls} (${columnList(row.columns)})`;
  if (row.refersTo === null) return keys;
  return `${keys} references ${targetOf(row.refersTo)}${actions(row)}`;
}

function actions({ onDelete, onUpdate }: ConstraintRow): string {
  const onDeletion = onDelete === "no action" ? "" : ` on delete ${onDelete}`;
  return `${onDeletion}${onUpdate === "no action" ? "" : ` on update ${onUpdate}`}`;
}

export const addConstraint = (row: ConstraintRow): string =>
  `alter table ${tableName(row)} add constraint ${quoted(row.name)} ${constraintDefinition(row)};`;

export const dropConstraint = (row: ConstraintRow): string =>
  `alter table ${tableName(row)} drop constraint ${quoted(row.name)};`;

export function createIndex(row: IndexRow): string {
  const unique = row.unique ? "unique " : "";
  return `create ${unique}index concurrently ${quoted(row.name)} on ${tableName(row)} using ${row.definition};`;
}

export const dropIndex = (row: IndexRow): string =>
  `drop index concurrently ${quoted(row.schema)}.${quoted(row.name)};`;

/** The whole table as the schema has it: columns, constraints, indexes. */
export function createTable(table: TableRow, declared: Catalogue): string {
  const key = tableKey(table);
  const ours = <T extends { schema: string; table: string }>(rows: T[]) =>
    rows.filter((row) => tableKey(row) === key);
  const parts = [
    ...ours(declared.columns).map(columnDefinition),
    ...ours(declared.constraints)
      .filter((row) => !row.refersTo?.startsWith("auth."))
      .map((row) => `constraint ${quoted(row.name)} ${constraintDefinition(row)}`),
  ];
  const indexes = ours(declared.indexes).map((row) =>
    createIndex(row).replace(" concurrently", ""),
  );
  return [`create table ${tableName(table)} (${parts.join(", ")});`, ...indexes].join(" ");
}
