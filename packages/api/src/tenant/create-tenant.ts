import { randomUUID } from "node:crypto";
import { certain, defineStatement, executeRawSql, nullable, type Tx } from "@scrapersky/db";
import { tenants, tenantSlugs } from "@scrapersky/db/schema";
import { eq, like, or } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Author } from "../rbac/actor.ts";
import { readTenantName } from "./read-tenant-name.ts";
import { freeSlug, isSlug, slugOf } from "./slug.ts";

export interface TenantCreated {
  id: string;
  slug: string;
  name: string;
  /** False when a tenant of this name was there, and nothing was done. */
  created: boolean;
}

const sameTenants = defineStatement(
  `select t.id, t.name, s.slug, lower(t.name) = lower(:name) as same_name
   from tenants t left join app.tenant_slugs s on s.tenant_id = t.id
   where lower(t.name) = lower(:name) or s.slug = :wanted`,
  {
    id: tenants.id,
    name: tenants.name,
    slug: nullable(tenantSlugs.slug),
    same_name: certain("bool"),
  },
);

/**
 * Makes a tenant. A name that a tenant has already makes none, unless it comes with a slug of its own:
 * a script that runs twice must not leave two.
 * @throws DomainError INVALID_INPUT for a name or slug that cannot be one; CONFLICT `SLUG_TAKEN`
 */
export async function createTenant(
  tx: Tx,
  author: Author,
  input: { name: string; slug?: string | undefined; description?: string },
): Promise<TenantCreated> {
  const name = readTenantName(input.name);
  const wanted = input.slug?.trim().toLowerCase();
  if (wanted !== undefined && !isSlug(wanted)) {
    throw new DomainError(
      "INVALID_INPUT",
      `"${input.slug}" cannot stand in an address: a slug has 1 to 63 of a-z, 0-9 and "-", begins with a letter or digit, and is no id.`,
    );
  }
  // Two at once would choose the same slug, or make the same tenant twice.
  await takeLock(tx, "tenants");
  const others = await executeRawSql(tx, sameTenants, { name, wanted: wanted ?? null });
  const holder = others.find(({ slug }) => slug !== null && slug === wanted);
  if (holder && !holder.same_name) {
    throw new DomainError(
      "CONFLICT",
      `The slug "${wanted}" belongs to the tenant "${holder.name}". Choose another one.`,
      { errorCode: "SLUG_TAKEN" },
    );
  }
  const same = holder ?? (wanted === undefined ? others.find((one) => one.same_name) : undefined);
  if (same) {
    const slug = same.slug ?? (await giveSlug(tx, same));
    return { id: same.id, slug, name: same.name, created: false };
  }
  const id = randomUUID();
  await tx.insert(tenants).values({ id, name, description: input.description });
  const slug = await giveSlug(tx, { id, name }, wanted);
  await recordAudit(tx, author, {
    action: "tenants.create",
    targetType: "tenant",
    targetId: id,
    tenantId: id,
    detail: { name, slug },
  });
  return { id, slug, name, created: true };
}

/** Names a tenant in addresses: as wanted, or after its name. */
export async function giveSlug(
  tx: Tx,
  { id, name }: { id: string; name: string },
  wanted?: string,
): Promise<string> {
  const base = slugOf(name);
  const rows = await tx
    .select({ slug: tenantSlugs.slug })
    .from(tenantSlugs)
    .where(or(eq(tenantSlugs.slug, base), like(tenantSlugs.slug, `${base}-%`)));
  const slug = wanted ?? freeSlug(base, new Set(rows.map((row) => row.slug)));
  await tx.insert(tenantSlugs).values({ tenantId: id, slug });
  return slug;
}
