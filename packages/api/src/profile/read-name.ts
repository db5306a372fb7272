import { DomainError } from "../errors/domain-error.ts";
import { PERSON_NAME_LENGTH_MAX } from "../wire.contract.ts";

/**
 * A person's name without spaces around it; null for none.
 * @throws DomainError INVALID_INPUT
 */
export function readName(text: string | undefined): string | null {
  const name = text?.trim().replace(/\s+/g, " ") ?? "";
  if (name.length > PERSON_NAME_LENGTH_MAX) {
    throw new DomainError(
      "INVALID_INPUT",
      `A name has at most ${PERSON_NAME_LENGTH_MAX} characters.`,
    );
  }
  return name === "" ? null : name;
}
