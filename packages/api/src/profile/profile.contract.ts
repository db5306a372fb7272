import { z } from "zod";
import { idempotencyKeyInput } from "../batch/batch.contract.ts";
import { idText } from "../id.contract.ts";
import type { Permission } from "../rbac/permissions.ts";
import { PERSON_NAME_LENGTH_MAX } from "../wire.contract.ts";

export const profileIdInput = z.object({ profileId: idText });

export const EMAIL_LENGTH_MAX = 254;
const ROLE_LENGTH_MAX = 100;

export const inviteInput = z.object({
  email: z.string().max(EMAIL_LENGTH_MAX),
  /** Name of the role here. */
  role: z.string().max(ROLE_LENGTH_MAX),
  name: z.string().max(PERSON_NAME_LENGTH_MAX).optional(),
  idempotencyKey: idempotencyKeyInput,
});
export type InviteInput = z.output<typeof inviteInput>;

const ZONE_LENGTH_MAX = 60;

/** What is left out stays. */
export const updateMeInput = z.object({
  name: z.string().max(PERSON_NAME_LENGTH_MAX).optional(),
  /** An IANA name; null: that of the place where the person is. */
  timeZone: z.string().max(ZONE_LENGTH_MAX).nullish(),
});
export type MeUpdate = z.output<typeof updateMeInput>;

export const assignInput = z.object({
  profileId: idText,
  role: z.string().max(ROLE_LENGTH_MAX),
});

/** What became of an invitation. */
export interface Invited {
  profileId: string;
  email: string;
  /** Whether a mail server took the message. */
  mailed: boolean;
  /**
   * The one-time link, to be handed over where no message was sent: shown this once. Null for somebody who has a password
   * already, or who belongs to other tenants too, into which it would lead.
   */
  link: string | null;
  expiresAt: string | null;
}

export interface InvitedOnce extends Invited {
  /** An earlier call with the same key made it: nobody is told again, and its link is kept nowhere. */
  replayed: boolean;
}

/** A person of a tenant. */
export interface Profile {
  id: string;
  name: string | null;
  email: string | null;
  /** Platform role of the real table: USER, ADMIN, SUPER_ADMIN or GLOBAL_ADMIN. */
  role: string | null;
  /** Role in this tenant, such as "owner" or "viewer". */
  tenantRole: string | null;
  bio: string | null;
  avatarUrl: string | null;
  tenantId: string;
  active: boolean;
  /** Whether the person was sent a one-time link and has no password yet. */
  invited: boolean;
  createdAt: string | null;
  updatedAt: string | null;
}

/** Who is signed in, and what the person may do in the current tenant. */
export interface Me {
  id: string;
  name: string | null;
  email: string | null;
  tenant: { id: string; slug: string; name: string };
  tenants: { id: string; slug: string; name: string }[];
  role: string;
  /** The time zone that the person wants times told in; null: that of the place where they are. */
  timeZone: string | null;
  permissions: Permission[];
}
