import { type Reader, withOptions } from "@scrapersky/db";
import { sql } from "drizzle-orm";
import type { FilterValues } from "../list/list.contract.ts";
import { selectRows } from "../list/list-rows.ts";
import { checkRights } from "../list/list-rights.ts";
import { rowsFor } from "../list/rows-for.ts";
import { narrowingOf } from "../list/select-by-ways.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { lead } from "./lead-facets.ts";
import { LEAD_LIST } from "./lead-list.contract.ts";
import { listLeads } from "./list-leads.ts";

/** It waits for no page: a hundred thousand rows of a large tenant may be looked for. */
const FIND_MAX_MS = 20_000;

/**
 * The domains of the leads that a filter of their list finds for somebody, as that list itself does; so many at most, in no order.
 * @throws DomainError FORBIDDEN for a filter that asks for contacts, of whoever may not read them
 */
export async function findLeadDomains(
  reader: Reader,
  who: ContactReader,
  filters: FilterValues<typeof LEAD_LIST>,
  most: number,
): Promise<string[]> {
  checkRights(LEAD_LIST, filters, who);
  const rows = rowsFor(listLeads.rows, who);
  const which = { tenantId: who.tenantId, filters };
  const found = (await selectRows(
    rows,
    withOptions(reader, { timeoutMs: FIND_MAX_MS }),
    { ...which, beyond: narrowingOf(rows, which, most) },
    { domain: sql`${lead.domain}`.as("domain") },
  ).limit(most)) as { domain: string }[];
  return found.map(({ domain }) => domain);
}
