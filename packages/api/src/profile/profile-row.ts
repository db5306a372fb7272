import { expression, nullable } from "@scrapersky/db";
import { accounts, profiles, roles, signInLinks, userTenants } from "@scrapersky/db/schema";
import { and, eq, or, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import type { RowOf } from "../list/row-of.ts";
import { isoTimeOrNull } from "../time.ts";
import type { Profile } from "./profile.contract.ts";

const memberOf = (tenantId: string) =>
  and(eq(userTenants.userId, profiles.id), eq(userTenants.tenantId, tenantId));

/** People of a tenant: those at home in it and those who are members of it. */
export const isOfTenant = (tenantId: string) => {
  const membership = new QueryBuilder()
    .select({ userId: userTenants.userId })
    .from(userTenants)
    .where(memberOf(tenantId));
  return sql`(${or(eq(profiles.tenantId, tenantId), sql`exists ${membership}`)})`;
};

/** What a person is told from, with the role in this tenant. */
export const profileColumns = (tenantId: string) => ({
  id: profiles.id,
  name: profiles.name,
  email: profiles.email,
  role: profiles.role,
  tenantRole: expression(nullable(roles.name))`${new QueryBuilder()
    .select({ name: roles.name })
    .from(userTenants)
    .innerJoin(roles, eq(roles.id, userTenants.roleId))
    .where(memberOf(tenantId))}`,
  bio: profiles.bio,
  avatarUrl: profiles.avatarUrl,
  tenantId: profiles.tenantId,
  active: profiles.active,
  // The table is named: where nothing is joined a column of it would be one of the inner table.
  invited: expression("bool")`(exists (
    select from ${signInLinks} where ${signInLinks.userId} = ${profiles}.id and ${signInLinks.replacedAt} is null
  ) and not exists (
    select from ${accounts} where ${accounts.userId} = ${profiles}.id and ${accounts.providerId} = 'credential'
      and ${accounts.password} is not null
  ))`,
  createdAt: profiles.createdAt,
  updatedAt: profiles.updatedAt,
});

export const toProfile = (row: RowOf<ReturnType<typeof profileColumns>>): Profile => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  tenantRole: row.tenantRole,
  bio: row.bio,
  avatarUrl: row.avatarUrl,
  tenantId: row.tenantId,
  active: row.active ?? false,
  invited: row.invited,
  createdAt: isoTimeOrNull(row.createdAt),
  updatedAt: isoTimeOrNull(row.updatedAt),
});
