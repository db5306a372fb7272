import { type Executor, executeRawSql } from "../session/scope/raw-sql.ts";
import { emptyStep, type PlannedStep } from "./adoption.ts";
import { type Facts, tablesOf } from "./facts.ts";
import { keep, keyText, restoreColumns, rowText } from "./saved.ts";

// Columns of the first system that the schema has not. They go where nothing of anybody stands on them;
// else they stay, and may be empty.

const LEFTOVERS: [table: string, column: string][] = [
  ["public.roles", "tenant_id"],
  ["public.batch_jobs", "batch_id_string"],
  ["public.batch_jobs", "batch_id_original"],
  ["public.jobs", "batch_id_string"],
];

/** The keys of leftovers: \`public.roles.tenant_id\`. */
export const isLeftover = (table: string, column: string): boolean =>
  LEFTOVERS.some(([one, two]) => one === table && two === column);

const standsOn = `
  select format('%s.%s', u.tab, u.col) as column,
    string_agg(distinct pg_describe_object(d.classid, d.objid, 0), ', ') as what
  from unnest(:tables::text[], :columns::text[]) as u (tab, col)
  join pg_attribute a on a.attrelid = u.tab::regclass and quote_ident(a.attname) = u.col
  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
  where d.classid not in ('pg_constraint'::regclass, 'pg_class'::regclass, 'pg_attrdef'::regclass)
     or (d.classid = 'pg_constraint'::regclass and exists (
       select from pg_constraint k where k.oid = d.objid and k.conrelid <> a.attrelid))
     or (d.classid = 'pg_class'::regclass and exists (
       select from pg_index x where x.indexrelid = d.objid and (x.indexprs is not null or x.indpred is not null)))
  group by 1`;

/** @returns the step, and the columns that go */
export async function planLeftovers(
  executor: Executor,
  facts: Facts,
): Promise<{ step: PlannedStep; going: Set<string> }> {
  const { column, get } = tablesOf(facts);
  const going = new Set<string>();
  const there = LEFTOVERS.filter(([table, name]) => column(table, name));
  const rows = await executeRawSql<{ column: string; what: string }>(executor, standsOn, {
    tables: there.map(([table]) => table),
    columns: there.map(([, name]) => name),
  });
  const used = new Map(rows.map((row) => [row.column, row.what]));
  const step = emptyStep("leftovers", "Put aside columns that the schema has not");
  for (const [table, name] of there) {
    const live = get(table);
    const found = column(table, name);
    if (!found) continue;
    const what = used.get(`${table}.${name}`);
    const own = facts.definitions.filter(
      (one) => one.table === table && one.columns.includes(name),
    );
    if (what === undefined) {
      going.add(`${table}.${name}`);
      step.touches.push(table);
      // What batches were called is kept with the batches.
      if (table === "public.roles") {
        step.rows.push(
          keep({
            step: step.name,
            table,
            kind: "changed",
            key: keyText(live, "t"),
            became: keyText(live, "t"),
            was: rowText([name], "t"),
            from: `${table} t where t.${name} is not null`,
          }),
        );
        step.backRows.push(restoreColumns(step.name, live, [found]));
      }
      step.shape.push(`alter table ${table} drop column ${name};`);
      const value = found.default === null ? "" : ` default ${found.default}`;
      step.backShape.push(`alter table ${table} add column ${name} ${found.type}${value};`);
      if (!found.nullable) {
        step.backEnd.push(`alter table ${table} alter column ${name} set not null;`);
      }
      step.backEnd.push(...own.map(makeAgain));
      step.changes.push(`${table}.${name} goes; its values are kept`);
      continue;
    }
    const free = own.filter(({ name: held }) => !facts.references.some(({ by }) => by === held));
    if (free.length === 0 && found.nullable) continue;
    step.touches.push(table);
    for (const one of free) {
      step.shape.push(dropAny(one));
      step.backEnd.push(makeAgain(one));
    }
    if (!found.nullable) {
      step.shape.push(`alter table ${table} alter column ${name} drop not null;`);
      step.backEnd.push(`alter table ${table} alter column ${name} set not null;`);
    }
    step.changes.push(`${table}.${name} stays, and may be empty: ${what} reads it`);
  }
  return { step, going };
}

type Definition = Facts["definitions"][number];

export const makeAgain = ({ table, name, kind, definition }: Definition): string =>
  kind === "index"
    ? `${definition};`
    : `alter table ${table} add constraint ${name} ${definition};`;

export const dropAny = ({
  table,
  name,
  kind,
}: Pick<Definition, "table" | "name" | "kind">): string =>
  kind === "index"
    ? `drop index ${table.slice(0, table.indexOf("."))}.${name};`
    : `alter table ${table} drop constraint ${name};`;
