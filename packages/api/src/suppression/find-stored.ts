import { defineStatement, executeRawSql, nullable, type Reader } from "@scrapersky/db";
import { domains } from "@scrapersky/db/schema";
import { suppressionKeys } from "./suppression-keys.ts";

/** Domains that one step looks at. */
const CHUNK = 500;

/** SQL of the host of an address. */
export const hostOfUrl = (url: string): string => `substring(${url} from '^https?://([^/?#:@]+)')`;

const next = defineStatement(
  `select d.id, d.domain, ${hostOfUrl("d.meta_json ->> 'final_url'")} as final_host, array(
     select distinct host from pages p, lateral (select ${hostOfUrl("p.url")}) as at (host)
     where p.domain_id = d.id and host is not null
   ) as hosts, array(
     select c.email from contacts c where c.domain_id = d.id
     union select e.email from app.lead_emails e where e.domain_id = d.id
     union select p.email from app.lead_people p where p.domain_id = d.id and p.email is not null
     union select one from unnest(d.email_addresses) one where one is not null
   ) as emails
   from domains d where d.tenant_id = :tenantId::uuid and d.domain > :after
   order by d.domain limit ${CHUNK}`,
  {
    id: domains.id,
    domain: domains.domain,
    final_host: nullable("text"),
    hosts: "text[]",
    emails: "text[]",
  },
);

/** What some domains of a tenant hold of the entries of a list. */
export interface Stored {
  /** Domains that are suppressed themselves, or lead to such a one. */
  domainIds: string[];
  /** Hosts of others' pages. */
  hosts: { domainId: string; host: string }[];
  /** Addresses of others, as they are stored. */
  emails: { domainId: string; email: string }[];
  /** The domain to go on behind. */
  after: string;
  isLast: boolean;
}

/** Looks for what the next domains of a tenant hold of these entries, in the order of their names. */
export async function findStored(
  reader: Reader,
  tenantId: string,
  entries: ReadonlySet<string>,
  after: string,
): Promise<Stored> {
  const rows = await executeRawSql(reader, next, { tenantId, after });
  const isSuppressed = (subject: string): boolean =>
    suppressionKeys(subject).some((key) => entries.has(key));
  const stored: Stored = {
    domainIds: [],
    hosts: [],
    emails: [],
    after: rows.at(-1)?.domain ?? after,
    isLast: rows.length < CHUNK,
  };
  for (const { id: domainId, domain, final_host: finalHost, hosts, emails } of rows) {
    if (isSuppressed(domain) || isSuppressed(finalHost ?? domain)) stored.domainIds.push(domainId);
    else {
      for (const host of hosts) if (isSuppressed(host)) stored.hosts.push({ domainId, host });
      for (const email of emails) if (isSuppressed(email)) stored.emails.push({ domainId, email });
    }
  }
  return stored;
}
