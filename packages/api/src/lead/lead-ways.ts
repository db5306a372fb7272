import { inAscii, leads } from "@scrapersky/db/schema";
import { and, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import type { FilterValues } from "../list/list.contract.ts";
import type { FindWays } from "../list/ways.ts";
import { domainsOfBatch, isSearched, leadsReachedBy } from "./lead-conditions.ts";
import { lead, narrowByFacets } from "./lead-facets.ts";
import type { LEAD_LIST } from "./lead-list.contract.ts";

/** Why one way and not another: docs/decisions/lead-facets.md. */
export const findLeadWays: FindWays<typeof LEAD_LIST> = ({ tenantId, filters, order }) => {
  const scanned = order === "newest" ? scannedWithin(filters) : undefined;
  const range = and(eq(lead.tenantId, tenantId), scanned);
  const narrow = and(...narrowings(tenantId, filters));
  return {
    walk: {
      table: sql`${leads} "lead"`,
      id: lead.domainId,
      ranges: range ? [range] : [],
      alone: "lead",
    },
    gather: narrow && { narrow, instead: ["contact", "batchId", "q"] },
  };
};

/** A lead that changed or came since then was scanned since then. */
function scannedWithin({
  scannedSince,
  scannedUntil,
  changedSince,
  newSince,
}: FilterValues<typeof LEAD_LIST>): SQL | undefined {
  const since = [scannedSince, changedSince, newSince].filter((time) => time !== undefined);
  return and(
    ...since.map((time) => gte(lead.lastScan, time)),
    scannedUntil === undefined ? undefined : lte(lead.lastScan, scannedUntil),
  );
}

/** Conditions that an index answers; each is asked besides the one that it stands for. */
function narrowings(tenantId: string, filters: FilterValues<typeof LEAD_LIST>): SQL[] {
  const { q, contact, batchId } = filters;
  const facets = narrowByFacets(tenantId, filters);
  return [
    ...(facets ? [facets] : []),
    ...(contact === undefined
      ? []
      : [sql`${lead.domainId} = any(array(${leadsReachedBy(tenantId, contact)}))`]),
    ...(batchId === undefined
      ? []
      : [sql`${inAscii(lead.domain)} = any(array(${domainsOfBatch(tenantId, batchId)}))`]),
    ...(q ? [isSearched(q)] : []),
  ];
}
