import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { domains, leadEmails, purges } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import type { SuppressionEntry } from "./read-entry.ts";
import { removeDomains } from "./remove-domains.ts";
import { removeEmails } from "./remove-emails.ts";
import type { Purge } from "./suppression.contract.ts";

/** As many as a step of a purge removes. */
const DOMAINS_MAX = 500;
const EMAILS_MAX = 1_000;

const namedDomains = defineStatement(
  `select id from domains where tenant_id = :tenantId::uuid and domain = any(:names::text[]) order by domain limit ${DOMAINS_MAX}`,
  { id: domains.id },
);

const namedEmails = defineStatement(
  `select domain_id, email from app.lead_emails
   where tenant_id = :tenantId::uuid and email collate "C" = any(:names::text[]) limit ${EMAILS_MAX}`,
  { domain_id: leadEmails.domainId, email: leadEmails.email },
);

/**
 * Removes what is stored under the very names of entries, so that nobody reads it any more once they stand on the list. Hosts
 * below a domain, mailboxes of one and what patterns fit are the purge's to find.
 * @returns the purge, with what was removed
 */
export async function removeNamed(
  tx: Tx,
  tenantId: string,
  entries: readonly SuppressionEntry[],
  purge: Purge,
): Promise<Purge> {
  const namesOf = (wanted: SuppressionEntry["kind"]): string[] =>
    entries.filter(({ kind }) => kind === wanted).map(({ entry }) => entry);
  const sites = await executeRawSql(tx, namedDomains, { tenantId, names: namesOf("domain") });
  const ofSites = await removeDomains(
    tx,
    tenantId,
    sites.map(({ id }) => id),
  );
  const found = await executeRawSql(tx, namedEmails, { tenantId, names: namesOf("email") });
  const ofEmails = await removeEmails(
    tx,
    found.map(({ domain_id: domainId, email }) => ({ domainId, email })),
  );
  const counts = Object.entries({ ...ofSites, ...ofEmails }).filter(([, count]) => count > 0);
  if (counts.length === 0) return purge;
  const removed = Object.fromEntries(counts);
  await tx.update(purges).set({ removed }).where(eq(purges.id, purge.purgeId));
  return { ...purge, removed };
}
