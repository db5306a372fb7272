import { executeRawSql, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import { readCursor, writeCursor } from "../list/cursor.ts";
import { pageOf } from "../list/page-of.ts";
import type { Page } from "../list.contract.ts";
import type { Actor } from "../rbac/actor.ts";
import { listTenantsOf } from "../tenant/list-tenants-of.ts";
import { isoTimeOrNull } from "../time.ts";
import type { Me, Profile, ProfileListInput } from "./profile.contract.ts";

interface ProfileRow {
  id: string;
  name: string | null;
  email: string | null;
  role: string | null;
  tenant_role: string | null;
  bio: string | null;
  avatar_url: string | null;
  tenant_id: string;
  active: boolean | null;
  created_at: string | null;
  updated_at: string | null;
}

/** People of a tenant: those at home in it and those who are members of it. */
const PEOPLE = `
  select p.id, p.name, p.email, p.role, r.name as tenant_role, p.bio, p.avatar_url, p.tenant_id, p.active,
    p.created_at, p.updated_at
  from profiles p
  left join user_tenants ut on ut.user_id = p.id and ut.tenant_id = :tenantId::uuid
  left join roles r on r.id = ut.role_id
  where (p.tenant_id = :tenantId::uuid or ut.tenant_id is not null)`;

/** Rows without a creation time come first. */
const SINCE = "coalesce(p.created_at, '-infinity'::timestamptz)";

/** The people of the tenant, by creation time and id. */
export async function listProfiles(
  reader: Reader,
  tenantId: string,
  input: ProfileListInput,
): Promise<Page<Profile>> {
  const scope = ["profiles.list", tenantId, input.active ?? null];
  const [afterTime, afterId] =
    input.cursor === undefined ? [null, null] : readCursor(scope, input.cursor, ["time", "uuid"]);
  const rows = await executeRawSql<ProfileRow>(
    reader,
    `${PEOPLE}
       and (:active::bool is null or coalesce(p.active, false) = :active::bool)
       and (:afterTime::timestamptz is null or (${SINCE}, p.id) > (:afterTime::timestamptz, :afterId::uuid))
     order by ${SINCE}, p.id limit :limit::int`,
    { tenantId, active: input.active ?? null, afterTime, afterId, limit: input.limit + 1 },
  );
  return pageOf(rows, input.limit, toProfile, (last) =>
    writeCursor(scope, [last.created_at ?? "-infinity", last.id]),
  );
}

/** The people of the tenant in the same order, by offset, as REST lists them. */
export async function listProfileRecords(
  reader: Reader,
  tenantId: string,
  input: { limit: number; offset: number },
): Promise<Profile[]> {
  const rows = await executeRawSql<ProfileRow>(
    reader,
    `${PEOPLE} order by ${SINCE}, p.id limit :limit::int offset :offset::int`,
    { tenantId, ...input },
  );
  return rows.map(toProfile);
}

/** @throws DomainError NOT_FOUND when the person is unknown or of another tenant */
export async function getProfile(
  reader: Reader,
  tenantId: string,
  profileIdText: string,
): Promise<Profile> {
  const profileId = requireUuid(profileIdText, "Profile");
  const row = await executeRawSqlOne<ProfileRow>(reader, `${PEOPLE} and p.id = :profileId::uuid`, {
    tenantId,
    profileId,
  });
  if (!row) throw notFound("Profile");
  return toProfile(row);
}

/** Who calls, where, and what the caller may do there. */
export async function getMe(reader: Reader, actor: Actor): Promise<Me> {
  const tenant = { id: actor.tenantId, slug: actor.tenantSlug, name: actor.tenantName };
  return {
    id: actor.id,
    name: actor.name,
    email: actor.email,
    tenant,
    tenants: actor.kind === "person" ? await listTenantsOf(reader, actor.id) : [tenant],
    role: actor.role,
    permissions: [...actor.permissions].toSorted(),
  };
}

const toProfile = (row: ProfileRow): Profile => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  tenantRole: row.tenant_role,
  bio: row.bio,
  avatarUrl: row.avatar_url,
  tenantId: row.tenant_id,
  active: row.active ?? false,
  createdAt: isoTimeOrNull(row.created_at),
  updatedAt: isoTimeOrNull(row.updated_at),
});
