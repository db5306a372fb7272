import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { tenants } from "@scrapersky/db/schema";
import { tenantSlug } from "./tenant-slug.ts";

const tenantsOf = defineStatement(
  `select t.id, ${tenantSlug("s", "t")} as slug, t.name from user_tenants ut
   join tenants t on t.id = ut.tenant_id and t.is_active
   left join app.tenant_slugs s on s.tenant_id = t.id
   where ut.user_id = :profileId::uuid order by t.name, t.id`,
  { id: tenants.id, slug: "text", name: tenants.name },
);

/** The tenants a person may switch to, by name. */
export const listTenantsOf = (
  reader: Reader,
  profileId: string,
): Promise<{ id: string; slug: string; name: string }[]> =>
  executeRawSql(reader, tenantsOf, { profileId });
