import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { domains } from "@scrapersky/db/schema";
import { eq, or, type SQL, sql } from "drizzle-orm";

// The first system kept names of domains as they were typed. Whoever looks for one by its name finds those as well, by
// the index `app_domains_typed`; a scan writes the name as everybody else does.

/** SQL of whether a domain, as `d`, is one that `:names` mean; those in lower case. */
export const IS_NAMED =
  "(d.domain = any(:names::text[]) or d.domain <> lower(d.domain) and lower(d.domain) = any(:names::text[]))";

/** The domain that this name means. */
export const isNamed = (name: string): SQL | undefined =>
  or(
    eq(domains.domain, name.toLowerCase()),
    sql`${domains.domain} <> lower(${domains.domain}) and lower(${domains.domain}) = ${name.toLowerCase()}`,
  );

const renamed = defineStatement(
  `update domains d set domain = lower(d.domain)
   where d.id in (
     select distinct on (t.tenant_id, lower(t.domain)) t.id
     from unnest(:tenantIds::uuid[], :names::text[]) as asked (tenant_id, name)
     join domains t on t.tenant_id = asked.tenant_id and t.domain <> lower(t.domain) and lower(t.domain) = asked.name
     where not exists (select from domains o where o.tenant_id = asked.tenant_id and o.domain = asked.name)
     order by t.tenant_id, lower(t.domain), t.last_scan desc nulls last, t.id
   )`,
);

/** Names domains of the first system as everybody else writes them, so that a scan finds the row that is there. */
export async function nameTypedDomains(
  tx: Tx,
  of: readonly { tenantId: string; domain: string }[],
): Promise<void> {
  if (of.length === 0) return;
  await executeRawSql(tx, renamed, {
    tenantIds: of.map(({ tenantId }) => tenantId),
    names: of.map(({ domain }) => domain),
  });
}
