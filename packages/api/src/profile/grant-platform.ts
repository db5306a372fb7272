import type { Tx } from "@scrapersky/db";
import { profiles } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Author } from "../rbac/actor.ts";
import type { Person } from "./find-person.ts";

const STAFF = "GLOBAL_ADMIN";
const NOT_STAFF = "USER";

/**
 * Makes somebody the platform's staff, at once: rights are asked for anew with every call.
 * @returns whether that changed anything
 * @throws DomainError INVALID_STATE `DISABLED`, `NO_TENANT` for whom it would be of no use
 */
export async function grantPlatform(tx: Tx, author: Author, person: Person): Promise<boolean> {
  if (!person.active) {
    throw new DomainError(
      "INVALID_STATE",
      `${person.email} is disabled. Let them in again first, with \`enable\`.`,
      { errorCode: "DISABLED" },
    );
  }
  if (person.memberships === 0) {
    throw new DomainError(
      "INVALID_STATE",
      `${person.email} is a member of no tenant, and comes in by none. Add them to one first, with \`add\`.`,
      { errorCode: "NO_TENANT" },
    );
  }
  return setPlatformRole(tx, author, person, { action: "platform.grant", role: STAFF });
}

/**
 * Makes somebody a person like others. Memberships stay.
 * @returns whether the person was the platform's staff
 */
export const revokePlatform = (tx: Tx, author: Author, person: Person): Promise<boolean> =>
  setPlatformRole(tx, author, person, { action: "platform.revoke", role: NOT_STAFF });

async function setPlatformRole(
  tx: Tx,
  author: Author,
  { id }: Person,
  { action, role }: { action: string; role: string },
): Promise<boolean> {
  const [held] = await tx
    .select({ role: profiles.role })
    .from(profiles)
    .where(eq(profiles.id, id))
    .for("no key update");
  if ((held?.role === STAFF) === (role === STAFF)) return false;
  await tx
    .update(profiles)
    .set({ role, updatedAt: sql`now()` })
    .where(eq(profiles.id, id));
  await recordAudit(tx, author, {
    action,
    targetType: "profile",
    targetId: id,
    detail: { before: { role: held?.role ?? null }, after: { role } },
  });
  return true;
}
