import { type Executor, executeRawSqlOne } from "../session/scope/raw-sql.ts";

// What adoption needs of a live catalogue beyond what drift compares: how exactly something was made, who
// refers to it, what stands on it. Names come as SQL wants them written, schemas in front of tables.

/** A table of any schema that is not the server's own. */
export interface LiveTable {
  /** `public.jobs`. */
  table: string;
  columns: LiveColumn[];
  /** Columns of the primary key in their order; empty without one. */
  key: string[];
  /** Whether the role may alter it. */
  mine: boolean;
  owner: string;
  /** Whether row security hides rows of it from the role. */
  hidden: boolean;
}

export interface LiveColumn {
  column: string;
  type: string;
  nullable: boolean;
  default: string | null;
  generated: boolean;
}

/** A foreign key. */
export interface Reference {
  table: string;
  name: string;
  columns: string[];
  target: string;
  targetColumns: string[];
  /** The unique index of the target by which it is held. */
  by: string;
  /** What follows `add constraint name`. */
  definition: string;
}

/** A constraint or an index that makes rows unique, without predicate or expression. */
export interface UniqueKey {
  table: string;
  name: string;
  columns: string[];
}

/** A constraint or an index as it was made. */
export interface Definition {
  table: string;
  name: string;
  kind: "constraint" | "index";
  definition: string;
  columns: string[];
}

/** A trigger or a rule that fires for us. */
export interface Hook {
  table: string;
  name: string;
  kind: "trigger" | "rule";
  state: "O" | "A";
}

export interface Facts {
  tables: LiveTable[];
  references: Reference[];
  keys: UniqueKey[];
  definitions: Definition[];
  hooks: Hook[];
  database: string;
  role: string;
  /** Whether the role may make schema app, or has it. */
  mayCreate: boolean;
}

const OWN = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;
const nameOf = (space: string, relation: string) =>
  `format('%I.%I', ${space}.nspname, ${relation}.relname)`;
const namesOf = (keys: string, table: string) => `(
  select coalesce(json_agg(quote_ident(a.attname) order by u.place), '[]')
  from unnest(${keys}) with ordinality as u (number, place)
  join pg_attribute a on a.attrelid = ${table} and a.attnum = u.number)`;

const tables = `
  select ${nameOf("n", "c")} as table, pg_get_userbyid(c.relowner) as owner,
    pg_has_role(c.relowner, 'USAGE') as mine, row_security_active(c.oid) as hidden,
    coalesce((select ${namesOf("k.conkey", "c.oid")} from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'p'), '[]') as key,
    (select json_agg(json_build_object(
        'column', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod),
        'nullable', not a.attnotnull, 'default', pg_get_expr(d.adbin, d.adrelid),
        'generated', a.attgenerated <> '') order by a.attnum)
      from pg_attribute a
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and ${OWN}
  order by 1`;

const references = `
  select ${nameOf("n", "c")} as table, quote_ident(k.conname) as name,
    ${namesOf("k.conkey", "k.conrelid")} as columns, ${nameOf("fn", "f")} as target,
    ${namesOf("k.confkey", "k.confrelid")} as "targetColumns",
    pg_get_constraintdef(k.oid) as definition,
    (select quote_ident(i.relname) from pg_class i where i.oid = k.conindid) as by
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
  where k.contype = 'f' and k.conparentid = 0 and ${OWN}
  order by 1, 2`;

const keys = `
  select ${nameOf("n", "c")} as table, quote_ident(i.relname) as name,
    ${namesOf("x.indkey::int2[]", "c.oid")} as columns
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
  where x.indisunique and x.indisvalid and x.indpred is null and x.indexprs is null
    and x.indnatts = x.indnkeyatts and not c.relispartition and ${OWN}
  order by 1, 2`;

const definitions = `
  select ${nameOf("n", "c")} as table, quote_ident(k.conname) as name, 'constraint' as kind,
    pg_get_constraintdef(k.oid) as definition, ${namesOf("k.conkey", "k.conrelid")} as columns
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype in ('p', 'u', 'f', 'c', 'x') and n.nspname = 'public'
  union all
  select ${nameOf("n", "c")}, quote_ident(i.relname), 'index', pg_get_indexdef(i.oid),
    ${namesOf("x.indkey::int2[]", "c.oid")}
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and not exists (
    select from pg_constraint k where k.conindid = i.oid and k.contype in ('p', 'u', 'x'))
  order by 1, 2`;

const hooks = `
  select ${nameOf("n", "c")} as table, quote_ident(t.tgname) as name, 'trigger' as kind,
    t.tgenabled as state
  from pg_trigger t
  join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and t.tgparentid = 0 and t.tgenabled in ('O', 'A') and ${OWN}
  union all
  select ${nameOf("n", "c")}, quote_ident(r.rulename), 'rule', r.ev_enabled
  from pg_rewrite r
  join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and r.ev_enabled in ('O', 'A') and ${OWN}
  order by 1, 3, 2`;

const list = (query: string) =>
  `(select coalesce(json_agg(row_to_json(part)), '[]') from (${query}) part)`;

/** Reads everything in one statement. The search path must hold public and nothing else. */
export async function readFacts(executor: Executor): Promise<Facts> {
  const row = await executeRawSqlOne<{ facts: Facts }>(
    executor,
    `select json_build_object(
       'tables', ${list(tables)}, 'references', ${list(references)}, 'keys', ${list(keys)},
       'definitions', ${list(definitions)}, 'hooks', ${list(hooks)},
       'database', current_database(), 'role', current_user,
       'mayCreate', case when to_regnamespace('app') is null
         then has_database_privilege(current_database(), 'CREATE')
         else has_schema_privilege('app', 'CREATE') end
     ) as facts`,
  );
  if (!row) throw new Error("the catalogue query gave no row: a query with one row always does");
  return row.facts;
}

/** Finds tables of the facts by name. */
export function tablesOf(facts: Facts) {
  const known = new Map(facts.tables.map((table) => [table.table, table]));
  const find = (table: string) => known.get(table);
  return {
    find,
    /** @throws Error when it is absent: to be asked of tables that were found before. */
    get(table: string): LiveTable {
      const found = find(table);
      if (!found) throw new Error(`table ${table} is not in the catalogue that was read`);
      return found;
    },
    column: (table: string, column: string) =>
      find(table)?.columns.find((one) => one.column === column),
  };
}
