import { executeRawSql, type Reader } from "@scrapersky/db";
import type { Tenant } from "./tenant.contract.ts";

/** All tenants, by name. */
export async function listTenants(reader: Reader): Promise<Tenant[]> {
  return executeRawSql<Tenant>(
    reader,
    `select t.id, s.slug, t.name, t.is_active as active,
       (select count(*)::int from user_tenants ut join profiles p on p.id = ut.user_id
        where ut.tenant_id = t.id and p.active) as people
     from tenants t left join app.tenant_slugs s on s.tenant_id = t.id
     order by lower(t.name), t.id`,
  );
}
