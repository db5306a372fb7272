import { DomainError } from "../errors/domain-error.ts";
import type { Actor } from "./actor.ts";

/**
 * The id of the person who calls.
 * @throws DomainError FORBIDDEN for a service account: what is kept for somebody is kept for people
 */
export function requirePerson({ kind, id }: Actor): string {
  if (kind !== "person") {
    throw new DomainError("FORBIDDEN", "This is kept for people; a program has none of it.", {
      errorCode: "NEEDS_PERSON",
    });
  }
  return id;
}
