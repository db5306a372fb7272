import { expression, nullable, type Reader, typed } from "@scrapersky/db";
import { batchJobs, inAscii, leads } from "@scrapersky/db/schema";
import { and, desc, eq, sql } from "drizzle-orm";
import { IS_NOT_REMOVED } from "../batch/is-removed.ts";
import { listContacts } from "../contact/list-contacts.ts";
import { readSearch } from "../contact/read-search.ts";
import { cleanDomainName } from "../domain/domain-name.ts";
import { isUuid } from "../identifier.ts";
import { listJobs } from "../job/list-jobs.ts";
import { listLeads } from "../lead/list-leads.ts";
import type { Rights } from "../list/list-rights.ts";
import { containsFolded } from "../list/contains.ts";
import type { Actor } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import type { BatchStatus } from "../status.ts";
import { isShownSite } from "../suppression/is-shown.ts";
import { isoTime } from "../time.ts";
import { findById } from "./find-by-id.ts";
import { findPeople } from "./find-people.ts";
import { SEARCH_HITS_MAX } from "../wire.contract.ts";
import type { SearchAnswer } from "./search.contract.ts";

/** Batches whose names are looked through, the newest ones. */
const BATCHES_LOOKED_AT = 5_000;
/** What lists take. */
const LETTERS_MAX = 253;

const NOTHING: SearchAnswer = {
  direct: null,
  batches: [],
  jobs: [],
  leads: [],
  contacts: [],
  profiles: [],
};

/**
 * Finds whatever a text may stand for: batches by any part of their name, domains and businesses by any part, addresses and
 * numbers, the staff, and what a pasted id or web address names. Each kind needs the right of its list, and is empty without it.
 */
export async function findAnything(
  reader: Reader,
  actor: Actor,
  text: string,
): Promise<SearchAnswer> {
  const q = text.trim();
  if (q === "") return NOTHING;
  if (isUuid(q)) return { ...NOTHING, direct: await findById(reader, actor, q.toLowerCase()) };
  const { tenantId, permissions } = actor;
  const may = (permission: Parameters<typeof permissions.has>[0]) => permissions.has(permission);
  const rights = contactReaderOf(actor);
  // Of a pasted address of a page the domain is looked for, and of an e-mail address the e-mail.
  const cleaned = cleanDomainName(q);
  const domain = "domain" in cleaned && !q.includes("@") ? cleaned.domain : undefined;
  const letters = (domain ?? q).slice(0, LETTERS_MAX);
  const page = { limit: SEARCH_HITS_MAX };
  const named = may("domains:read")
    ? (await listLeads(reader, tenantId, { ...page, q: letters }, rights)).items
    : [];
  const { digits } = readSearch(q);
  const reached =
    may("domains:read") && may("contacts:read") && digits !== undefined
      ? (await listLeads(reader, tenantId, { ...page, contact: q }, rights)).items
      : [];
  const found = [...reached, ...named].slice(0, SEARCH_HITS_MAX);
  const exact = domain === undefined ? undefined : await findDomain(reader, actor, domain);
  return {
    direct: exact === undefined ? null : { kind: "lead", id: exact },
    batches: may("batches:read") ? await findBatches(reader, tenantId, q, rights) : [],
    jobs: may("jobs:read")
      ? (await listJobs(reader, tenantId, { ...page, q: letters }, rights)).items.map(toJobHit)
      : [],
    leads: found.map(({ domainId, displayDomain, name, town }) => ({
      domainId,
      displayDomain,
      name,
      town,
    })),
    contacts:
      may("contacts:read") && digits === undefined
        ? (
            await listContacts(reader, tenantId, { ...page, q: q.slice(0, LETTERS_MAX) }, rights)
          ).items.map(({ domainId, email, displayDomain, person }) => ({
            domainId,
            email,
            displayDomain,
            person: person?.name ?? null,
          }))
        : [],
    profiles: may("profiles:read") ? await findPeople(reader, tenantId, q) : [],
  };
}

type JobHit = SearchAnswer["jobs"][number];
const toJobHit = ({
  jobId,
  displayDomain,
  status,
  batchId,
}: JobHit & { displayDomain: string }): JobHit => ({
  jobId,
  domain: displayDomain,
  status,
  batchId,
});

async function findDomain(
  reader: Reader,
  { tenantId, permissions }: Actor,
  domain: string,
): Promise<string | undefined> {
  if (!permissions.has("domains:read")) return undefined;
  const [row] = await reader
    .select({ id: leads.domainId })
    .from(leads)
    .where(
      and(
        eq(leads.tenantId, tenantId),
        eq(inAscii(leads.domain), domain),
        isShownSite(leads.tenantId, leads.domainId),
      ),
    );
  return row?.id;
}

async function findBatches(
  reader: Reader,
  tenantId: string,
  text: string,
  rights: Rights,
): Promise<SearchAnswer["batches"]> {
  const label = expression(nullable("text"))`${batchJobs.batchMetadata}->>'label'`;
  const newest = reader
    .select({
      batchId: batchJobs.batchId,
      label: label.as("label"),
      status: expression(typed<BatchStatus>(batchJobs.status))`${batchJobs.status}`.as("status"),
      createdAt: batchJobs.createdAt,
    })
    .from(batchJobs)
    .where(and(eq(batchJobs.tenantId, tenantId), IS_NOT_REMOVED))
    .orderBy(desc(batchJobs.createdAt), desc(batchJobs.id))
    .limit(BATCHES_LOOKED_AT)
    .as("newest");
  const rows = await reader
    .select()
    .from(newest)
    .where(containsFolded(sql`lower(${newest.label})`, text))
    .orderBy(desc(newest.createdAt))
    .limit(SEARCH_HITS_MAX);
  return (
    rows
      // That a label was found would tell what is hidden of it.
      .filter(({ label }) => withoutReach(label, rights) === label)
      .map(({ createdAt, ...row }) => ({ ...row, createdAt: isoTime(createdAt) }))
  );
}
