import type { Tx } from "@scrapersky/db";
import { leadEmails, leads } from "@scrapersky/db/schema";
import { and, asc, eq, inArray } from "drizzle-orm";
import { BATCH_DOMAINS_MAX } from "../batch/batch.contract.ts";
import { BATCH } from "../batch/batch.state.ts";
import { createBatch } from "../batch/create-batch.ts";
import { holdBatches } from "../batch/hold-batches.ts";
import { listOfDomains } from "../batch/list-of-domains.ts";
import { cancelJobs } from "../job/cancel-jobs.ts";
import { findJobBatches } from "../job/find-job-batches.ts";
import { runAgain } from "../job/run-again.ts";
import { updateLeads } from "../lead/update-leads.ts";
import type { BatchStatus } from "../status.ts";
import { addSuppressions } from "../suppression/add-suppressions.ts";
import { findSuppressed } from "../suppression/find-suppressed.ts";
import { BATCH_ACTS } from "./batch-acts.ts";
import { type Act, acted } from "./bulk-act.ts";
import type { BulkActionName } from "./bulk-list.contract.ts";

const CHUNK = 500;
/** A batch can be as large as many chunks. */
const CHUNK_OF_BATCHES = 1;

/** Rows that are done in one transaction. A rescan makes one batch, and so does all at once. */
export function chunkSizeOf(action: BulkActionName): number {
  if (action === "leads.rescan") return BATCH_DOMAINS_MAX;
  return action.startsWith("batches.") ? CHUNK_OF_BATCHES : CHUNK;
}

const retryJobs: Act<"jobs.retry"> = async (tx, { actor, queue }, { ids, settings }) => {
  const { tenantId } = actor;
  const batchOf = await findJobBatches(tx, tenantId, ids);
  const states = await holdBatches(tx, { batchIds: [...batchOf.values()], tenantId });
  const isRunnable = (id: string) => mayRun(states.get(batchOf.get(id) ?? ""));
  const jobIds = ids.filter(isRunnable);
  const batchIds = [...new Set(jobIds.flatMap((id) => batchOf.get(id) ?? []))];
  const again = { tenantId, batchIds, which: { jobIds }, overrides: settings };
  const ran = await runAgain(tx, queue, again);
  return acted(ids, new Set(ran.jobIds), (id) => (isRunnable(id) ? "changed" : "batch_cancelled"));
};

const mayRun = (status: BatchStatus | undefined): boolean =>
  status !== undefined && (!BATCH.hasEnded(status) || BATCH.can("again", status));

const cancelManyJobs: Act<"jobs.cancel"> = async (tx, { actor, queue }, { ids }) => {
  const jobs = { tenantId: actor.tenantId, jobIds: ids };
  return acted(ids, await cancelJobs(tx, queue, jobs), () => "over");
};

const updateManyLeads: Act<"leads.update"> = async (tx, { actor }, { ids, settings }) => {
  const former = await updateLeads(tx, actor, ids, settings);
  return { ...acted(ids, new Set(former.leads.map((row) => row.domain_id))), former };
};

const domainsOf = (tx: Tx, tenantId: string, ids: readonly string[]) =>
  tx
    .select({ id: leads.domainId, entry: leads.domain })
    .from(leads)
    .where(and(inArray(leads.domainId, [...ids]), eq(leads.tenantId, tenantId)))
    .orderBy(asc(leads.domain));

const rescanLeads: Act<"leads.rescan"> = async (tx, caller, { ids, settings }) => {
  const { tenantId } = caller.actor;
  const rows = await domainsOf(tx, tenantId, ids);
  const asked = { tenantId, subjects: rows.map(({ entry }) => entry) };
  const isSuppressed = await findSuppressed(tx, [asked]);
  const scanned = rows.filter(({ entry }) => !isSuppressed(tenantId, entry));
  const done = new Set(scanned.map(({ id }) => id));
  const left = new Set(rows.map(({ id }) => id));
  const result = acted(ids, done, (id) => (left.has(id) ? "suppressed" : "gone"));
  if (scanned.length === 0) return result;
  const list = listOfDomains(scanned.map(({ entry }) => entry));
  const { batchId } = await createBatch(tx, caller, settings, list);
  return { ...result, batchId };
};

const suppressLeads: Act<"leads.suppress"> = async (tx, caller, { ids, settings, list }) => {
  const { tenantId } = caller.actor;
  const rows =
    list === "contacts" ? await addressesOf(tx, tenantId, ids) : await domainsOf(tx, tenantId, ids);
  const entries = rows.map(({ entry }) => entry);
  if (entries.length === 0) return acted(ids, new Set(), () => "gone");
  const { refused } = await addSuppressions(tx, caller, { entries, reason: settings.reason });
  const none = new Set(refused.map(({ entry }) => entry));
  const done = new Set(rows.flatMap(({ id, entry }) => (none.has(entry) ? [] : [id])));
  const left = new Set(rows.map(({ id }) => id));
  return acted(ids, done, (id) => (left.has(id) ? "not_suppressible" : "gone"));
};

const addressesOf = (tx: Tx, tenantId: string, ids: readonly string[]) =>
  tx
    .select({ id: leadEmails.id, entry: leadEmails.email })
    .from(leadEmails)
    .where(and(inArray(leadEmails.id, [...ids]), eq(leadEmails.tenantId, tenantId)));

const ACTS: { [Name in BulkActionName]: Act<Name> } = {
  "jobs.retry": retryJobs,
  "jobs.cancel": cancelManyJobs,
  ...BATCH_ACTS,
  "leads.rescan": rescanLeads,
  "leads.update": updateManyLeads,
  "leads.suppress": suppressLeads,
};

export const actOf = (action: BulkActionName): Act<BulkActionName> =>
  ACTS[action] as Act<BulkActionName>;
