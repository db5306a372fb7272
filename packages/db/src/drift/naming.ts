// Names as SQL needs them, and as a sentence does.

interface Place {
  schema: string;
  table: string;
}

const RESERVED = new Set(
  "all and any array as asc case check column constraint default desc end foreign from grant group in limit not null offset on only or order primary references select table then to union unique user using when where with".split(
    " ",
  ),
);

/** Quoted only where SQL needs it. */
export const quoted = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;

/** `jobs`, `app.users`: as statements and sentences name a table. */
export const tableName = ({ schema, table }: Place): string =>
  schema === "public" ? quoted(table) : `${quoted(schema)}.${quoted(table)}`;

/** As one key, whatever the names hold. */
export const tableKey = ({ schema, table }: Place): string => `${schema}.${table}`;

/** `batch_id status` → `batch_id, status`. */
export const columnList = (columns: string): string => columns.split(" ").map(quoted).join(", ");

/** A statement's target: `domains(id)` → `domains (id)`, `a(b c)` → `a (b, c)`. */
export function targetOf(refersTo: string): string {
  const [, table = refersTo, columns = ""] = /^(.*)\((.*)\)$/.exec(refersTo) ?? [];
  return `${table.split(".").map(quoted).join(".")} (${columnList(columns)})`;
}

/** What one row of a table is called: `roles` → `role`, `local_businesses` → `local business`. */
export function rowName(table: string): string {
  const words = table.split("_");
  const last = words.pop() ?? "";
  const singular = last.endsWith("ies")
    ? `${last.slice(0, -3)}y`
    : /(ss|sh|ch|x)es$/.test(last)
      ? last.slice(0, -2)
      : /[^su]s$/.test(last)
        ? last.slice(0, -1)
        : `${last} row`;
  return [...words, singular].join(" ");
}

/** `a role`, `an api key`. */
export const aRow = (table: string): string => {
  const name = rowName(table);
  return `${/^[aeio]|^u(?!ser)/.test(name) ? "an" : "a"} ${name}`;
};
