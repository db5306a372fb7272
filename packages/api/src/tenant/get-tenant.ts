import { defineStatement, executeRawSql, nullable, type Tx } from "@scrapersky/db";
import { tenants, tenantSlugs } from "@scrapersky/db/schema";
import { DomainError } from "../errors/domain-error.ts";
import { giveSlug } from "./create-tenant.ts";
import { listTenants } from "./list-tenants.ts";

/** Slugs named in the answer for an unknown one. */
const NAMED_MAX = 20;

const tenantsCalled = defineStatement(
  `select t.id, s.slug, t.name,
     case when s.slug = :wanted then 1 when t.id::text = :wanted then 2 else 3 end as rank
   from tenants t left join app.tenant_slugs s on s.tenant_id = t.id
   where s.slug = :wanted or t.id::text = :wanted or lower(t.name) = :wanted
   order by rank, t.id`,
  { id: tenants.id, slug: nullable(tenantSlugs.slug), name: tenants.name, rank: "int4" },
);

/**
 * The tenant of this slug, id or name. One that another program made gets its slug now.
 * @throws DomainError NOT_FOUND, which names the tenants there are; CONFLICT when several have the name
 */
export async function getTenant(
  tx: Tx,
  word: string,
): Promise<{ id: string; slug: string; name: string }> {
  const wanted = word.trim().toLowerCase();
  const found = await executeRawSql(tx, tenantsCalled, { wanted });
  const [tenant, other] = found;
  if (!tenant) throw await unknownTenant(tx, word);
  if (tenant.rank === 3 && other) {
    const slugs = found.map(({ slug, id }) => slug ?? id).join(", ");
    throw new DomainError("CONFLICT", `Several tenants are called "${word}": say which, ${slugs}.`);
  }
  return { id: tenant.id, name: tenant.name, slug: tenant.slug ?? (await giveSlug(tx, tenant)) };
}

async function unknownTenant(tx: Tx, word: string): Promise<DomainError> {
  const slugs = (await listTenants(tx)).map(({ slug, id }) => slug ?? id);
  const rest = slugs.length > NAMED_MAX ? `, and ${slugs.length - NAMED_MAX} more` : "";
  const known =
    slugs.length === 0
      ? "There is none yet: make one with `tenant create`."
      : `There are: ${slugs.slice(0, NAMED_MAX).join(", ")}${rest}.`;
  return new DomainError("NOT_FOUND", `There is no tenant "${word}". ${known}`);
}
