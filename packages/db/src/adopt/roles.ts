import { emptyStep, type PlannedStep } from "./adoption.ts";
import { type Facts, tablesOf } from "./facts.ts";
import { keep, keyText, literal, restoreColumns, rowText } from "./saved.ts";

// Roles of the first system belonged to a tenant, roles of ours are for all: what an assignment got from
// its role's tenant, it has to say itself, or folding would give it in every tenant.

const ASSIGNMENTS = "public.user_roles";
const MEMBERS = "public.user_tenants";

/** Where an assignment holds in the first system. */
const holds = (of: string) =>
  `coalesce(${of}.tenant_id, (select r.tenant_id from public.roles r where r.id = ${of}.role_id))`;
const named = (of: string) => `(select r.name from public.roles r where r.id = ${of}.role_id)`;

export const hasTenantRoles = (facts: Facts): boolean =>
  ["public.roles", ASSIGNMENTS].every((table) => tablesOf(facts).column(table, "tenant_id"));

/** What stands in the place of an assignment's tenant while roles still have one. */
export const assignmentTenant = (facts: Facts): Map<string, string> =>
  new Map(hasTenantRoles(facts) ? [[`${ASSIGNMENTS}.tenant_id`, holds("t")]] : []);

/**
 * Steps beside the folding itself; `maps` says which tables are merged, and by which temporary table.
 */
export function planRoles(facts: Facts, maps: Map<string, string>): PlannedStep[] {
  if (!hasTenantRoles(facts)) return [];
  return [planAssignments(facts), ...planMembers(facts, maps), ...planPermissions(facts, maps)];
}

function planAssignments(facts: Facts): PlannedStep {
  const table = tablesOf(facts).get(ASSIGNMENTS);
  const step = emptyStep("assignments", "Say of each assignment in which tenant it holds");
  step.touches.push(ASSIGNMENTS);
  const from = `${ASSIGNMENTS} t join public.roles r on r.id = t.role_id where t.tenant_id is null and r.tenant_id is not null`;
  step.asks.push({
    says: (count) =>
      `${count} assignments say no tenant: each holds in its role's tenant, as before, and not in all`,
    otherwise: "write the tenant into user_roles.tenant_id",
    see: `select t.id, t.user_id, r.tenant_id, format('%s is %s in tenant %s', t.user_id, r.name, r.tenant_id) as example from ${from}`,
  });
  step.maps.push(
    `create temporary table adopt_assignments on commit drop as select t.id as key, r.tenant_id as tenant from ${from};`,
  );
  const columns = table.columns.filter(({ column }) => column === "tenant_id");
  step.rows.push(
    keep({
      step: step.name,
      table: ASSIGNMENTS,
      kind: "changed",
      key: keyText(table, "t"),
      became: keyText(table, "t"),
      was: rowText(["tenant_id"], "t"),
      from: `${ASSIGNMENTS} t join adopt_assignments m on m.key = t.id`,
    }),
    `update ${ASSIGNMENTS} t set tenant_id = m.tenant from adopt_assignments m where m.key = t.id;`,
  );
  step.backRows.push(restoreColumns(step.name, table, columns));
  return step;
}

/** Two assignments that become one held in two tenants: the membership carries the second. */
function planMembers(facts: Facts, maps: Map<string, string>): PlannedStep[] {
  const folded = maps.get(ASSIGNMENTS);
  const roles = maps.get("public.roles");
  const members = tablesOf(facts).find(MEMBERS);
  if (folded === undefined || roles === undefined || !members) return [];
  const step = emptyStep("members", "Let memberships carry what folded assignments gave");
  step.touches.push(MEMBERS);
  const lost = (of: string) =>
    `select distinct o.user_id, o.tenant as tenant_id, o.role_id from ${of} o where o.tenant is not null and o.stays is not null and o.stays <> o.tenant`;
  const order = (of: string) => `${holds(of)} nulls first, ${of}.created_at, ${of}.id`;
  const held =
    `select t.user_id, ${holds("t")} as tenant, n.tenant as stays, ` +
    `(select min(f.id) from public.roles f where f.name = ${named("t")}) as role_id, ` +
    `row_number() over (partition by t.user_id, ${named("t")} order by ${order("t")}) as place ` +
    `from ${ASSIGNMENTS} t cross join lateral (select ${holds("s")} as tenant from ${ASSIGNMENTS} s ` +
    `where s.user_id = t.user_id and ${named("s")} = ${named("t")} order by ${order("s")} limit 1) n`;
  const gone = `(${lost(`(select * from (${held}) h where h.place > 1)`)})`;
  step.asks.push(
    {
      says: (count) =>
        `${count} folded assignments held in a tenant of which the person has no role: the membership there gets it`,
      otherwise: "give the person a role in that tenant",
      see: `select g.*, format('%s in tenant %s: role %s', g.user_id, g.tenant_id, g.role_id) as example from ${gone} g left join ${MEMBERS} m on m.user_id = g.user_id and m.tenant_id = g.tenant_id where m.role_id is null`,
    },
    {
      says: (count) =>
        `${count} folded assignments find no room: the person has another role as a member there, and keeps that one only`,
      otherwise: "put the role that shall hold there into user_tenants.role_id",
      see: `select g.*, m.role_id as has, format('%s in tenant %s: role %s beside %s', g.user_id, g.tenant_id, g.role_id, m.role_id) as example from ${gone} g join ${MEMBERS} m on m.user_id = g.user_id and m.tenant_id = g.tenant_id where m.role_id is not null and ${named("m")} is distinct from ${named("g")}`,
    },
  );
  step.maps.push(
    `create temporary table adopt_members on commit drop as select distinct on (g.user_id, g.tenant_id) g.* from ${gone} g order by g.user_id, g.tenant_id, g.role_id;`,
  );
  const same = "m.user_id = t.user_id and m.tenant_id = t.tenant_id";
  const key = keyText(members, "t");
  const base = { step: step.name, table: MEMBERS, key, became: key };
  step.rows.push(
    keep({
      ...base,
      kind: "changed",
      was: rowText(["role_id"], "t"),
      from: `${MEMBERS} t join adopt_members m on ${same} where t.role_id is null`,
    }),
    `update ${MEMBERS} t set role_id = m.role_id from adopt_members m where ${same} and t.role_id is null;`,
    keep({
      ...base,
      kind: "added",
      was: rowText(["user_id", "tenant_id", "role_id"], "t"),
      from: `adopt_members t where not exists (select from ${MEMBERS} m where ${same})`,
    }),
    `insert into ${MEMBERS} (user_id, tenant_id, role_id) select t.user_id, t.tenant_id, t.role_id from adopt_members t where not exists (select from ${MEMBERS} m where ${same});`,
  );
  step.backRows.push(
    `delete from ${MEMBERS} t using app.adopted_rows a where a.adoption = :adoption: and a.step = ${literal(step.name)} and a.table_name = ${literal(MEMBERS)} and a.kind = 'added' and a.row_key = ${key};`,
    restoreColumns(
      step.name,
      members,
      members.columns.filter(({ column }) => column === "role_id"),
    ),
  );
  return [step];
}

/** Folding gives the role that stays the permissions of all: worth a look where they differ. */
function planPermissions(facts: Facts, maps: Map<string, string>): PlannedStep[] {
  if (!maps.has("public.roles") || !tablesOf(facts).find("public.role_permissions")) return [];
  const step = emptyStep("permissions", "Look at roles whose permissions differ between tenants");
  step.asks.push({
    tells: true,
    says: (count) =>
      `${count} roles have other permissions in one tenant than in another: the role that stays has all of them, so some people get more than they had`,
    otherwise: "rename a role that shall stay apart, or remove the permission",
    see: `select name, format('%s: %s', name, string_agg(distinct format('tenant %s has [%s]', tenant_id, has), '; ')) as example from (select r.name, r.tenant_id, coalesce((select string_agg(p.name, ', ' order by p.name) from public.role_permissions rp join public.permissions p on p.id = rp.permission_id where rp.role_id = r.id), '') as has from public.roles r) r group by name having count(distinct has) > 1`,
  });
  return [step];
}
