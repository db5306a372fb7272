import {
  defineStatement,
  executeRawSql,
  executeRawSqlOne,
  json,
  nullable,
  type Tx,
  typed,
} from "@scrapersky/db";
import { leads } from "@scrapersky/db/schema";
import type { EmailKind } from "@scrapersky/outcome";
import type { Suggested } from "../lead/lead-rows.ts";
import { nextBestEmail } from "../lead/next-best-email.ts";
import type { Stored } from "./find-stored.ts";

// Whoever an address belongs to goes with it. Words are what texts of the same domain may say of them.
const DOOMED = `doomed as (
     select * from unnest(:domainIds::uuid[], :emails::text[]) as doomed (domain_id, email)
   ),
   person as (
     select p.domain_id, p.name from app.lead_people p join doomed on doomed.domain_id = p.domain_id and doomed.email = p.email
     union
     select e.domain_id, e.person_name from app.lead_emails e
     join doomed on doomed.domain_id = e.domain_id and doomed.email = e.email
     where e.person_name is not null
   ),
   word as (
     select domain_id, lower(email) as word from doomed
     union select domain_id, replace(lower(email), '@', at)
     from doomed cross join unnest(array['%40', ' (at) ', '(at)', ' [at] ', '[at]']) at
     union select domain_id, lower(name) from person
   )`;

const says = (text: string, domainId: string): string =>
  `exists (select from word where word.domain_id = ${domainId} and strpos(lower(${text}), word.word) > 0)`;

// Whoever makes a lead of what is stored has done so, or reads what is left.
const domainsHeld = defineStatement(
  "select from domains where id = any(:domainIds::uuid[]) order by domain for no key update",
);

const withoutEmails = defineStatement(
  `with ${DOOMED},
   email as (
     delete from app.lead_emails e using doomed
     where e.domain_id = doomed.domain_id and e.email = doomed.email returning 1
   ),
   contact as (
     delete from contacts c using doomed
     where c.domain_id = doomed.domain_id and c.email = doomed.email returning 1
   ),
   people as (
     delete from app.lead_people p using person
     where p.domain_id = person.domain_id and p.name = person.name returning 1
   ),
   side as (
     update domains d set email_addresses = array(
       select one from unnest(d.email_addresses) one
       where not exists (select from doomed where doomed.domain_id = d.id and doomed.email = one)
     )
     where d.id in (select domain_id from doomed) and d.email_addresses is not null
   )
   select greatest((select count(*) from email), (select count(*) from contact))::int as emails,
     (select count(*) from people)::int as people`,
  { emails: "int4", people: "int4" },
);

// Before the rows themselves go: who they name is read from them.
const withoutWords = defineStatement(
  `with ${DOOMED},
   emails as (
     update app.lead_emails e set context = null
     where e.domain_id in (select domain_id from doomed) and ${says("e.context", "e.domain_id")}
   ),
   contact as (
     update contacts c set context = null
     where c.domain_id in (select domain_id from doomed) and ${says("c.context", "c.domain_id")}
   ),
   phones as (
     update app.lead_phones p set label = null
     where p.domain_id in (select domain_id from doomed) and ${says("p.label", "p.domain_id")}
   ),
   changes as (
     update app.lead_changes c set changes = coalesce((
       select jsonb_agg(change.value order by change.place)
       from jsonb_array_elements(c.changes) with ordinality as change (value, place)
       where not ${says("change.value::text", "c.domain_id")}
     ), '[]')
     where c.domain_id in (select domain_id from doomed) and ${says("c.changes::text", "c.domain_id")}
   )
   update pages p set
     title = case when not ${says("p.title", "p.domain_id")} then p.title end,
     description = case when not ${says("p.description", "p.domain_id")} then p.description end,
     h1 = case when not ${says("p.h1", "p.domain_id")} then p.h1 end,
     outbound_links = array(
       select one from unnest(p.outbound_links) one where not ${says("one", "p.domain_id")}
     )
   where p.domain_id in (select domain_id from doomed)
     and ${says("concat_ws(' ', p.title, p.description, p.h1, p.outbound_links::text)", "p.domain_id")}`,
);

const left = defineStatement(
  `select l.domain_id, l.suggested, coalesce(s.best_email, 'role') as wanted, (
     select jsonb_agg(jsonb_build_object('email', e.email, 'kind', e.kind, 'ownDomain', e.own_domain)
       order by e.first_seen, e.email)
     from app.lead_emails e where e.domain_id = l.domain_id and e.gone_at is null
   ) as emails
   from app.leads l left join app.tenant_settings s on s.tenant_id = l.tenant_id
   where l.domain_id = any(:domainIds::uuid[]) order by l.domain_id for no key update of l`,
  {
    domain_id: leads.domainId,
    suggested: typed<Partial<Suggested>>(leads.suggested),
    wanted: typed<"role" | "person">("text"),
    emails: nullable(typed<{ email: string; kind: EmailKind; ownDomain: boolean }[]>("jsonb")),
  },
);

const leadsRenewed = defineStatement(
  `update app.leads l set
     emails = (select count(*) from app.lead_emails e where e.domain_id = l.domain_id and e.gone_at is null),
     people = (select count(*) from app.lead_people p where p.domain_id = l.domain_id and p.gone_at is null),
     takes_mail = array(
       select distinct e.takes_mail from app.lead_emails e
       where e.domain_id = l.domain_id and e.gone_at is null and e.takes_mail is not null
     ),
     suggested = l.suggested || r.suggested,
     best_email = case when r.best_gone then r.best ->> 'email' else l.best_email end,
     best_email_rule = case when r.best_gone then r.best ->> 'rule' else l.best_email_rule end,
     best_email_by = case when not r.best_gone then l.best_email_by when r.best ->> 'email' is not null then 'rule' end
   from (
     select r.*, exists (
       select from app.leads b join unnest(:domainIds::uuid[], :emails::text[]) as doomed (domain_id, email)
         on doomed.domain_id = b.domain_id and doomed.email = b.best_email
       where b.domain_id = r."domainId"
     ) as best_gone
     from jsonb_to_recordset(:leads::jsonb) as r ("domainId" uuid, suggested jsonb, best jsonb)
   ) r
   where l.domain_id = r."domainId"`,
);

/** Removes addresses from domains, with whom they belong to and what is said of them there; leads get their next best one. */
export async function removeEmails(
  tx: Tx,
  stored: Stored["emails"],
): Promise<Record<string, number>> {
  if (stored.length === 0) return {};
  const doomed = {
    domainIds: stored.map(({ domainId }) => domainId),
    emails: stored.map(({ email }) => email),
  };
  await executeRawSql(tx, domainsHeld, { domainIds: doomed.domainIds });
  await executeRawSql(tx, withoutWords, doomed);
  const gone = await executeRawSqlOne(tx, withoutEmails, doomed);
  const gonePlaces = new Set(stored.map(({ domainId, email }) => `${domainId} ${email}`));
  const rows = await executeRawSql(tx, left, { domainIds: [...new Set(doomed.domainIds)] });
  const renewed = rows.map(({ domain_id: domainId, suggested, wanted, emails }) => {
    const still = (of: "role" | "person") => {
      const best = suggested[of] ?? null;
      return best && gonePlaces.has(`${domainId} ${best.email}`)
        ? nextBestEmail(emails ?? [], of)
        : best;
    };
    const chosen = { role: still("role"), person: still("person") };
    return { domainId, suggested: chosen, best: chosen[wanted] };
  });
  await executeRawSql(tx, leadsRenewed, { ...doomed, leads: json(renewed) });
  return { emails: gone?.emails ?? 0, people: gone?.people ?? 0 };
}
