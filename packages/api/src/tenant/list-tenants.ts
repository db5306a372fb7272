import { defineStatement, executeRawSql, nullable, type Reader } from "@scrapersky/db";
import { tenants, tenantSlugs } from "@scrapersky/db/schema";
import type { Tenant } from "./tenant.contract.ts";

const allTenants = defineStatement(
  `select t.id, s.slug, t.name, t.is_active as active,
     (select count(*)::int from user_tenants ut join profiles p on p.id = ut.user_id
      where ut.tenant_id = t.id and p.active) as people
   from tenants t left join app.tenant_slugs s on s.tenant_id = t.id
   order by lower(t.name), t.id`,
  {
    id: tenants.id,
    slug: nullable(tenantSlugs.slug),
    name: tenants.name,
    active: tenants.isActive,
    people: "int4",
  },
);

/** All tenants, by name. */
export const listTenants = (reader: Reader): Promise<Tenant[]> => executeRawSql(reader, allTenants);
