import type { ConstraintRow } from "../drift/catalogue.ts";
import { describeRealTables } from "../drift/declared.ts";
import { quoted, tableKey } from "../drift/naming.ts";
import { type Executor, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { emptyStep, type PlannedStep } from "./adoption.ts";
import { type Facts, type LiveColumn, type LiveTable, tablesOf } from "./facts.ts";
import { keep, keyText, literal, restoreColumns, restoreRows, rowText } from "./saved.ts";

// Rows in the way of what the schema asks: references that lead nowhere, values that are absent, words
// that no rule knows. They get what the schema would have given them; a row that cannot stay is put aside.

const short = (table: string) => table.replace(/^public\./, "");
const qualified = (refersTo: string) => {
  const [, table = "", column = ""] = /^(.*)\((.*)\)$/.exec(refersTo) ?? [];
  return { table: table.includes(".") ? table : `public.${quoted(table)}`, column };
};

/** Rows that get another value in one column. */
function change(
  step: PlannedStep,
  live: LiveTable,
  column: LiveColumn,
  { value, where }: { value: string; where: string },
): void {
  const map = `adopt_way_${step.name}_${short(live.table)}_${column.column}`.replace(/\W+/g, "_");
  step.maps.push(
    `create temporary table ${map} on commit drop as select ${keyText(live, "t")} as key, ${value} as value from ${live.table} t where ${where};`,
    `create index on ${map} (key); analyze ${map};`,
  );
  step.touches.push(live.table);
  const match = `m.key = ${keyText(live, "t")}`;
  step.rows.push(
    keep({
      step: step.name,
      table: live.table,
      kind: "changed",
      key: keyText(live, "t"),
      became: keyText(live, "t"),
      was: rowText([column.column], "t"),
      from: `${live.table} t join ${map} m on ${match}`,
    }),
    `update ${live.table} t set ${column.column} = m.value from ${map} m where ${match};`,
  );
  step.backRows.push(restoreColumns(step.name, live, [column]));
}

const seeRows = (live: LiveTable, shown: string, where: string): string =>
  `select ${keyText(live, "t")} as key, t.${shown}::text as value, format('%s %s: %s', ${literal(short(live.table))}, ${keyText(live, "t")}, coalesce(quote_literal(t.${shown}::text), 'nothing')) as example from ${live.table} t where ${where}`;

/** References that the schema holds and the database never did. \`handled\` are those other steps see to. */
export function planOrphans(
  missing: ConstraintRow[],
  facts: Facts,
  handled: ReadonlySet<string>,
): PlannedStep[] {
  const steps: PlannedStep[] = [];
  const { find, column } = tablesOf(facts);
  for (const row of missing) {
    if (row.kind !== "foreign key" || row.refersTo === null || row.columns.includes(" ")) continue;
    const table = tableKey(row);
    const live = find(table);
    const found = column(table, row.columns);
    const target = qualified(row.refersTo);
    if (!live || !found || handled.has(`${table}.${row.columns}`)) continue;
    if (column(target.table, target.column)?.type !== found.type) continue;
    const step = emptyStep(
      "orphans",
      `Let ${found.column} of ${short(table)} refer to ${short(target.table)} that are there`,
    );
    steps.push(step);
    const where = `t.${found.column} is not null and not exists (select from ${target.table} p where p.${target.column} = t.${found.column})`;
    const see = seeRows(live, found.column, where);
    const what = `${short(table)} refer by ${found.column} to ${short(target.table)} that are not there`;
    if (found.nullable) {
      step.asks.push({
        says: (count) => `Rows of ${what}: ${count}. The reference becomes empty`,
        otherwise: "let them refer to one that is there",
        see,
      });
      change(step, live, found, { value: `null::${found.type}`, where });
    } else {
      step.asks.push({
        says: (count) => `Rows of ${what}, and cannot be without: ${count}. They are put aside`,
        otherwise: "let them refer to one that is there",
        see,
      });
      putAside(step, live, where, see);
    }
  }
  return steps;
}

function putAside(step: PlannedStep, live: LiveTable, where: string, see: string): void {
  const all = live.columns.filter(({ generated }) => !generated).map(({ column }) => column);
  step.touches.push(live.table);
  step.aside.push({ table: live.table, see });
  step.rows.push(
    keep({
      step: step.name,
      table: live.table,
      kind: "merged",
      key: keyText(live, "t"),
      became: "null::text",
      was: rowText(all, "t"),
      from: `${live.table} t where ${where}`,
    }),
    `delete from ${live.table} t where ${where};`,
  );
  step.backRows.push(restoreRows(step.name, live));
}

const PROFILE_ROLES = "profiles_role_check";

/** Profiles whose role is no word of the schema: the same word in capitals, else the least. */
export function planWords(missing: ConstraintRow[], facts: Facts): PlannedStep {
  const step = emptyStep("words", "Give every profile a role word that the schema knows");
  const live = tablesOf(facts).find("public.profiles");
  const column = tablesOf(facts).column("public.profiles", "role");
  if (!missing.some(({ name }) => name === PROFILE_ROLES) || !live || !column) return step;
  const known = "('USER', 'ADMIN', 'SUPER_ADMIN', 'GLOBAL_ADMIN')";
  const loud = "upper(btrim(t.role::text))";
  const where = `t.role is not null and t.role::text not in ${known}`;
  step.asks.push({
    says: (count) =>
      `Profiles with another word as their role: ${count}. It is written in capitals where that is one, and becomes USER where not`,
    otherwise: "write one of USER, ADMIN, SUPER_ADMIN, GLOBAL_ADMIN",
    see: seeRows(live, "role", where),
  });
  change(step, live, column, {
    value: `case when ${loud} in ${known} then ${loud} else 'USER' end`,
    where,
  });
  return step;
}

const FIRST_TENANT = "550e8400-e29b-41d4-a716-446655440000";
const home = `(select h.id from public.tenants h where h.id = '${FIRST_TENANT}' or (select count(*) from public.tenants) = 1 limit 1)`;

/** What a row gets in a column that may not be empty; undefined when nobody can know. */
function fillerOf(table: string, column: string): string | undefined {
  if (column === "tenant_id") {
    return table === "public.pages" || table === "public.sitemap_files"
      ? `coalesce((select d.tenant_id from public.domains d where d.id = t.domain_id), ${home})`
      : home;
  }
  if (column === "id_uuid" || column === "job_id") return "gen_random_uuid()";
  const row = describeRealTables().columns.find(
    (one) => tableKey(one) === table && one.column === column,
  );
  return row?.default ?? undefined;
}

/** Columns that may not be empty in the schema, and may in the database. */
export async function planNulls(
  executor: Executor,
  facts: Facts,
  handled: ReadonlySet<string>,
): Promise<{ steps: PlannedStep[]; done: Set<string> }> {
  const steps: PlannedStep[] = [];
  const done = new Set<string>();
  for (const row of describeRealTables().columns) {
    const table = tableKey(row);
    const live = tablesOf(facts).find(table);
    const column = tablesOf(facts).column(table, quoted(row.column));
    if (row.nullable || !live || !column?.nullable || handled.has(`${table}.${column.column}`))
      continue;
    const where = `t.${column.column} is null`;
    const value = fillerOf(table, row.column);
    const unfilled = await executeRawSqlOne<{ count: number }>(
      executor,
      `select count(*)::int as count from ${table} t where ${where}${value === undefined ? "" : ` and ${value} is null`}`,
    );
    if ((unfilled?.count ?? 0) > 0) continue;
    done.add(`${table}.${column.column}`);
    const step = emptyStep("nulls", `Fill ${column.column} of ${short(table)}`);
    steps.push(step);
    if (value !== undefined) {
      step.asks.push({
        says: (count) =>
          `Rows of ${short(table)} without ${column.column}: ${count}. They get ${column.column === "tenant_id" ? "that of what they belong to, or of the first system" : value}`,
        otherwise: `fill ${short(table)}.${column.column}`,
        see: seeRows(live, column.column, where),
      });
      change(step, live, column, { value: `(${value})`, where });
    }
    step.shape.push(`alter table ${table} alter column ${column.column} set not null;`);
    step.backShape.push(`alter table ${table} alter column ${column.column} drop not null;`);
    step.touches.push(table);
    step.changes.push(`${table}.${column.column} may not be empty any more`);
  }
  return { steps, done };
}

const UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

/** Jobs of which one writer of the first system wrote the tenant in words only: nobody would see them. */
export function planTenants(facts: Facts): PlannedStep {
  const step = emptyStep("tenants", "Show jobs to the tenant they name");
  const live = tablesOf(facts).find("public.jobs");
  const column = tablesOf(facts).column("public.jobs", "tenant_id_uuid");
  if (!live || column?.type !== "uuid" || !tablesOf(facts).column("public.jobs", "tenant_id")) {
    return step;
  }
  const named = `t.tenant_id_uuid is null and btrim(t.tenant_id::text) ~ '${UUID}'`;
  step.asks.push(
    {
      says: (count) =>
        `Jobs that name their tenant in tenant_id only: ${count}. tenant_id_uuid gets it, by which they are read`,
      otherwise: "write another tenant into jobs.tenant_id_uuid",
      see: seeRows(live, "tenant_id", named),
    },
    {
      tells: true,
      says: (count) =>
        `Jobs that name no tenant at all: ${count}. They stay as they are, and no tenant sees them`,
      otherwise: "write the tenant into jobs.tenant_id_uuid",
      see: seeRows(
        live,
        "tenant_id",
        `t.tenant_id_uuid is null and btrim(t.tenant_id::text) !~ '${UUID}'`,
      ),
    },
  );
  change(step, live, column, { value: "btrim(t.tenant_id::text)::uuid", where: named });
  return step;
}
