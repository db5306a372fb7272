// What stands on columns whose type changes, as it was made. Names come as SQL wants them written.

/** A view, rule, policy, trigger, check or index that PostgreSQL does not carry over by itself. */
export interface Dependent {
  kind: "view" | "materialized view" | "rule" | "policy" | "trigger" | "check" | "index";
  /** `public.report`, `"rule" on public.jobs`: as it is spoken of. */
  what: string;
  drop: string;
  create: string;
  /** Rights, owner, comment and what else belongs to it, to be run after it is there. */
  after: string[];
  /** Views that stand on views come later. */
  level: number;
}

const name = (space: string, relation: string) =>
  `format('%I.%I', ${space}.nspname, ${relation}.relname)`;

const word = "case v.relkind when 'm' then 'materialized view' else 'view' end";

const views = `
  select ${word} as kind,
    ${name("n", "v")} as what, max(f.level) as level,
    format('drop %s %I.%I;', ${word}, n.nspname, v.relname) as "drop",
    format('create %s %I.%I%s as %s%s',
      ${word}, n.nspname, v.relname,
      coalesce(' with (' || array_to_string(v.reloptions, ', ') || ')', ''),
      rtrim(pg_get_viewdef(v.oid), '; '),
      case when v.relkind = 'm' and not v.relispopulated then ' with no data' else '' end) as "create",
    array(
      select format('alter %s %I.%I owner to %I;', ${word}, n.nspname, v.relname, pg_get_userbyid(v.relowner))
      where pg_get_userbyid(v.relowner) <> current_user
    ) || array(
      select format('comment on %s %I.%I is %L;', ${word}, n.nspname, v.relname, obj_description(v.oid, 'pg_class'))
      where obj_description(v.oid, 'pg_class') is not null
    ) || array(select pg_get_indexdef(x.indexrelid) || ';' from pg_index x where x.indrelid = v.oid
    ) || array(select pg_get_triggerdef(t.oid) || ';' from pg_trigger t where t.tgrelid = v.oid and not t.tgisinternal
    ) || array(
      select format('revoke all on %I.%I from %s;', n.nspname, v.relname, string_agg(distinct quote_ident(pg_get_userbyid(g.grantee)), ', '))
      from pg_default_acl d, aclexplode(d.defaclacl) g
      where d.defaclobjtype = 'r' and g.grantee not in (0, v.relowner)
      having count(*) > 0
    ) || array(
      select format('grant %s on %I.%I to %s%s;', g.privilege_type, n.nspname, v.relname,
        case g.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end,
        case when g.is_grantable then ' with grant option' else '' end)
      from aclexplode(v.relacl) g where g.grantee <> v.relowner
    ) as after
  from found f join pg_class v on v.oid = f.view join pg_namespace n on n.oid = v.relnamespace
  group by v.oid, v.relkind, v.relname, v.reloptions, v.relowner, v.relacl, v.relispopulated, n.nspname`;

const rules = `
  select distinct 'rule', format('rule %I on %I.%I', r.rulename, n.nspname, c.relname), 0,
    format('drop rule %I on %I.%I;', r.rulename, n.nspname, c.relname),
    rtrim(pg_get_ruledef(r.oid), ';'), '{}'::text[]
  from wanted w
  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = w.rel and d.refobjsubid = w.num and d.classid = 'pg_rewrite'::regclass
  join pg_rewrite r on r.oid = d.objid
  join pg_class c on c.oid = r.ev_class and c.relkind in ('r', 'p')
  join pg_namespace n on n.oid = c.relnamespace`;

const policies = `
  select distinct 'policy', format('policy %I on %I.%I', p.polname, n.nspname, c.relname), 0,
    format('drop policy %I on %I.%I;', p.polname, n.nspname, c.relname),
    format('create policy %I on %I.%I as %s for %s to %s%s%s', p.polname, n.nspname, c.relname,
      case when p.polpermissive then 'permissive' else 'restrictive' end,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      (select string_agg(case g when 0 then 'public' else quote_ident(pg_get_userbyid(g)) end, ', ') from unnest(p.polroles) g),
      coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', ''),
      coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')), '{}'::text[]
  from wanted w
  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = w.rel and d.refobjsubid = w.num and d.classid = 'pg_policy'::regclass
  join pg_policy p on p.oid = d.objid
  join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace`;

const triggers = `
  select distinct 'trigger', format('trigger %I on %I.%I', t.tgname, n.nspname, c.relname), 0,
    format('drop trigger %I on %I.%I;', t.tgname, n.nspname, c.relname),
    pg_get_triggerdef(t.oid),
    array(select format('alter table %I.%I %s trigger %I;', n.nspname, c.relname,
        case t.tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, t.tgname)
      where t.tgenabled <> 'O')
  from wanted w
  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = w.rel and d.refobjsubid = w.num and d.classid = 'pg_trigger'::regclass
  join pg_trigger t on t.oid = d.objid and not t.tgisinternal
  join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace`;

const checks = `
  select distinct 'check', format('check %I of %I.%I', k.conname, n.nspname, c.relname), 0,
    format('alter table %I.%I drop constraint %I;', n.nspname, c.relname, k.conname),
    format('alter table %I.%I add constraint %I %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)), '{}'::text[]
  from wanted w
  join pg_constraint k on k.conrelid = w.rel and k.contype = 'c' and w.num = any(k.conkey)
  join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace`;

const indexes = `
  select distinct 'index', format('index %I.%I', n.nspname, i.relname), 0,
    format('drop index %I.%I;', n.nspname, i.relname), pg_get_indexdef(i.oid), '{}'::text[]
  from wanted w
  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = w.rel and d.refobjsubid = w.num and d.classid = 'pg_class'::regclass
  join pg_index x on x.indexrelid = d.objid and (x.indexprs is not null or x.indpred is not null)
  join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = i.relnamespace`;

/** Everything that stands on columns, which are given as two arrays: tables and columns. */
export const dependentsSql = `
  with recursive wanted as (
    select a.attrelid as rel, a.attnum as num
    from unnest(:tables::text[], :columns::text[]) as u (tab, col)
    join pg_attribute a on a.attrelid = u.tab::regclass and quote_ident(a.attname) = u.col
  ),
  found as (
    select r.ev_class as view, 1 as level
    from wanted w
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = w.rel and d.refobjsubid = w.num and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class and v.relkind in ('v', 'm')
    union
    select r.ev_class, f.level + 1
    from found f
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = f.view and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite r on r.oid = d.objid and r.ev_class <> f.view
    join pg_class v on v.oid = r.ev_class and v.relkind in ('v', 'm')
  )
  select kind, what, level, "drop", "create", after from (
    ${views} union all ${rules} union all ${policies} union all ${triggers} union all ${checks} union all ${indexes}
  ) every_one
  order by level, kind, what`;
