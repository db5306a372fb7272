import { z } from "zod";
import { listInput } from "../list.contract.ts";
import type { Permission } from "../rbac/permissions.ts";
import { ID_LENGTH_MAX } from "../wire.contract.ts";

export const profileListInput = listInput.extend({ active: z.boolean().optional() });
export type ProfileListInput = z.infer<typeof profileListInput>;

/** People as REST v3 lists them: by creation time, with an offset. */
export const profileRecordsInput = z.object({
  limit: z.number().int().min(1).max(1000).default(100),
  offset: z.number().int().min(0).max(1_000_000).default(0),
});
export type ProfileRecordsInput = z.infer<typeof profileRecordsInput>;

export const profileIdInput = z.object({ profileId: z.string().max(ID_LENGTH_MAX) });

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
  permissions: Permission[];
}
