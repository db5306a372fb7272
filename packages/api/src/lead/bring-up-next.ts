import {
  defineStatement,
  executeRawSql,
  executeRawSqlOne,
  type Reader,
  type Tx,
} from "@scrapersky/db";
import { domains, leads } from "@scrapersky/db/schema";
import { type BroughtUp, bringUpLeads } from "./bring-up-leads.ts";

/** Domains or leads that one transaction takes. */
export const CHUNK = 200;

const nextDomains = defineStatement(
  `select d.id from domains d
   where d.id > :after::uuid and not exists (select from app.leads l where l.domain_id = d.id)
   order by d.id limit ${CHUNK} for no key update of d skip locked`,
  { id: domains.id },
);

const withoutLead = defineStatement(
  `select count(*)::int as count from domains d
   where not exists (select from app.leads l where l.domain_id = d.id)`,
  { count: "int4" },
);

const nextChoices = defineStatement(
  `with next as (
     select l.domain_id, l.suggested -> s.best_email as best
     from app.tenant_settings s join app.leads l on l.tenant_id = s.tenant_id
     where l.domain_id > :after::uuid and l.best_email_by = 'rule'
       and l.best_email is distinct from l.suggested -> s.best_email ->> 'email'
     order by l.domain_id limit ${CHUNK} for no key update of l skip locked
   )
   update app.leads l
   set best_email = next.best ->> 'email', best_email_rule = next.best ->> 'rule',
     best_email_by = case when next.best ->> 'email' is not null then 'rule' end
   from next where l.domain_id = next.domain_id
   returning l.domain_id`,
  { domain_id: leads.domainId },
);

/** Before the first of all ids. */
export const FROM_THE_BEGINNING = "00000000-0000-0000-0000-000000000000";

/** Whether there is more, and where to go on. */
export interface Chunk {
  after: string;
  isLast: boolean;
}

/**
 * Makes leads of the next domains that have none. Those that a scan is storing at the moment are left to it.
 * @param after the id that the chunk before ended with
 */
export async function bringUpNextLeads(tx: Tx, after: string): Promise<Chunk & BroughtUp> {
  const rows = await executeRawSql(tx, nextDomains, { after });
  const done = await bringUpLeads(
    tx,
    rows.map(({ id }) => id),
  );
  return { ...done, after: rows.at(-1)?.id ?? after, isLast: rows.length < CHUNK };
}

/**
 * Lets the rule of their tenant choose the best e-mail of the next leads for which it chooses another one by now; what was
 * chosen by hand stays.
 */
export async function chooseNextByRule(tx: Tx, after: string): Promise<Chunk & { chosen: number }> {
  const rows = await executeRawSql(tx, nextChoices, { after });
  const ids = rows.map((row) => row.domain_id).toSorted();
  return { chosen: rows.length, after: ids.at(-1) ?? after, isLast: rows.length < CHUNK };
}

/** How many domains have no lead yet. */
export async function countWithoutLead(reader: Reader): Promise<number> {
  return (await executeRawSqlOne(reader, withoutLead, {}))?.count ?? 0;
}
