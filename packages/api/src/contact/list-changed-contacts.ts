import type { Reader } from "@scrapersky/db";
import type { ChangedContact, ChangedInput, ChangedRows } from "../change/changed.contract.ts";
import { followLeads } from "../change/follow-leads.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { readContacts } from "./list-contacts.ts";

const follow = followLeads("contacts");

/**
 * The addresses that were written or deleted since a place or a time, as `listChangedLeads` tells leads. One is told again
 * whenever its lead is written.
 * @throws DomainError INVALID_INPUT for a cursor of something else; CONFLICT when the database was restored since
 */
export async function listChangedContacts(
  reader: Reader,
  { tenantId }: ContactReader,
  start: string,
  asked: ChangedInput,
): Promise<ChangedRows<ChangedContact>> {
  const of = { scope: ["changed contacts", tenantId], start } as const;
  const { rows, ...answer } = await follow(reader, of, asked);
  const told = await readContacts(
    reader,
    tenantId,
    rows.flatMap(({ id }) => id ?? []),
  );
  const items = rows.flatMap(({ id, domainId }): ChangedContact[] => {
    if (id === null) return [];
    const contact = told.get(id);
    return contact
      ? [{ id, domainId, deleted: false, contact }]
      : [{ id, domainId, deleted: true, contact: null }];
  });
  return { items, ...answer };
}
