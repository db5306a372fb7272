import { DomainError } from "../errors/domain-error.ts";
import type { Actor } from "./actor.ts";
import type { Permission } from "./permissions.ts";

/**
 * What every edge asks before a rule runs.
 * @throws DomainError FORBIDDEN with `NEEDS_` and the permission as its error code
 */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (actor.permissions.has(permission)) return;
  throw new DomainError("FORBIDDEN", "Forbidden", { errorCode: `NEEDS_${permission}` });
}
