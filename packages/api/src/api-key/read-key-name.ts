import { DomainError } from "../errors/domain-error.ts";
import { KEY_NAME_LENGTH_MAX } from "../wire.contract.ts";

/** @throws DomainError INVALID_INPUT for none, or one that is too long */
export function readKeyName(text: string): string {
  const name = text.trim().replace(/\s+/g, " ");
  if (name !== "" && name.length <= KEY_NAME_LENGTH_MAX) return name;
  throw new DomainError(
    "INVALID_INPUT",
    `A key needs a name of at most ${KEY_NAME_LENGTH_MAX} characters.`,
  );
}
