import { inAscii, leads } from "@scrapersky/db/schema";
import { and, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import { isNumber } from "../contact/read-search.ts";
import type { FilterValues } from "../list/list.contract.ts";
import { askedOf } from "../list/list-rows.ts";
import type { FindWays, Gather } from "../list/ways.ts";
import {
  domainsOfBatch,
  isOfBatch,
  isReachedBy,
  isSmallBatch,
  isSearched,
  LEAD_CONDITIONS,
  leadsReachedBy,
} from "./lead-conditions.ts";
import { type FacetNarrowing, lead, narrowByFacets } from "./lead-facets.ts";
import type { LEAD_LIST } from "./lead-list.contract.ts";

type Filters = FilterValues<typeof LEAD_LIST>;

/** Why one way and not another: docs/decisions/lead-facets.md. */
export const findLeadWays: FindWays<typeof LEAD_LIST> = ({ tenantId, filters, order }) => {
  const inOrder = order === "newest";
  const range = and(eq(lead.tenantId, tenantId), inOrder ? scannedWithin(filters) : undefined);
  const ranged = inOrder ? ["scannedSince", "scannedUntil"] : [];
  const facets = narrowByFacets(tenantId, filters);
  const { q, contact, batchId } = filters;
  const isByFacets = facets !== undefined && !q && contact === undefined && batchId === undefined;
  return {
    walk: {
      table: sql`${leads} "lead"`,
      id: lead.domainId,
      ranges: range ? [range] : [],
      test: and(...askedOf(LEAD_TESTS, tenantId, filters, ranged)),
      // Indexes of expressions do not tell their values without the row.
      skips: isByFacets && (inOrder || order === "domain" || order === "emails"),
    },
    gather: gatherLeads(tenantId, filters, facets, inOrder),
  };
};

/** The conditions, looked up for one lead after the other where another table has the answer. */
const LEAD_TESTS: typeof LEAD_CONDITIONS = {
  ...LEAD_CONDITIONS,
  contact: (text, tenantId) => isReachedBy(tenantId, text),
  batchId: (name, tenantId) => isOfBatch(tenantId, name),
};

/** A lead that changed or came since then was scanned since then. */
function scannedWithin({
  scannedSince,
  scannedUntil,
  changedSince,
  newSince,
}: Filters): SQL | undefined {
  const since = [scannedSince, changedSince, newSince].filter((time) => time !== undefined);
  return and(
    ...since.map((time) => gte(lead.lastScan, time)),
    scannedUntil === undefined ? undefined : lte(lead.lastScan, scannedUntil),
  );
}

/** By the conditions that an index answers; by times only where nothing says more. */
function gatherLeads(
  tenantId: string,
  filters: Filters,
  facets: FacetNarrowing | undefined,
  inOrder: boolean,
): Gather | undefined {
  const { q, contact, batchId, newSince } = filters;
  const said = [
    ...(facets ? [facets.where] : []),
    ...(contact === undefined
      ? []
      : [sql`${lead.domainId} = any(array(${leadsReachedBy(tenantId, contact)}))`]),
    ...(batchId === undefined
      ? []
      : [sql`${inAscii(lead.domain)} = any(array(${domainsOfBatch(tenantId, batchId)}))`]),
    ...(q ? [isSearched(q)] : []),
  ];
  const times =
    newSince !== undefined
      ? gte(lead.firstScan, newSince)
      : inOrder
        ? undefined
        : scannedWithin(filters);
  const narrow = said.length > 0 ? and(...said) : times;
  const instead = ["contact", "batchId", "q", ...(facets?.filters ?? [])];
  const few =
    batchId !== undefined
      ? isSmallBatch(tenantId, batchId)
      : contact !== undefined && isNumber(contact)
        ? sql`true`
        : undefined;
  // Domains of a batch are looked up by the index that begins with the tenant.
  const own = batchId === undefined && (facets !== undefined || contact !== undefined);
  return narrow && { narrow, instead, few, own };
}
