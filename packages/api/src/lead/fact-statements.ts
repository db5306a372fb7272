import { getTableName } from "drizzle-orm";
import { FACT_KINDS, FACT_TABLES, type FactKind, saidColumns } from "./fact-tables.ts";

// Parts of statements, made of the schema. JSON has the names of TypeScript, tables have their own.

const SEEN = [
  ["firstSeen", "first_seen"],
  ["lastSeen", "last_seen"],
  ["goneAt", "gone_at"],
] as const;

/** Writes rows of one kind that arrive as JSON. */
function insertOf(kind: FactKind): string {
  const said = saidColumns(kind);
  const columns = [...said.map(([, { name }]) => name), ...SEEN.map(([, column]) => column)];
  const names = [...said, ...SEEN].map(([name]) => `r."${name}"`);
  const types = said.map(([name, column]) => `"${name}" ${column.getSQLType()}`);
  return `insert into app.${getTableName(FACT_TABLES[kind].table)} (domain_id, tenant_id, ${columns.join(", ")})
    select r."domainId", r."tenantId", ${names.join(", ")}
    from jsonb_to_recordset(:${kind}::jsonb) as r ("domainId" uuid, "tenantId" uuid, ${types.join(", ")},
      ${SEEN.map(([name]) => `"${name}" timestamptz`).join(", ")})`;
}

/** The same over rows that may be there. */
function upsertOf(kind: FactKind): string {
  const keys = FACT_TABLES[kind].key.map((name) => columnOf(kind, name));
  const said = saidColumns(kind).map(([, { name }]) => name);
  const changing = [...said, ...SEEN.map(([, column]) => column)].filter(
    (column) => !keys.includes(column),
  );
  const sets = changing.map((column) => `${column} = excluded.${column}`);
  return `${insertOf(kind)}
    on conflict (${["domain_id", ...keys].join(", ")}) do update set ${sets.join(", ")}`;
}

const columnOf = (kind: FactKind, name: string): string =>
  saidColumns(kind).find(([known]) => known === name)?.[1].name ?? name;

/** Reads all rows of one kind that a domain has, as JSON. */
function keptOf(kind: FactKind): string {
  const said = saidColumns(kind).map(([name, { name: column }]) => `'${name}', f.${column}`);
  const seen = SEEN.map(([name, column]) => `'${name}', f.${column}`);
  return `(select jsonb_agg(jsonb_build_object(${[...said, ...seen].join(", ")}))
    from app.${getTableName(FACT_TABLES[kind].table)} f where f.domain_id = d.id) as ${kind}`;
}

const parts = (partOf: (kind: FactKind) => string): string =>
  FACT_KINDS.map((kind) => `${kind} as (${partOf(kind)})`).join(",\n");

/** Parts of a `with`, one for each kind with a parameter of its name: of domains that have no facts yet. */
export const FACTS_MADE = parts(insertOf);
/** The same for domains that may have some. */
export const FACTS_WRITTEN = parts(upsertOf);
/** Columns of a `select` from domains as `d`: one for each kind, of its name. */
export const FACTS_KEPT = FACT_KINDS.map(keptOf).join(",\n");
