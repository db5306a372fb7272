import { z } from "zod";
import { idText } from "../id.contract.ts";
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
