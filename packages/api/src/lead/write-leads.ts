import { defineStatement, executeRawSql, json, type Tx } from "@scrapersky/db";
import { leads } from "@scrapersky/db/schema";
import { getTableColumns } from "drizzle-orm";
import { readableName } from "../domain/readable-name.ts";
import type { LeadDiff } from "./diff-lead.ts";
import { FACTS_MADE, FACTS_WRITTEN } from "./fact-statements.ts";
import { FACT_KINDS, type FactKind } from "./fact-tables.ts";
import { CHOSEN_BY_HAND, CHOSEN_BY_HAND_AND_GONE } from "./hand-choice.ts";
import { CHANGES_KEPT, SCANS_WITH_CHANGES_KEPT } from "./lead.contract.ts";
import { FOUND_COLUMNS, type LeadRows } from "./lead-rows.ts";

/** A lead as it is to be from now on. */
export interface LeadWrite extends LeadRows {
  domainId: string;
  tenantId: string;
  domain: string;
  /** The scan that found it; null where its facts come from what earlier versions kept. */
  jobId: string | null;
  /** There is no row of it yet. */
  isNew: boolean;
  /** Why the last scan failed, where that is not the one that found it. */
  failureCode: string | null;
  diff: LeadDiff;
}

const COLUMNS = FOUND_COLUMNS.map((name) => ({ name, ...describe(name) }));

function describe(name: (typeof FOUND_COLUMNS)[number]) {
  const column = getTableColumns(leads)[name];
  return { column: column.name, type: column.getSQLType() };
}

const FOUND = COLUMNS.map(({ name, type }) => `"${name}" ${type}`).join(", ");
const NAMES = COLUMNS.map(({ column }) => column).join(", ");
const VALUES = COLUMNS.map(({ name }) => `f."${name}"`).join(", ");
const SETS = COLUMNS.map(({ name, column }) => `${column} = f."${name}"`).join(", ");

/** What was chosen by hand stays, with a word on whether it is still there; else the rule's choice counts. */
const chosen = (column: string, choice: string, found: string): string =>
  `${column} = case when l.${column}_by = 'hand' then l.${column} else ${choice} end,
   ${column}_rule = case when l.${column}_by is distinct from 'hand' then f.${column} ->> 'rule'
     when l.${column} = any(f."${found}") then '${CHOSEN_BY_HAND}' else '${CHOSEN_BY_HAND_AND_GONE}' end,
   ${column}_by = case when l.${column}_by = 'hand' then 'hand' when ${choice} is not null then 'rule' end`;

const found = (more: string): string =>
  `select r.*, d.tenant_id, d.domain, d.first_scan, d.last_scan, d.last_successful_scan,
     r.suggested -> coalesce(s.best_email, 'role') as best_email, r.suggested -> 'phone' as best_phone
   from jsonb_to_recordset(:leads::jsonb) as r ("domainId" uuid, "isNews" bool, ${more}, ${FOUND})
   join domains d on d.id = r."domainId"
   left join app.tenant_settings s on s.tenant_id = d.tenant_id`;

const LEADS_MADE = `insert into app.leads (domain_id, tenant_id, domain, display_domain, first_scan, last_scan,
     last_success, failure_code, changed_at, best_email, best_email_rule, best_email_by, best_phone, best_phone_rule,
     best_phone_by, ${NAMES})
   select f."domainId", f.tenant_id, lower(f.domain), f."displayDomain", least(f.first_scan, f.last_scan), f.last_scan, f.last_successful_scan,
     f."failureCode", case when f."isNews" then now() end,
     f.best_email ->> 'email', f.best_email ->> 'rule', case when f.best_email ->> 'email' is not null then 'rule' end,
     f.best_phone ->> 'e164', f.best_phone ->> 'rule', case when f.best_phone ->> 'e164' is not null then 'rule' end,
     ${VALUES}
   from (${found('"displayDomain" text, "failureCode" text')}) f`;

const LEADS_SEEN = `update app.leads l
   set domain = lower(f.domain), last_scan = f.last_scan, last_success = f.last_successful_scan, failure_code = null,
     changed_at = case when f."isNews" then now() else l.changed_at end,
     ${chosen("best_email", "f.best_email ->> 'email'", "emailsFound")},
     ${chosen("best_phone", "f.best_phone ->> 'e164'", "phonesFound")},
     ${SETS}
   from (${found('"emailsFound" text[], "phonesFound" text[]')}) f where l.domain_id = f."domainId"`;

const CHANGES_WRITTEN = `told as (
     insert into app.lead_changes (domain_id, scanned_at, tenant_id, job_id, changes, left_out)
     select r."domainId", now(), r."tenantId", r."jobId", r.changes, r."leftOut"
     from jsonb_to_recordset(:changes::jsonb)
       as r ("domainId" uuid, "tenantId" uuid, "jobId" uuid, changes jsonb, "leftOut" int)
     returning domain_id
   ),
   outdated as (
     delete from app.lead_changes c using told
     where c.domain_id = told.domain_id and c.scanned_at <= (
       select o.scanned_at from app.lead_changes o where o.domain_id = told.domain_id
       order by o.scanned_at desc offset ${SCANS_WITH_CHANGES_KEPT - 1} limit 1
     )
   )`;

// Each for itself: what only some leads need would be read and planned for all of them.
const leadsMade = defineStatement<string>(LEADS_MADE);
const leadsMadeWithFacts = defineStatement<string>(`with ${FACTS_MADE} ${LEADS_MADE}`);
const leadsSeen = defineStatement<string>(LEADS_SEEN);
const leadsChanged = defineStatement<string>(
  `with ${FACTS_WRITTEN}, ${CHANGES_WRITTEN} ${LEADS_SEEN}`,
);

/** Writes leads with their facts, and what is news. The domains' own rows are written before. */
export async function writeLeads(tx: Tx, writes: readonly LeadWrite[]): Promise<void> {
  const made = writes.filter(({ isNew }) => isNew);
  const known = writes.filter(({ isNew }) => !isNew);
  const changed = known.filter(hasChanged);
  const same = known.filter((write) => !hasChanged(write));
  if (made.some(hasFacts)) await executeRawSql(tx, leadsMadeWithFacts, withFacts(made));
  else if (made.length > 0) await executeRawSql(tx, leadsMade, withLeads(made));
  if (same.length > 0) await executeRawSql(tx, leadsSeen, withLeads(same));
  if (changed.length > 0) {
    const changes = json(changed.flatMap(toChangesRow));
    await executeRawSql(tx, leadsChanged, { ...withFacts(changed), changes });
  }
}

const hasFacts = ({ diff }: LeadWrite): boolean =>
  FACT_KINDS.some((kind) => diff.facts[kind].length > 0);

const hasChanged = (write: LeadWrite): boolean => write.diff.changes.length > 0 || hasFacts(write);

const withLeads = (writes: readonly LeadWrite[]) => ({ leads: json(writes.map(toLeadRow)) });

const withFacts = (writes: readonly LeadWrite[]) => ({
  ...withLeads(writes),
  ...Object.fromEntries(
    FACT_KINDS.map((kind) => [kind, json(writes.flatMap((write) => toFactRows(kind, write)))]),
  ),
});

const toLeadRow = ({ domainId, domain, isNew, failureCode, found, facts, diff }: LeadWrite) =>
  isNew
    ? {
        ...found,
        domainId,
        isNews: diff.isNews,
        displayDomain: readableName(domain.toLowerCase()),
        failureCode,
      }
    : {
        ...found,
        domainId,
        isNews: diff.isNews,
        emailsFound: facts.emails.map(({ email }) => email),
        phonesFound: facts.phones.filter(({ fax }) => !fax).map(({ e164 }) => e164),
      };

const toChangesRow = ({ domainId, tenantId, jobId, diff: { changes } }: LeadWrite) =>
  changes.length === 0
    ? []
    : [
        {
          domainId,
          tenantId,
          jobId,
          changes: changes.slice(0, CHANGES_KEPT),
          leftOut: Math.max(0, changes.length - CHANGES_KEPT),
        },
      ];

const toFactRows = (kind: FactKind, { domainId, tenantId, diff }: LeadWrite) =>
  diff.facts[kind].map((row) => ({ ...row, domainId, tenantId }));
