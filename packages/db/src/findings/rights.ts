import { describeDeclared } from "../drift/declared.ts";
import { type Executor, executeRawSql } from "../session/scope/raw-sql.ts";
import { defineStatement, type RowFrom } from "../statement/define-statement.ts";
import { certain, nullable, typed } from "../statement/row.ts";
import type { Finding } from "./finding.ts";

// What the role may do, and what it may see.

/** Tables of ours, by their keys, with those of the queue. Nothing here needs a right on their schemas. */
const OURS = `
  select c.oid, n.oid as space, n.nspname, c.relname, c.relkind
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p')
    and (n.nspname || '.' || c.relname = any(:tables::text[]) or n.nspname = 'pgboss')`;

/** Tables and sequences of ours, and what the role lacks of them: `insert, update`. */
const lackingRights = defineStatement(
  `with ours as (${OURS}), asked as (
     select distinct nspname as schema, '' as name, 'schema' as kind,
       case when not has_schema_privilege(space, 'usage') then 'usage' end as lacks
     from ours
     union all
     select nspname, relname, 'table',
       (select string_agg(wanted, ', ' order by place)
        from unnest(array['select', 'insert', 'update', 'delete']) with ordinality as w (wanted, place)
        where not has_table_privilege(ours.oid, wanted))
     from ours
     union all
     -- What fills a serial column; an identity asks for no right.
     select sn.nspname, s.relname, 'sequence',
       case when s.relkind = 'S' then case when not has_sequence_privilege(s.oid, 'usage') then 'usage' end end
     from ours
     join pg_depend d on d.refobjid = ours.oid and d.deptype = 'a' and d.classid = 'pg_class'::regclass
     join pg_class s on s.oid = d.objid and s.relkind = 'S'
     join pg_namespace sn on sn.oid = s.relnamespace
   )
   select *, quote_ident(current_user) as role from asked
   where lacks is not null
   order by schema || '.' || name`,
  {
    schema: "name",
    name: "text",
    kind: typed<"schema" | "table" | "sequence">("text"),
    lacks: certain("text"),
    role: "text",
  },
);
type Lack = RowFrom<typeof lackingRights>;

const declaredTables = () =>
  describeDeclared().tables.map(({ schema, table }) => `${schema}.${table}`);

export async function checkPermissions(executor: Executor): Promise<Finding> {
  const tables = declaredTables();
  const lacks = await executeRawSql(executor, lackingRights, { tables });
  const names = lacks.filter(({ kind }) => kind === "table");
  const declared = names.filter(({ schema, name }) => tables.includes(`${schema}.${name}`));
  const first = declared[0] ?? names[0];
  if (lacks.length === 0) {
    return { status: "ok", says: "the role may read and write every table" };
  }
  return {
    status: "fail",
    says:
      first === undefined
        ? `the role may not use ${lacks.map(({ kind, schema, name }) => `${kind} ${schema}${name && `.${name}`}`).join(", ")}`
        : `${names.length} tables the role may not fully use, ${first.schema}.${first.name} first: no ${first.lacks}`,
    todo: grantsFor(lacks).join(" "),
  };
}

/** The fewest statements that give what is lacking, and nothing else. */
function grantsFor(lacks: readonly Lack[]): string[] {
  const groups = Map.groupBy(lacks, ({ kind, lacks: right }) => `${right} on ${kind}`);
  return [...groups]
    .toSorted(([one], [other]) => Number(other.endsWith("schema")) - Number(one.endsWith("schema")))
    .map(([right, rows]) => {
      const names = rows.map(({ schema, name }) =>
        [schema, name].filter(Boolean).map(quoted).join("."),
      );
      return `grant ${right} ${names.join(", ")} to ${rows[0]?.role};`;
    });
}

const quoted = (name: string) =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

const hidingTables = defineStatement(
  `select nspname as schema, relname as name, quote_ident(current_user) as role,
     (select quote_ident(rolname) from pg_class k join pg_roles r on r.oid = k.relowner where k.oid = ours.oid) as owner
   from (${OURS}) ours
   where row_security_active(oid)
     and not exists (
       select from pg_policy p
       where p.polrelid = ours.oid and p.polpermissive and p.polcmd = '*'
         and pg_get_expr(p.polqual, p.polrelid) = 'true'
         and exists (select from unnest(p.polroles) as one (oid) where one.oid = 0 or pg_has_role(one.oid, 'usage')))
   order by 1, 2`,
  { schema: "name", name: "name", role: "text", owner: nullable("text") },
);

/** Row security hides rows without a word: a list is empty, and a batch has no jobs. */
export async function checkRowSecurity(executor: Executor): Promise<Finding> {
  const rows = await executeRawSql(executor, hidingTables, { tables: declaredTables() });
  if (rows.length === 0) return { status: "ok", says: "hides no row from the role" };
  const policies = rows.map(
    ({ schema, name, role }) =>
      `create policy scrapersky on ${quoted(schema)}.${quoted(name)} to ${role} using (true) with check (true);`,
  );
  const names = rows.map(({ schema, name }) => `${schema}.${name}`).join(", ");
  return {
    status: "fail",
    says: `row security hides rows of ${names} from the role: lists are empty without an error`,
    todo: `connect as ${rows[0]?.owner}, who owns the tables; or, as superuser: alter role ${rows[0]?.role} bypassrls; or, as their owner: ${policies.join(" ")}`,
  };
}
