import type { Reader } from "@scrapersky/db";
import type { ChangedInput, ChangedPage, ChangedRows } from "../change/changed.contract.ts";
import { followLeads } from "../change/follow-leads.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { readPages } from "./list-pages.ts";

// A scan that reads pages writes the lead of their domain with them, and nobody else but a purge and an erasure writes pages: theirs
// is the life of the lead.
const follow = followLeads("pages");

/**
 * The pages that were read or deleted since a place or a time, as `listChangedLeads` tells leads: all that a domain has
 * whenever its lead is written. Where the lead is gone, its domain alone is told.
 * @throws DomainError INVALID_INPUT for a cursor of something else; CONFLICT when the database was restored since
 */
export async function listChangedPages(
  reader: Reader,
  who: ContactReader,
  start: string,
  asked: ChangedInput,
): Promise<ChangedRows<ChangedPage>> {
  const of = { scope: ["changed pages", who.tenantId], start } as const;
  const { rows, ...answer } = await follow(reader, of, asked);
  const told = await readPages(
    reader,
    who,
    rows.flatMap(({ id }) => id ?? []),
  );
  const items = rows.map(({ id, domainId }): ChangedPage => {
    const page = id === null ? undefined : told.get(id);
    return id !== null && page
      ? { id, domainId, deleted: false, page }
      : { id, domainId, deleted: true, page: null };
  });
  return { items, ...answer };
}
