import { certain, defineStatement, type Executor, executeRawSql } from "@scrapersky/db";

// Supabase answers web requests as the roles `anon` and `authenticated`, and its default privileges open every new
// table to them: without row security everybody who knows the project's public key reads and writes what we store.

/** Tables of schema public that anybody on the web may use. */
export interface Exposure {
  /** Such as `public.contacts`, quoted where SQL needs it. */
  tables: string[];
  /** Which of `anon` and `authenticated` may. */
  roles: string[];
  /** The statements that close them, and keep new ones closed; for the owner of the tables. */
  close: string[];
}

const openTables = defineStatement(
  `select format('%I.%I', 'public', c.relname) as name, array_agg(r.rolname::text order by r.rolname) as roles,
     bool_or(exists (select from aclexplode(c.relacl) a where a.grantee = 0)) as "byPublic"
   from pg_class c
   join pg_roles r on r.rolname in ('anon', 'authenticated')
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
     and has_schema_privilege(r.oid, c.relnamespace, 'usage')
     and (has_table_privilege(r.oid, c.oid, 'select, insert, update, delete, truncate')
       or has_any_column_privilege(r.oid, c.oid, 'select, insert, update'))
     and not (c.relkind in ('r', 'p') and c.relrowsecurity and not r.rolbypassrls)
     -- Such a view shows what its reader may see anyway.
     and not (c.relkind = 'v' and exists (
       select from pg_options_to_table(c.reloptions)
       where option_name = 'security_invoker' and option_value in ('true', 'on', '1', 'yes')))
     and not exists (
       select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
   group by c.oid, c.relname order by c.relname`,
  { name: "text", roles: "text[]", byPublic: "bool" },
);

const openingDefaults = defineStatement(
  `select distinct quote_ident(r.rolname) as maker, d.defaclnamespace = 0 as everywhere
   from pg_default_acl d
   join pg_roles r on r.oid = d.defaclrole
   cross join lateral aclexplode(d.defaclacl) a
   join pg_roles g on g.oid = a.grantee and g.rolname in ('anon', 'authenticated')
   where d.defaclobjtype = 'r' and d.defaclnamespace in (0, 'public'::regnamespace)
     and pg_has_role(d.defaclrole, 'member')
   order by 1`,
  { maker: certain("text"), everywhere: "bool" },
);

/** What is open; undefined where nothing is, or where there are no such roles. */
export async function findExposure(executor: Executor): Promise<Exposure | undefined> {
  const rows = await executeRawSql(executor, openTables);
  if (rows.length === 0) return undefined;
  const roles = [...new Set(rows.flatMap((row) => row.roles))].sort();
  const from = [...roles, ...(rows.some(({ byPublic }) => byPublic) ? ["public"] : [])].join(", ");
  const defaults = await executeRawSql(executor, openingDefaults);
  const names = rows.map(({ name }) => name);
  return {
    tables: names,
    roles,
    close: [
      `revoke all on ${names.join(", ")} from ${from};`,
      ...defaults.map(
        ({ maker, everywhere }) =>
          `alter default privileges for role ${maker}${everywhere ? "" : " in schema public"} revoke all on tables from ${roles.join(", ")};`,
      ),
    ],
  };
}

/** One sentence: what is open, and to whom. */
export function describeExposure({ tables, roles }: Exposure): string {
  const few = tables.slice(0, 3).join(", ");
  const more = tables.length > 3 ? ` and ${tables.length - 3} more` : "";
  const [are, verb] = tables.length === 1 ? ["table", "is"] : ["tables", "are"];
  return `${tables.length} ${are} of schema public ${verb} open to ${roles.join(" and ")}, without row security: ${few}${more}`;
}

/** What somebody who lets people in must know of it; undefined where nothing is open. */
export async function warnOfExposure(executor: Executor): Promise<string | undefined> {
  const exposure = await findExposure(executor);
  if (exposure === undefined) return undefined;
  return `Warning: ${describeExposure(exposure)}. Whoever knows the project's public key reads them. As their owner, run: ${exposure.close.join(" ")}`;
}
