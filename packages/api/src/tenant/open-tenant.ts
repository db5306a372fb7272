import type { Tx } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { addPerson } from "../profile/add-person.ts";
import { getPerson, type Person } from "../profile/find-person.ts";
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
  /** An earlier call with the same key made it: nobody is told again, and no link is kept. */
  replayed: boolean;
}

/**
 * Makes a tenant and its first owner.
 * @throws DomainError as `createTenant` and `addPerson` do; CONFLICT `NAME_TAKEN`, and from the idempotency key
 */
export async function openTenant(
  tx: Tx,
  caller: Caller,
  { idempotencyKey: key, ...request }: TenantOpen,
  webUrl: string,
): Promise<TenantOpened> {
  let way: Pick<Invitation, "link" | "isOnlyHere"> = { link: null, isOnlyHere: false };
  const call = { route: "tenants.create", key, request };
  const { ownerId, ...opened } = await runOnce(tx, caller.actor, call, async () => {
    const { owner, ...made } = await insertTenant(tx, caller, request);
    if (owner) way = await linkFor(tx, owner, webUrl);
    return { ...made, ownerId: owner?.id ?? null };
  });
  if (ownerId === null) return { ...opened, invitation: null };
  return { ...opened, invitation: { person: await getPerson(tx, ownerId), ...way } };
}

async function insertTenant(
  tx: Tx,
  caller: Caller,
  input: Omit<TenantOpen, "idempotencyKey">,
): Promise<Pick<TenantOpened, "tenantId" | "slug" | "name"> & { owner: Person | null }> {
  const tenant = await createTenant(tx, caller, input);
  if (!tenant.created) {
    throw new DomainError(
      "CONFLICT",
      `There is a tenant "${tenant.name}" already. For another one of this name, give it a slug of its own.`,
      { errorCode: "NAME_TAKEN" },
    );
  }
  const { id: tenantId, slug, name } = tenant;
  if (input.ownerEmail === undefined) return { tenantId, slug, name, owner: null };
  const { profileId } = await addPerson(tx, caller, {
    email: input.ownerEmail,
    role: "owner",
    tenant,
  });
  return { tenantId, slug, name, owner: await getPerson(tx, profileId) };
}
