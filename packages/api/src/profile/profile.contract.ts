import { z } from "zod";
import { idText } from "../id.contract.ts";
import type { Permission } from "../rbac/permissions.ts";

export const profileIdInput = z.object({ profileId: idText });

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
