import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { hostOfUrl, type Stored } from "./find-stored.ts";

const withoutHosts = defineStatement(
  `with gone as (
     delete from pages p using unnest(:domainIds::uuid[], :hosts::text[]) as doomed (domain_id, host)
     where p.domain_id = doomed.domain_id
       and ${hostOfUrl("p.url")} = doomed.host
     returning p.tenant_id, p.domain_id, p.id
   ),
   told as (
     insert into app.lead_tombstones (tenant_id, domain_id, page_id) select tenant_id, domain_id, id from gone
   )
   select count(*)::int as pages from gone`,
  { pages: "int4" },
);

/** Removes pages that other domains have at these hosts. */
export async function removePages(tx: Tx, stored: Stored["hosts"]): Promise<number> {
  if (stored.length === 0) return 0;
  const gone = await executeRawSqlOne(tx, withoutHosts, {
    domainIds: stored.map(({ domainId }) => domainId),
    hosts: stored.map(({ host }) => host),
  });
  return gone?.pages ?? 0;
}
