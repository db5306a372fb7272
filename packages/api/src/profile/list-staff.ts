import { defineStatement, executeRawSql, nullable, type Reader, typed } from "@scrapersky/db";
import { profiles } from "@scrapersky/db/schema";

/** A person as whoever runs the product sees one. */
export interface StaffMember {
  id: string;
  email: string | null;
  name: string | null;
  active: boolean;
  /** Whether there is a password to sign in with. */
  hasPassword: boolean;
  /** Whether the person runs the product for all tenants. */
  isPlatformStaff: boolean;
  memberships: { tenant: string; role: string | null }[];
}

const staff = defineStatement(
  `select p.id, coalesce(u.email, p.email) as email, coalesce(p.name, u.name) as name,
     coalesce(p.active, false) as active, coalesce(p.role = 'GLOBAL_ADMIN', false) as "isPlatformStaff",
     exists (
       select from app.accounts a where a.user_id = p.id and a.provider_id = 'credential' and a.password is not null
     ) as "hasPassword",
     coalesce((
       select json_agg(json_build_object('tenant', coalesce(s.slug, t.name), 'role', r.name) order by t.name, t.id)
       from user_tenants ut
       join tenants t on t.id = ut.tenant_id
       left join app.tenant_slugs s on s.tenant_id = t.id
       left join roles r on r.id = ut.role_id
       where ut.user_id = p.id
     ), '[]') as memberships
   from profiles p left join app.users u on u.id = p.id
   where :tenantId::uuid is null or exists (
     select from user_tenants ut where ut.user_id = p.id and ut.tenant_id = :tenantId::uuid
   )
   order by lower(coalesce(u.email, p.email)) nulls last, p.id`,
  {
    id: profiles.id,
    email: nullable("text"),
    name: nullable("text"),
    active: "bool",
    isPlatformStaff: "bool",
    hasPassword: "bool",
    memberships: typed<StaffMember["memberships"]>("json"),
  },
);

/** Everybody with a profile, by e-mail address; of one tenant where it is given. */
export const listStaff = (reader: Reader, tenantId?: string): Promise<StaffMember[]> =>
  executeRawSql(reader, staff, { tenantId: tenantId ?? null });
