import { batchJobs, jobs, leadEmails, scrapeJobs } from "@scrapersky/db/schema";
import { eq, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgSelect } from "drizzle-orm/pg-core";
import { listBatches } from "../batch/list-batches.ts";
import { listContacts } from "../contact/list-contacts.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";
import { listJobs } from "../job/list-jobs.ts";
import { HIDDEN_LINE } from "../job/told-line.ts";
import { lead } from "../lead/lead-facets.ts";
import { listLeads } from "../lead/list-leads.ts";
import type { List } from "../list/define-list.ts";
import type { Rights } from "../list/list-rights.ts";
import type { AnyList } from "../list/list.contract.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import type { BulkActionName } from "./bulk-list.contract.ts";
import type { BulkList } from "./bulk.contract.ts";

/** What a bulk action does something to, and how it is found. */
export interface Subjects {
  /** Whose rows are meant: its query serves pages, counts, exports and this. */
  list: List<AnyList, unknown>;
  /** What rows of the list are named by. */
  named: PgColumn;
  /** What is done something to; several rows of the list may have the same. */
  subject: PgColumn;
  name: (rights: Rights) => SQL;
  /** What they are called is what staff wrote. */
  written?: true;
  /** Joins what reasons speak of besides, one row to each. */
  join: (select: PgSelect) => PgSelect;
}

const anyList = (list: unknown): List<AnyList, unknown> => list as List<AnyList, unknown>;
const asItIs = (select: PgSelect): PgSelect => select;

const JOBS: Subjects = {
  list: anyList(listJobs),
  named: jobs.jobId,
  subject: jobs.jobId,
  name: ({ mayReadContacts }) =>
    mayReadContacts
      ? sql`${scrapeJobs.domain}`
      : sql`case when ${scrapeJobs.errorCode} = ${INVALID_DOMAIN} then ${HIDDEN_LINE} else ${scrapeJobs.domain} end`,
  join: (select) => select.leftJoin(batchJobs, eq(batchJobs.batchId, jobs.batchId)),
};

const BATCHES: Subjects = {
  list: anyList(listBatches),
  named: batchJobs.batchId,
  subject: batchJobs.batchId,
  name: () => sql`coalesce(${batchJobs.batchMetadata}->>'label', ${batchJobs.batchId}::text)`,
  written: true,
  join: asItIs,
};

const LEADS: Subjects = {
  list: anyList(listLeads),
  named: lead.domainId,
  subject: lead.domainId,
  name: () => sql`${lead.displayDomain}`,
  join: asItIs,
};

const LEADS_OF_CONTACTS: Subjects = {
  ...LEADS,
  list: anyList(listContacts),
  named: leadEmails.id,
};

const ADDRESSES: Subjects = {
  ...LEADS_OF_CONTACTS,
  subject: leadEmails.id,
  name: ({ mayReadContacts }) => (mayReadContacts ? sql`${leadEmails.email}` : sql`null::text`),
};

/** Of a list of contacts an act takes the leads, but for suppressing, which takes the addresses themselves. */
export function subjectsOf(action: BulkActionName, list: BulkList): Subjects {
  switch (list) {
    case "jobs":
      return JOBS;
    case "batches":
      return BATCHES;
    case "leads":
      return LEADS;
    case "contacts":
      return action === "leads.suppress" ? ADDRESSES : LEADS_OF_CONTACTS;
  }
}

/** What a subject is called, for those who may be told. */
export const toldNameOf = <Name extends string | null>(
  { written }: Subjects,
  name: Name,
  rights: Rights,
): Name => (written ? withoutReach(name, rights) : name);

/** The same subjects, each found by its own id. */
export const ownSubjectsOf = (action: BulkActionName, list: BulkList): Subjects => {
  const subjects = subjectsOf(action, list);
  return subjects === LEADS_OF_CONTACTS ? LEADS : subjects;
};
