import { DomainError } from "../errors/domain-error.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import type { AnyList } from "./list.contract.ts";

/** What of its rows a list may tell beside what its permission says. */
export type Rights = Pick<ContactReader, "mayReadContacts">;

export const NO_CONTACTS: Rights = { mayReadContacts: false };

/**
 * Who may not read contacts may not look for them either: that would tell one after the other.
 * @throws DomainError FORBIDDEN with `NEEDS_contacts:read`
 */
export function checkRights(
  { filters }: AnyList,
  asked: object,
  { mayReadContacts }: Rights,
): void {
  if (mayReadContacts) return;
  const used = Object.entries(asked).filter(([, value]) => value !== undefined);
  if (used.some(([name]) => filters[name]?.personal === true)) {
    throw new DomainError("FORBIDDEN", "Forbidden", { errorCode: "NEEDS_contacts:read" });
  }
}
