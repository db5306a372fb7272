import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { leads } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { JOB } from "../job/job.state.ts";
import { removeDomains } from "../suppression/remove-domains.ts";

/** Leads of one step. */
const LEADS_MAX = 100;

const due = defineStatement(
  `select l.domain_id, l.tenant_id
   from app.tenant_settings s join app.leads l on l.tenant_id = s.tenant_id
   where l.last_scan < now() - make_interval(days => s.keep_leads_days)
     and not exists (
       select from jobs j where j.domain_id = l.domain_id and ${JOB.is(JOB.open, "j.status")}
     )
   order by l.last_scan limit ${LEADS_MAX} for update of l skip locked`,
  { domain_id: leads.domainId, tenant_id: leads.tenantId },
);

/**
 * Removes leads that were scanned last longer ago than their tenant keeps them, with their domains, pages and contacts, the
 * oldest first; those with a job that waits or runs stay. Call it in a transaction of its own. @returns how many
 */
export async function retireLeads(tx: Tx): Promise<number> {
  const rows = await executeRawSql(tx, due, {});
  const byTenant = Map.groupBy(rows, ({ tenant_id }) => tenant_id);
  for (const [tenantId, found] of byTenant) {
    const removed = await removeDomains(
      tx,
      tenantId,
      found.map(({ domain_id }) => domain_id),
    );
    await recordAudit(
      tx,
      { actor: null, source: "worker" },
      {
        action: "leads.retire",
        targetType: "tenant",
        targetId: tenantId,
        tenantId,
        detail: removed,
      },
    );
  }
  return rows.length;
}
