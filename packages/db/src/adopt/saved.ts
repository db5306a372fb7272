import type { LiveColumn, LiveTable } from "./facts.ts";

// What is kept of a row before it changes or goes, and how it comes back. Values are kept as the text
// that Postgres prints, which it reads again without loss: JSON's null stays another thing than none.

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Rows kept while the script runs; moved to `app.adopted_rows` at its end. */
export const SAVED = "adopt_saved";

export type Kind = "merged" | "changed" | "added";

/** The columns of an alias as one JSON object of texts. */
export const rowText = (columns: readonly string[], alias: string): string =>
  `jsonb_object(array[${columns.map((column) => literal(plain(column))).join(", ")}]::text[], array[${columns
    .map((column) => `${alias}.${column}::text`)
    .join(", ")}]::text[])`;

/** A name as it is, of one that SQL may want in quotes. */
export const plain = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;

/** A row's key as one text; where a column has got another value, that can be given. */
export function keyText(
  { key }: Pick<LiveTable, "key">,
  alias: string,
  instead: ReadonlyMap<string, string> = new Map(),
): string {
  const values = key.map((column) => instead.get(column) ?? `${alias}.${column}`);
  if (values.length === 0) return "null::text";
  return values.length === 1 ? `${values[0]}::text` : `concat_ws(' ', ${values.join(", ")})`;
}

interface Keeping {
  step: string;
  table: string;
  kind: Kind;
  key: string;
  /** Key of the row that stands for it; SQL. */
  became: string;
  was: string;
  from: string;
}

export const keep = ({ step, table, kind, key, became, was, from }: Keeping): string =>
  `insert into ${SAVED} select ${literal(step)}, ${literal(table)}, ${literal(kind)}, ${key}, ${became}, ${was} from ${from};`;

/** Rows kept by this adoption, in the way back; `wanted` names the part. */
export const kept = (step: string, table: string, kind: Kind): string =>
  `app.adopted_rows a where a.adoption = :adoption: and a.step = ${literal(step)} and a.table_name = ${literal(table)} and a.kind = ${literal(kind)}`;

const valueOf = ({ column, type }: LiveColumn, of = "a"): string =>
  `(${of}.was->>${literal(plain(column))})::${type}`;

/** Puts rows back that were taken away. */
export function restoreRows(step: string, table: LiveTable): string {
  const columns = table.columns.filter(({ generated }) => !generated);
  return (
    `insert into ${table.table} (${columns.map(({ column }) => column).join(", ")}) overriding system value ` +
    `select ${columns.map((column) => valueOf(column)).join(", ")} from ${kept(step, table.table, "merged")};`
  );
}

/** Gives columns of changed rows the values they had. */
export function restoreColumns(step: string, table: LiveTable, columns: LiveColumn[]): string {
  const sets = (of: string) =>
    columns.map((column) => `${column.column} = ${valueOf(column, of)}`).join(", ");
  const first = literal(plain(columns[0]?.column ?? ""));
  const rows = `${kept(step, table.table, "changed")} and a.was ? ${first}`;
  if (table.key.length > 0) {
    return `update ${table.table} t set ${sets("a")} from ${rows} and a.became = ${keyText(table, "t")};`;
  }
  // Without a key one row is found by everything that it holds now.
  const changed = new Set(columns.map(({ column }) => column));
  const same = table.columns
    .map(({ column }) => {
      const now = changed.has(column) ? `${plain(column)} now` : plain(column);
      return `t.${column}::text is not distinct from k.was->>${literal(now)}`;
    })
    .join(" and ");
  return (
    `do $back$ declare k record; begin for k in select a.was from ${rows} loop ` +
    `update ${table.table} set ${sets("k")} where ctid = (select t.ctid from ${table.table} t where ${same} limit 1); ` +
    `end loop; end $back$;`
  );
}
