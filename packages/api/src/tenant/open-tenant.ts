import type { Tx } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import { addPerson } from "../profile/add-person.ts";
import { getPerson } from "../profile/find-person.ts";
import { type Invitation, linkFor } from "../profile/invite-person.ts";
import type { Caller } from "../rbac/actor.ts";
import { createTenant } from "./create-tenant.ts";
import type { TenantOpen } from "./tenant.contract.ts";

/** A new tenant, and who was invited as its owner, before anybody is told. */
export interface TenantOpened {
  tenantId: string;
  slug: string;
  name: string;
  invitation: Omit<Invitation, "role"> | null;
}

/**
 * Makes a tenant and its first owner.
 * @throws DomainError as `createTenant` and `addPerson` do; CONFLICT `NAME_TAKEN`
 */
export async function openTenant(
  tx: Tx,
  caller: Caller,
  input: TenantOpen,
  webUrl: string,
): Promise<TenantOpened> {
  const tenant = await createTenant(tx, caller, input);
  if (!tenant.created) {
    throw new DomainError(
      "CONFLICT",
      `There is a tenant "${tenant.name}" already. For another one of this name, give it a slug of its own.`,
      { errorCode: "NAME_TAKEN" },
    );
  }
  const { id: tenantId, slug, name } = tenant;
  if (input.ownerEmail === undefined) return { tenantId, slug, name, invitation: null };
  const { profileId } = await addPerson(tx, caller, {
    email: input.ownerEmail,
    role: "owner",
    tenant,
  });
  const person = await getPerson(tx, profileId);
  return {
    tenantId,
    slug,
    name,
    invitation: { person, ...(await linkFor(tx, person, webUrl)) },
  };
}
