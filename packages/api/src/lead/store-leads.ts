import { defineStatement, executeRawSql, nullable, type Tx, typed } from "@scrapersky/db";
import { domains } from "@scrapersky/db/schema";
import type { DoneScan } from "../domain/store-domain.ts";
import { bringUpLeads } from "./bring-up-leads.ts";
import { diffLead, type KeptLead, NOW, type Seen } from "./diff-lead.ts";
import { FACTS_KEPT } from "./fact-statements.ts";
import { FACT_KINDS, type FactKind } from "./fact-tables.ts";
import { toLeadRows } from "./lead-rows.ts";
import { type LeadWrite, writeLeads } from "./write-leads.ts";

/** A scan that ended well, of a domain whose own row is written already. */
export interface LeadScan extends Pick<DoneScan, "lead" | "site" | "pages"> {
  domainId: string;
  tenantId: string;
  domain: string;
  jobId: string;
  /** The domain's row was made by this scan: nothing is known of it. */
  isFirst: boolean;
}

type KeptFacts<Kind extends FactKind> = KeptLead["facts"][Kind];

const kept = defineStatement(
  `select d.id as domain_id, l.domain_id is not null as has_lead, l.last_success,
     case when l.changed_at is not null then jsonb_build_object('businessName', l.business_name,
       'legalName', l.legal_name, 'country', l.country, 'language', l.language, 'businessKey', l.business_key,
       'reason', l.reason, 'signals', l.signals) end as lead,
     ${FACTS_KEPT}
   from domains d left join app.leads l on l.domain_id = d.id
   where d.id = any(:domainIds::uuid[])`,
  {
    domain_id: domains.id,
    has_lead: "bool",
    last_success: nullable("timestamptz"),
    lead: nullable(typed<NonNullable<KeptLead["lead"]>>("jsonb")),
    emails: nullable(typed<KeptFacts<"emails">>("jsonb")),
    phones: nullable(typed<KeptFacts<"phones">>("jsonb")),
    people: nullable(typed<KeptFacts<"people">>("jsonb")),
    socials: nullable(typed<KeptFacts<"socials">>("jsonb")),
    addresses: nullable(typed<KeptFacts<"addresses">>("jsonb")),
    technologies: nullable(typed<KeptFacts<"technologies">>("jsonb")),
  },
);

/**
 * Stores what scans found of their businesses: one statement where all are first scans, else two or three, however many
 * there are. Of one domain the last scan counts. The caller holds the domains' rows.
 * @returns by job, how much it found that no earlier scan of its site had
 */
export async function storeLeads(
  tx: Tx,
  all: readonly LeadScan[],
): Promise<Map<string, { newEmails: number; newPhones: number }>> {
  const scans = lastOfEach(all);
  const earlier = scans.filter(({ isFirst }) => !isFirst).map(({ domainId }) => domainId);
  const before = await readKept(tx, earlier);
  const unknown = earlier.filter((domainId) => !before.has(domainId));
  if (unknown.length > 0) {
    await bringUpLeads(tx, unknown);
    for (const [domainId, lead] of await readKept(tx, unknown)) before.set(domainId, lead);
  }
  const writes = scans.map((scan) => ({ scan, ...toWrite(scan, before.get(scan.domainId)) }));
  await writeLeads(tx, writes);
  return new Map(
    writes.map(({ scan, diff }) => [
      scan.jobId,
      {
        newEmails: diff.facts.emails.filter(isNew).length,
        newPhones: diff.facts.phones.filter((phone) => isNew(phone) && !phone.fax).length,
      },
    ]),
  );
}

const isNew = ({ firstSeen }: Seen): boolean => firstSeen === NOW;

function lastOfEach(scans: readonly LeadScan[]): LeadScan[] {
  const byDomain = new Map<string, LeadScan>();
  for (const scan of scans) {
    const isFirst = scan.isFirst || byDomain.get(scan.domainId)?.isFirst === true;
    byDomain.set(scan.domainId, { ...scan, isFirst });
  }
  return [...byDomain.values()];
}

/** What is kept of those domains that have a lead. */
async function readKept(tx: Tx, domainIds: readonly string[]): Promise<Map<string, KeptLead>> {
  if (domainIds.length === 0) return new Map();
  const rows = await executeRawSql(tx, kept, { domainIds });
  return new Map(
    rows
      .filter((row) => row.has_lead)
      .map(({ domain_id, lead, last_success, ...row }) => [
        domain_id,
        {
          lead,
          lastSuccess: last_success,
          facts: Object.fromEntries(FACT_KINDS.map((kind) => [kind, row[kind] ?? []])) as never,
        },
      ]),
  );
}

const NOTHING: KeptLead = {
  lead: null,
  lastSuccess: null,
  facts: { emails: [], phones: [], people: [], socials: [], addresses: [], technologies: [] },
};

function toWrite(scan: LeadScan, before: KeptLead | undefined): LeadWrite {
  const rows = toLeadRows(scan);
  const pagesRead = new Set(scan.pages.map(({ url }) => url));
  return {
    ...rows,
    domainId: scan.domainId,
    tenantId: scan.tenantId,
    domain: scan.domain,
    jobId: scan.jobId,
    isNew: before === undefined,
    failureCode: null,
    diff: diffLead(before ?? NOTHING, rows, pagesRead),
  };
}
