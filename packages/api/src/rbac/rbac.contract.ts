import { z } from "zod";
import { boundedList } from "../bounded-list.contract.ts";
import { idempotencyKeyInput } from "../batch/batch.contract.ts";
import { idText } from "../id.contract.ts";
import { COUNT_MAX } from "../wire.contract.ts";
import type { Permission } from "./permissions.ts";

/** A role, the same in every tenant. */
export interface Role {
  id: number;
  name: string;
  description: string | null;
  permissions: Permission[];
  /** Active people of this tenant who hold it there. */
  people: number;
  /** Whether the caller may give it: it has no right that the caller lacks. */
  grantable: boolean;
  /** Came with the product, which knows it by its name. */
  standard: boolean;
}

export const PERMISSION_LENGTH_MAX = 60;

export const effectiveInput = z.object({
  /** The caller when left out. */
  profileId: idText.optional(),
});

export const canInput = effectiveInput.extend({
  permission: z.string().max(PERMISSION_LENGTH_MAX),
});

/** What somebody may do in the tenant, and the roles that each right comes from. */
export interface EffectiveRights {
  profileId: string;
  /** Whether the person may sign in; without that the rights are of no use. */
  active: boolean;
  rights: { permission: Permission; from: string[] }[];
}

/** Whether somebody may do one thing, in a sentence. */
export interface MayAnswer {
  allowed: boolean;
  why: string;
}

/** So far away may the end of a role be that is lent. */
export const LENT_DAYS_MAX = 366;
/** Roles that there can be. */
export const ROLES_MAX = 100;
export const ROLE_NAME_LENGTH_MAX = 100;
export const ROLE_DESCRIPTION_LENGTH_MAX = 300;
export const RIGHTS_MAX = 100;

export const roleLendInput = z.object({
  profileId: idText,
  role: z.string().max(ROLE_NAME_LENGTH_MAX),
  until: z.iso.datetime({ offset: true }),
});
export type RoleLend = z.output<typeof roleLendInput>;

/** A role that somebody has, until a moment or for good. */
export interface Assignment {
  role: string;
  until: string | null;
}

const rights = boundedList(z.string().max(PERMISSION_LENGTH_MAX), { min: 0, max: RIGHTS_MAX });
const roleName = z.string().trim().min(1).max(ROLE_NAME_LENGTH_MAX);
const description = z.string().trim().max(ROLE_DESCRIPTION_LENGTH_MAX).nullable();

export const roleCreateInput = z.object({
  name: roleName,
  description: description.default(null),
  permissions: rights,
  idempotencyKey: idempotencyKeyInput,
});
export type RoleCreate = z.output<typeof roleCreateInput>;

export const roleIdInput = z.object({ roleId: z.number().int().min(1).max(COUNT_MAX) });
export const roleUpdateInput = roleIdInput.extend({
  patch: z.object({ name: roleName, description, permissions: rights }).partial(),
});
export type RoleUpdate = z.output<typeof roleUpdateInput>;

/** A role as it is after a change. */
export interface RoleChanged {
  roleId: number;
  name: string;
  description: string | null;
  permissions: Permission[];
}
