import { z } from "zod";
import { idempotencyKeyInput } from "../batch/batch.contract.ts";
import { idText } from "../id.contract.ts";
import { EMAIL_LENGTH_MAX } from "../profile/profile.contract.ts";
import { TENANT_NAME_LENGTH_MAX } from "../wire.contract.ts";

/** A customer organisation, as whoever runs the product sees it. */
export interface Tenant {
  id: string;
  /** Its name in addresses; null for one that another program made and nobody has opened yet. */
  slug: string | null;
  name: string;
  active: boolean;
  /** People who are members and active. */
  people: number;
}

export const SLUG_LENGTH_MAX = 63;

/** Tenants that one look finds at most; whoever looks for others says more of the name. */
export const TENANTS_TOLD_MAX = 200;

/** What a tenant is: in use, switched off, or deleted and waiting for its end. */
export const TENANT_STATES = ["on", "off", "deleted"] as const;

export const tenantsFindInput = z.object({
  /** A part of the name, the slug or the id. */
  q: z.string().max(TENANT_NAME_LENGTH_MAX).optional(),
  state: z.enum(TENANT_STATES).optional(),
});
export type TenantsFind = z.output<typeof tenantsFindInput>;

export const tenantOpenInput = z.object({
  name: z.string().max(TENANT_NAME_LENGTH_MAX),
  slug: z.string().max(SLUG_LENGTH_MAX).optional(),
  /** Who becomes its first owner. */
  ownerEmail: z.string().max(EMAIL_LENGTH_MAX).optional(),
  idempotencyKey: idempotencyKeyInput,
});
export type TenantOpen = z.output<typeof tenantOpenInput>;

export const tenantIdInput = z.object({ tenantId: idText });

export const tenantNameInput = z.object({ name: z.string().max(TENANT_NAME_LENGTH_MAX) });
export const tenantRenameInput = tenantIdInput.extend(tenantNameInput.shape);

export const tenantSwitchInput = tenantIdInput.extend({ active: z.boolean() });

/** The name has to be said, letter by letter: what is deleted by mistake is missed by many. */
export const tenantDeleteInput = tenantIdInput.extend({
  name: z.string().max(TENANT_NAME_LENGTH_MAX),
});

/** A tenant with its standing. Times are ISO 8601 in UTC. */
export interface TenantShown {
  tenantId: string;
  /** Its name in addresses: its id until it has one. */
  slug: string;
  name: string;
  state: (typeof TENANT_STATES)[number];
  /** Members who are active. */
  people: number;
  createdAt: string;
  /** Until when it can be had back; null unless it was deleted, and once its rows are being removed. */
  restorableUntil: string | null;
}

export interface TenantsFound {
  /** By name. */
  tenants: TenantShown[];
  /** Whether there are others that fit. */
  more: boolean;
}

/** What became of a deletion. */
export interface TenantDeleted {
  tenantId: string;
  restorableUntil: string;
}
