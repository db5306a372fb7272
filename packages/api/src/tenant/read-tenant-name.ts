import { DomainError } from "../errors/domain-error.ts";
import { TENANT_NAME_LENGTH_MAX } from "../wire.contract.ts";

/** @throws DomainError INVALID_INPUT for none, or one that is too long */
export function readTenantName(text: string): string {
  const name = text.trim().replace(/\s+/g, " ");
  if (name !== "" && name.length <= TENANT_NAME_LENGTH_MAX) return name;
  throw new DomainError(
    "INVALID_INPUT",
    `A tenant needs a name of at most ${TENANT_NAME_LENGTH_MAX} characters.`,
  );
}
