import { DomainError } from "../errors/domain-error.ts";
import type { Author } from "../rbac/actor.ts";
import { type Permission, PERMISSIONS, PLATFORM_PERMISSIONS } from "../rbac/permissions.ts";

/** What a key may do: everything in its tenant, nothing of the platform. */
const SCOPES = (Object.keys(PERMISSIONS) as Permission[]).filter(
  (name) => !PLATFORM_PERMISSIONS.includes(name),
);

/**
 * The scopes that were asked for, each once. Nobody gives a key what they lack; whoever runs commands stands outside of that.
 * @throws DomainError INVALID_INPUT for none or unknown ones; FORBIDDEN `GRANTS_MORE`
 */
export function readScopes(words: readonly string[], author: Author): Permission[] {
  const wanted = [...new Set(words.map((word) => word.trim().toLowerCase()).filter(Boolean))];
  const known = `The scopes are: ${SCOPES.join(", ")}.`;
  if (wanted.length === 0) {
    throw new DomainError("INVALID_INPUT", `A key needs at least one scope. ${known}`);
  }
  const wrong = wanted.filter((word) => !SCOPES.some((scope) => scope === word));
  if (wrong.length > 0) {
    const which = wrong.map((word) => `"${word}"`).join(", ");
    throw new DomainError("INVALID_INPUT", `No key of a tenant has the scope ${which}. ${known}`);
  }
  const scopes = SCOPES.filter((scope) => wanted.includes(scope));
  const lacked = scopes.filter((scope) => author.actor?.permissions.has(scope) === false);
  if (lacked.length > 0) {
    throw new DomainError(
      "FORBIDDEN",
      `You may not do this yourself, so no key of yours may: ${lacked.join(", ")}.`,
      { errorCode: "GRANTS_MORE" },
    );
  }
  return scopes;
}
