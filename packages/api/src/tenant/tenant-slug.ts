/** SQL of what names a tenant in addresses: its id, until one that another program made gets a slug. */
export const tenantSlug = <Slugs extends string, Tenants extends string>(
  slugs: Slugs,
  tenants: Tenants,
) => `coalesce(${slugs}.slug, ${tenants}.id::text)` as const;
