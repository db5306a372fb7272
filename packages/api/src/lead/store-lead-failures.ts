import { defineStatement, executeRawSql, json, type Tx } from "@scrapersky/db";
import { readableName } from "../domain/readable-name.ts";
import type { StoredDomain } from "../domain/store-domain.ts";

/** A scan that failed, of a domain whose own row is written already. */
export interface LeadFailure extends StoredDomain {
  domain: string;
  code: string;
}

// A domain that earlier versions scanned and that has no lead yet gets none: bringing it up finds more than this failure.
const failuresNoted = defineStatement(
  `insert into app.leads as l (domain_id, tenant_id, domain, display_domain, first_scan, last_scan, failure_code)
   select d.id, d.tenant_id, lower(d.domain), f."displayDomain", d.first_scan, d.last_scan, f.code
   from jsonb_to_recordset(:failures::jsonb) as f ("domainId" uuid, "displayDomain" text, "isFirst" bool, code text)
   join domains d on d.id = f."domainId"
   where f."isFirst" or exists (select from app.leads k where k.domain_id = d.id)
   on conflict (domain_id) do update set
     last_scan = excluded.last_scan, failure_code = excluded.failure_code`,
);

/** Notes on leads that a scan failed; what earlier scans found stays. Of one domain the last failure counts. */
export async function storeLeadFailures(tx: Tx, failures: readonly LeadFailure[]): Promise<void> {
  if (failures.length === 0) return;
  const rows = failures.map(({ domain, ...failure }) => ({
    ...failure,
    displayDomain: readableName(domain),
  }));
  const lastOfEach = new Map(rows.map((row) => [row.domainId, row]));
  await executeRawSql(tx, failuresNoted, { failures: json([...lastOfEach.values()]) });
}
