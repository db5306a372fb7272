import { defineStatement, executeRawSql, nullable, type Reader } from "@scrapersky/db";
import { tenantRemovals, tenants } from "@scrapersky/db/schema";
import { isoTime } from "../time.ts";
import { tenantSlug } from "./tenant-slug.ts";
import {
  type TenantsFind,
  type TenantsFound,
  type TenantShown,
  TENANTS_TOLD_MAX,
} from "./tenant.contract.ts";
import { TENANT_REMOVAL } from "./tenant-removal.state.ts";

const found = defineStatement(
  `select t.id, ${tenantSlug("s", "t")} as slug, t.name, t.created_at,
     case when r.tenant_id is not null then 'deleted' when t.is_active then 'on' else 'off' end as state,
     case when ${TENANT_REMOVAL.may("restore", "r.state")} then r.due_at end as due_at,
     (select count(*)::int from user_tenants ut join profiles p on p.id = ut.user_id
      where ut.tenant_id = t.id and p.active) as people
   from tenants t
   left join app.tenant_slugs s on s.tenant_id = t.id
   left join app.tenant_removals r on r.tenant_id = t.id
   where (:q::text is null or strpos(lower(t.name), lower(:q::text)) > 0 or s.slug = lower(:q::text) or t.id::text = lower(:q::text))
     and (:state::text is null
       or :state::text = case when r.tenant_id is not null then 'deleted' when t.is_active then 'on' else 'off' end)
   order by lower(t.name), t.id limit ${TENANTS_TOLD_MAX + 1}`,
  {
    id: tenants.id,
    slug: "text",
    name: tenants.name,
    created_at: tenants.createdAt,
    state: "text",
    due_at: nullable(tenantRemovals.dueAt),
    people: "int4",
  },
);

/** Tenants whose name, slug or id fits, by name. */
export async function findTenants(
  reader: Reader,
  { q, state }: TenantsFind,
): Promise<TenantsFound> {
  const words = q?.trim();
  const rows = await executeRawSql(reader, found, {
    q: words ? words : null,
    state: state ?? null,
  });
  return {
    tenants: rows.slice(0, TENANTS_TOLD_MAX).map(toTenant),
    more: rows.length > TENANTS_TOLD_MAX,
  };
}

const toTenant = (row: {
  id: string;
  slug: string;
  name: string;
  created_at: string;
  state: string;
  due_at: string | null;
  people: number;
}): TenantShown => ({
  tenantId: row.id,
  slug: row.slug,
  name: row.name,
  state: row.state as TenantShown["state"],
  people: row.people,
  createdAt: isoTime(row.created_at),
  restorableUntil: row.due_at === null ? null : isoTime(row.due_at),
});
