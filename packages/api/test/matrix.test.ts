import { randomUUID } from "node:crypto";
import { type Db, executeRawSql, type Tx } from "@scrapersky/db";
import {
  type FailingStatements,
  failStatements,
  findMisdeclaredQueries,
  recordQueries,
} from "@scrapersky/testing/statements";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  appRouter,
  beginExport,
  type Context,
  type Procedures,
  proceduresFor,
  getStoredJob,
  listStoredJobs,
  listProfiles,
  type Permission,
  PERMISSIONS,
  type RoleName,
  ROLES,
} from "../src/index.ts";
import type { BulkTarget } from "../src/contract.ts";
import { startBulk } from "../src/services.ts";
import { done, failed } from "./outcomes.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
/** Ids of rows that belong to a tenant. */
type Ids = Record<
  | "batchId"
  | "jobId"
  | "failedId"
  | "waitingId"
  | "domainId"
  | "profileId"
  | "colleagueId"
  | "keyId"
  | "exportId"
  | "purgeId"
  | "bulkId"
  | "undoableId"
  | "scheduleId"
  | "viewId"
  | "entryId"
  | "webhookId"
  | "deliveryId",
  string
>;
let near: Ids;
let far: Ids;
beforeAll(async () => {
  world = await createWorld();
  far = await createRows(world.tenants.far);
  near = await createRows(world.tenants.near);
});
afterAll(() => world.close());

async function createRows(tenant: World["tenants"]["far"]): Promise<Ids> {
  // What waits of the other tenant would be claimed first.
  await world.rows("delete from pgboss.job");
  const owner = await world.caller(tenant, "owner");
  // Its end is told to who made it.
  await owner.batches.create({ domains: ["ended.example"] });
  for (const claim of await claimJobs(world, 1)) await recordClaim(world, claim, done());
  const { batchId } = await owner.batches.create({
    domains: ["bakery.example", "broken.example", "waiting.example"],
  });
  const [claim, broken] = await claimJobs(world, 2);
  if (!claim || !broken) throw new Error("nothing was claimed");
  await recordClaim(world, claim, done());
  await recordClaim(world, broken, failed());
  const { items } = await owner.jobs.list({ batchId, status: ["pending"] });
  const { domainId } = await owner.jobs.byId({ jobId: claim.jobId });
  const exportId = await addExport(tenant);
  const profileId = tenant.people.viewer;
  const colleagueId = await addColleague(tenant);
  const { keyId } = await owner.keys.create({
    holder: "service",
    name: "Importer",
    scopes: ["jobs:read"],
  });
  await owner.suppressions.add({ entries: [`never-${exportId}.example`] });
  const { items: suppressed } = await owner.suppressions.list({ limit: 1 });
  const purgeId = suppressed[0]?.purge?.purgeId ?? "";
  const bulkId = await beginBulk(
    tenant,
    items.map((item) => item.jobId),
  );
  const undoableId = await addUndoable(tenant);
  const { scheduleId } = await owner.schedules.create({
    ...DAILY,
    source: { kind: "batch", batchId },
  });
  const { viewId } = await owner.views.create({
    list: "jobs",
    name: "Failed",
    query: "status=failed",
    shared: true,
  });
  const { entryId } = await owner.features.createEntry({ name: "Own", urlPath: "/jobs" });
  const { webhookId } = await owner.webhooks.create({ url: HOOK, events: ["key.expiring"] });
  const { deliveryId } = await owner.webhooks.test({ webhookId });
  const [waitingId, failedId] = [items[0]?.jobId ?? "", broken.jobId];
  return {
    batchId,
    jobId: claim.jobId,
    failedId,
    waitingId,
    domainId: domainId ?? "",
    profileId,
    colleagueId,
    keyId,
    exportId,
    purgeId,
    bulkId,
    undoableId,
    scheduleId,
    viewId,
    entryId,
    webhookId,
    deliveryId,
  };
}

const HOOK = "https://hook.example/scrapersky";

/** Somebody of the tenant whom others may change. */
async function addColleague({ id }: World["tenants"]["far"]): Promise<string> {
  const colleague = { profile: randomUUID(), id };
  await world.rows(
    `insert into profiles (id, tenant_id, email, active, role)
     values (:profile::uuid, :id::uuid, :profile || '@near.example', true, 'USER')`,
    colleague,
  );
  await world.rows(
    `insert into user_tenants (user_id, tenant_id, role_id)
     select :profile::uuid, :id::uuid, r.id from roles r where r.name = 'auditor'`,
    colleague,
  );
  return colleague.profile;
}

/** A bulk action that nobody has come to yet. */
async function beginBulk(tenant: World["tenants"]["far"], jobIds: string[]): Promise<string> {
  const actor = await world.actor(tenant, "owner");
  const { id } = await world.database.db.transaction((tx) =>
    startBulk(
      tx,
      { actor, requestId: "test-request", source: "trpc" },
      { action: "jobs.cancel", target: { list: "jobs", ids: jobIds }, settings: {} },
    ),
  );
  return id;
}

/** A change of leads that has just ended. */
async function addUndoable(tenant: World["tenants"]["far"]): Promise<string> {
  const owner = await world.caller(tenant, "owner");
  const target = { list: "leads", filter: {}, asOf: new Date().toISOString() } as const;
  const { id } = await owner.bulk.start({
    action: "leads.update",
    target,
    settings: { label: randomUUID() },
  });
  return id;
}

const DAILY = { name: "Daily", cron: "0 9 * * *", timeZone: "UTC" };

/** Pauses it behind the back of everybody, so that only the resuming is theirs. */
async function resumePaused(api: Procedures, rows: Rows, scheduleId: string) {
  await rows(
    "update app.schedules set status = 'paused', next_run_at = null where id::text = :scheduleId",
    { scheduleId },
  );
  return api.schedules.resume({ scheduleId });
}

async function addExport(tenant: World["tenants"]["far"]): Promise<string> {
  const asked = { list: "jobs", format: "csv", filters: {}, columns: ["domain"] } as const;
  const actor = await world.actor(tenant, "owner");
  const { exportId } = await world.database.db.transaction((tx) =>
    beginExport(
      tx,
      { actor, requestId: "test-request", source: "rest" },
      { ...asked, sinceId: undefined, batchName: undefined },
    ),
  );
  return exportId;
}

/** What a call may use besides its procedures: SQL of the same transaction. */
type Rows = World["rows"];

interface Undone {
  db: Db;
  rows: Rows;
}

/** Runs calls in a transaction that is rolled back, so that rows made once serve all of them. */
async function undoing<T>(work: (within: Undone) => Promise<T>): Promise<T> {
  const undo = new Error("rolled back");
  let answer: { value: T } | undefined;
  const inside = async (tx: Tx) => {
    const rows: Rows = (sql, params = {}) => executeRawSql(tx, sql, params);
    const db = Object.assign(tx, { transaction: tx.savepoint }) as Tx & Db;
    answer = { value: await work({ db, rows }) };
    throw undo;
  };
  await world.database.db.transaction(inside).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return answer!.value;
}

/** A worker belongs to no tenant. */
async function addWorker(rows: Rows, state: "claiming" | "draining"): Promise<string> {
  const workerId = `worker-${randomUUID()}`;
  await rows(
    "insert into app.workers (id, state, version, concurrency, running) values (:workerId, :state, 'test', 8, 0)",
    { workerId, state },
  );
  return workerId;
}

/** Drains a subscription: its first reading decides whether the caller may see it. */
async function firstOf(readings: Promise<AsyncIterable<unknown>>): Promise<unknown> {
  for await (const reading of await readings) return reading;
  return undefined;
}

/** Names a lead as its notes are now, whoever asks. */
async function nextChangeOf(rows: Rows, domainId: string) {
  const [lead] = await rows<{ at: string | null }>(
    "select to_json(edited_at) #>> '{}' as at from app.leads where domain_id::text = :domainId",
    { domainId },
  );
  return { domainId, expectedUpdatedAt: lead?.at ?? null };
}

const openJobs = (): BulkTarget => ({
  list: "jobs",
  filter: { status: ["pending"] },
  asOf: new Date().toISOString(),
});
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

/** A role that nobody has. */
async function addRole(rows: Rows): Promise<number> {
  const [role] = await rows<{ id: number }>(
    "insert into roles (name) values (:name) returning id",
    { name: randomUUID() },
  );
  return role!.id;
}

/** A feature that nobody has said anything of. */
async function addFlag(rows: Rows): Promise<string> {
  const [flag] = await rows<{ id: string }>(
    "insert into feature_flags (name) values (:name) returning id",
    { name: randomUUID() },
  );
  return flag!.id;
}

/** Names a view as it is now, whoever asks. */
async function nextChangeOfView(rows: Rows, viewId: string) {
  const [view] = await rows<{ at: string }>(
    "select to_json(updated_at) #>> '{}' as at from app.saved_views where id::text = :viewId",
    { viewId },
  );
  return { viewId, expectedUpdatedAt: view?.at ?? new Date(0).toISOString() };
}

interface Case {
  /** What a role needs; undefined: whoever is signed in; null: nobody needs to be. */
  permission: string | undefined | null;
  call: (api: Procedures, ids: Ids, rows: Rows) => Promise<unknown>;
  /** True when the input names a row. */
  byId: boolean;
}

const CASES: Record<string, Case> = {
  "batches.create": {
    permission: "batches:create",
    byId: false,
    call: (api) => api.batches.create({ domains: ["x.example"] }),
  },
  "batches.validate": {
    permission: "batches:create",
    byId: false,
    call: (api) => api.batches.validate({ text: "x.example" }),
  },
  "batches.list": { permission: "batches:read", byId: false, call: (api) => api.batches.list({}) },
  "batches.byId": {
    permission: "batches:read",
    byId: true,
    call: (api, { batchId }) => api.batches.byId({ batchId }),
  },
  "batches.domainStatuses": {
    permission: "batches:read",
    byId: true,
    call: (api, { batchId }) => api.batches.domainStatuses({ batchId }),
  },
  "batches.append": {
    permission: "batches:create",
    byId: true,
    call: (api, { batchId }) => api.batches.append({ batchId, domains: ["more.example"] }),
  },
  "batches.cancel": {
    permission: "batches:cancel",
    byId: true,
    call: (api, { batchId }) => api.batches.cancel({ batchId }),
  },
  "batches.pause": {
    permission: "batches:cancel",
    byId: true,
    call: (api, { batchId }) => api.batches.pause({ batchId }),
  },
  "batches.resume": {
    permission: "batches:cancel",
    byId: true,
    call: async (api, { batchId }, rows) => {
      await rows("update app.batch_windows set state = 'paused' where batch_id::text = :id", {
        id: batchId,
      });
      return api.batches.resume({ batchId });
    },
  },
  "batches.rename": {
    permission: "batches:write",
    byId: true,
    call: (api, { batchId }) =>
      api.batches.rename({ batchId, label: "Bakers", expectedRenamedAt: null }),
  },
  "batches.duplicate": {
    permission: "batches:create",
    byId: true,
    call: (api, { batchId }) => api.batches.duplicate({ batchId, only: "failed" }),
  },
  "batches.delete": {
    permission: "batches:delete",
    byId: true,
    call: async (api, { batchId }, rows) => {
      await rows("update batch_jobs set status = 'partial' where batch_id::text = :batchId", {
        batchId,
      });
      return api.batches.delete({ batchId });
    },
  },
  "batches.restore": {
    permission: "batches:delete",
    byId: true,
    call: async (api, { batchId }, rows) => {
      await rows(
        `insert into app.batch_removals (batch_id, tenant_id, due_at)
         select batch_id, tenant_id, now() + interval '1 hour' from batch_jobs where batch_id::text = :batchId
         on conflict (batch_id) do nothing`,
        { batchId },
      );
      return api.batches.restore({ batchId });
    },
  },
  "batches.retryFailed": {
    permission: "jobs:retry",
    byId: true,
    call: (api, { batchId }) => api.batches.retryFailed({ batchId }),
  },
  "batches.onProgress": {
    permission: "batches:read",
    byId: true,
    call: (api, { batchId }) => firstOf(api.batches.onProgress({ batchId })),
  },
  "batches.count": {
    permission: "batches:read",
    byId: false,
    call: (api) => api.batches.count({}),
  },
  "jobs.count": { permission: "jobs:read", byId: false, call: (api) => api.jobs.count({}) },
  "leads.list": { permission: "domains:read", byId: false, call: (api) => api.leads.list({}) },
  "leads.count": { permission: "domains:read", byId: false, call: (api) => api.leads.count({}) },
  "leads.changed": {
    permission: "domains:read",
    byId: false,
    call: (api) => api.leads.changed({}),
  },
  "contacts.changed": {
    permission: "contacts:read",
    byId: false,
    call: (api) => api.contacts.changed({}),
  },
  "pages.changed": {
    permission: "pages:read",
    byId: false,
    call: (api) => api.pages.changed({}),
  },
  "jobs.changed": { permission: "jobs:read", byId: false, call: (api) => api.jobs.changed({}) },
  "batches.changed": {
    permission: "batches:read",
    byId: false,
    call: (api) => api.batches.changed({}),
  },
  "leads.facets": { permission: "domains:read", byId: false, call: (api) => api.leads.facets({}) },
  "contacts.list": {
    permission: "contacts:read",
    byId: false,
    call: (api) => api.contacts.list({}),
  },
  "contacts.count": {
    permission: "contacts:read",
    byId: false,
    call: (api) => api.contacts.count({}),
  },
  "batches.facets": {
    permission: "batches:read",
    byId: false,
    call: (api) => api.batches.facets({}),
  },
  "jobs.facets": { permission: "jobs:read", byId: false, call: (api) => api.jobs.facets({}) },
  "contacts.facets": {
    permission: "contacts:read",
    byId: false,
    call: (api) => api.contacts.facets({}),
  },
  "exports.count": { permission: "export:read", byId: false, call: (api) => api.exports.count({}) },
  "exports.facets": {
    permission: "export:read",
    byId: false,
    call: (api) => api.exports.facets({}),
  },
  "profiles.count": {
    permission: "profiles:read",
    byId: false,
    call: (api) => api.profiles.count({}),
  },
  "pages.list": { permission: "pages:read", byId: false, call: (api) => api.pages.list({}) },
  "pages.count": { permission: "pages:read", byId: false, call: (api) => api.pages.count({}) },
  "jobs.list": { permission: "jobs:read", byId: false, call: (api) => api.jobs.list({}) },
  "jobs.byId": {
    permission: "jobs:read",
    byId: true,
    call: (api, { jobId }) => api.jobs.byId({ jobId }),
  },
  "jobs.retry": {
    permission: "jobs:retry",
    byId: true,
    call: (api, { failedId }) => api.jobs.retry({ jobId: failedId, overrides: { maxPages: 3 } }),
  },
  "jobs.cancel": {
    permission: "jobs:cancel",
    byId: true,
    call: (api, { waitingId }) => api.jobs.cancel({ jobId: waitingId }),
  },
  "domains.byId": {
    permission: "domains:read",
    byId: true,
    call: (api, { domainId }) => api.domains.byId({ domainId }),
  },
  "domains.rescan": {
    permission: "batches:create",
    byId: false,
    call: (api) =>
      api.domains.rescan({
        target: { list: "leads", filter: {}, asOf: new Date().toISOString() },
      }),
  },
  "overview.numbers": {
    permission: "overview:read",
    byId: false,
    call: (api) => api.overview.numbers(),
  },
  "overview.reasons": {
    permission: "overview:read",
    byId: false,
    call: (api) => api.overview.reasons(),
  },
  "overview.health": {
    permission: "overview:read",
    byId: false,
    call: (api) => api.overview.health(),
  },
  "notifications.latest": {
    permission: "batches:read",
    byId: false,
    call: (api) => api.notifications.latest(),
  },
  "notifications.markRead": {
    permission: "batches:read",
    byId: false,
    call: (api) => api.notifications.markRead({}),
  },
  "leads.byId": {
    permission: "domains:read",
    byId: true,
    call: (api, { domainId }) => api.leads.byId({ domainId }),
  },
  "leads.byDomain": {
    permission: "domains:read",
    byId: false,
    call: (api) => api.leads.byDomain({ domain: "bakery.example" }),
  },
  "leads.update": {
    permission: "leads:write",
    byId: true,
    call: async (api, { domainId }, rows) =>
      api.leads.update({
        ...(await nextChangeOf(rows, domainId)),
        patch: { label: "Call in May" },
      }),
  },
  "leads.chooseEmail": {
    permission: "leads:write",
    byId: true,
    call: async (api, { domainId }, rows) =>
      api.leads.chooseEmail({ ...(await nextChangeOf(rows, domainId)), email: "hr@gmail.com" }),
  },
  "leads.choosePhone": {
    permission: "leads:write",
    byId: true,
    call: async (api, { domainId }, rows) =>
      api.leads.choosePhone({ ...(await nextChangeOf(rows, domainId)), e164: "+4312345678" }),
  },
  "profiles.me": { permission: undefined, byId: false, call: (api) => api.profiles.me() },
  "profiles.list": {
    permission: "profiles:read",
    byId: false,
    call: (api) => api.profiles.list({}),
  },
  "profiles.byId": {
    permission: "profiles:read",
    byId: true,
    call: (api, { profileId }) => api.profiles.byId({ profileId }),
  },
  "profiles.updateMe": {
    permission: undefined,
    byId: false,
    call: (api) => api.profiles.updateMe({ name: "Nora New" }),
  },
  "profiles.invite": {
    permission: "profiles:write",
    byId: false,
    call: (api) =>
      api.profiles.invite({ email: `${randomUUID()}@near.example`, role: "viewer", name: "Ann" }),
  },
  "profiles.resendInvite": {
    permission: "profiles:write",
    byId: true,
    call: (api, { colleagueId }) => api.profiles.resendInvite({ profileId: colleagueId }),
  },
  "profiles.disable": {
    permission: "profiles:write",
    byId: true,
    call: (api, { colleagueId }) => api.profiles.disable({ profileId: colleagueId }),
  },
  "profiles.enable": {
    permission: "profiles:write",
    byId: true,
    call: async (api, { colleagueId }, rows) => {
      await rows("update profiles set active = false where id::text = :colleagueId", {
        colleagueId,
      });
      return api.profiles.enable({ profileId: colleagueId });
    },
  },
  "profiles.remove": {
    permission: "profiles:write",
    byId: true,
    call: (api, { colleagueId }) => api.profiles.remove({ profileId: colleagueId }),
  },
  "keys.list": { permission: "apikeys:read", byId: false, call: (api) => api.keys.list({}) },
  "keys.count": { permission: "apikeys:read", byId: false, call: (api) => api.keys.count({}) },
  "keys.create": {
    permission: "apikeys:write",
    byId: false,
    call: (api) => api.keys.create({ holder: "me", name: "Mine", scopes: ["jobs:read"] }),
  },
  "keys.rotate": {
    permission: "apikeys:write",
    byId: true,
    call: (api, { keyId }) => api.keys.rotate({ keyId }),
  },
  "keys.revoke": {
    permission: "apikeys:write",
    byId: true,
    call: (api, { keyId }) => api.keys.revoke({ keyId }),
  },
  "audit.list": { permission: "audit:read", byId: false, call: (api) => api.audit.list({}) },
  "audit.platform": {
    permission: "platform:db.read",
    byId: false,
    call: (api) => api.audit.platform({}),
  },
  "audit.count": { permission: "audit:read", byId: false, call: (api) => api.audit.count({}) },
  "rbac.roles": { permission: "rbac:read", byId: false, call: (api) => api.rbac.roles() },
  "rbac.effective": {
    permission: undefined,
    byId: false,
    call: (api) => api.rbac.effective({}),
  },
  "rbac.can": {
    permission: undefined,
    byId: false,
    call: (api) => api.rbac.can({ permission: "jobs:read" }),
  },
  "rbac.assign": {
    permission: "rbac:assign",
    byId: true,
    call: (api, { colleagueId }) => api.rbac.assign({ profileId: colleagueId, role: "viewer" }),
  },
  "rbac.assignments": {
    permission: "rbac:read",
    byId: true,
    call: (api, { colleagueId }) => api.rbac.assignments({ profileId: colleagueId }),
  },
  "rbac.lend": {
    permission: "rbac:assign",
    byId: true,
    call: (api, { colleagueId }) =>
      api.rbac.lend({ profileId: colleagueId, role: "operator", until: TOMORROW }),
  },
  "rbac.takeBack": {
    permission: "rbac:assign",
    byId: true,
    call: (api, { colleagueId }) => api.rbac.takeBack({ profileId: colleagueId, role: "operator" }),
  },
  "rbac.createRole": {
    permission: "platform:roles",
    byId: false,
    call: (api) => api.rbac.createRole({ name: randomUUID(), permissions: ["jobs:read"] }),
  },
  "rbac.updateRole": {
    permission: "platform:roles",
    byId: false,
    call: async (api, _ids, rows) =>
      api.rbac.updateRole({ roleId: await addRole(rows), patch: { permissions: ["jobs:read"] } }),
  },
  "rbac.deleteRole": {
    permission: "platform:roles",
    byId: false,
    call: async (api, _ids, rows) => api.rbac.deleteRole({ roleId: await addRole(rows) }),
  },
  "exports.list": { permission: "export:read", byId: false, call: (api) => api.exports.list({}) },
  "exports.byId": {
    permission: "export:read",
    byId: true,
    call: (api, { exportId }) => api.exports.byId({ exportId }),
  },
  "settings.get": {
    permission: "overview:read",
    byId: false,
    call: (api) => api.settings.get(),
  },
  "settings.update": {
    permission: "settings:write",
    byId: false,
    call: async (api, _ids, rows) => {
      const [row] = await rows<{ at: string }>(
        "select to_json(updated_at) #>> '{}' as at from app.tenant_settings where tenant_id = :near::uuid",
        { near: world.tenants.near.id },
      );
      return api.settings.update({
        expectedUpdatedAt: row?.at ?? null,
        patch: { bestEmail: "role" },
      });
    },
  },
  "search.global": {
    permission: undefined,
    byId: false,
    call: (api, { batchId }) => api.search.global({ q: batchId }),
  },
  "suppressions.list": {
    permission: "suppressions:read",
    byId: false,
    call: (api) => api.suppressions.list({}),
  },
  "suppressions.add": {
    permission: "suppressions:write",
    byId: false,
    call: (api) => api.suppressions.add({ entries: ["nobody@never.example"] }),
  },
  "suppressions.remove": {
    permission: "suppressions:write",
    byId: false,
    call: (api) => api.suppressions.remove({ entries: ["nobody@never.example"] }),
  },
  "suppressions.purge": {
    permission: "suppressions:read",
    byId: true,
    call: (api, { purgeId }) => api.suppressions.purge({ purgeId }),
  },
  "suppressions.preview": {
    permission: "suppressions:write",
    byId: false,
    call: (api) => api.suppressions.preview({ subject: "info@bakery.example" }),
  },
  "suppressions.erase": {
    permission: "suppressions:write",
    byId: false,
    call: (api) => api.suppressions.erase({ subject: "nobody@never.example" }),
  },
  "bulk.list": { permission: "jobs:read", byId: false, call: (api) => api.bulk.list({}) },
  "bulk.byId": {
    permission: "jobs:read",
    byId: true,
    call: (api, { bulkId }) => api.bulk.byId({ id: bulkId }),
  },
  "bulk.skipped": {
    permission: "jobs:read",
    byId: true,
    call: (api, { bulkId }) => api.bulk.skipped({ id: bulkId }),
  },
  "bulk.preview": {
    permission: "jobs:cancel",
    byId: false,
    call: (api) => api.bulk.preview({ action: "jobs.cancel", target: openJobs() }),
  },
  "bulk.start": {
    permission: "jobs:cancel",
    byId: false,
    call: (api) => api.bulk.start({ action: "jobs.cancel", target: openJobs() }),
  },
  "bulk.cancel": {
    permission: "jobs:cancel",
    byId: true,
    call: (api, { bulkId }) => api.bulk.cancel({ id: bulkId }),
  },
  "bulk.undo": {
    permission: "leads:write",
    byId: true,
    call: async (api, { undoableId }, rows) => {
      await rows("update app.bulk_actions set ended_at = now() where ended_at is not null");
      return api.bulk.undo({ id: undoableId });
    },
  },
  "schedules.list": {
    permission: "schedules:read",
    byId: false,
    call: (api) => api.schedules.list({}),
  },
  "schedules.count": {
    permission: "schedules:read",
    byId: false,
    call: (api) => api.schedules.count({}),
  },
  "schedules.byId": {
    permission: "schedules:read",
    byId: true,
    call: (api, { scheduleId }) => api.schedules.byId({ scheduleId }),
  },
  "schedules.preview": {
    permission: "schedules:read",
    byId: false,
    call: (api) => api.schedules.preview(DAILY),
  },
  "schedules.create": {
    permission: "schedules:write",
    byId: false,
    call: (api) => api.schedules.create({ ...DAILY, source: { kind: "leads", filter: {} } }),
  },
  "schedules.update": {
    permission: "schedules:write",
    byId: true,
    call: async (api, { scheduleId }, rows) => {
      const [row] = await rows<{ at: string }>(
        "select to_json(updated_at) #>> '{}' as at from app.schedules where id::text = :scheduleId",
        { scheduleId },
      );
      const expectedUpdatedAt = row?.at ?? "2026-11-21T09:00:00Z";
      return api.schedules.update({ scheduleId, expectedUpdatedAt, patch: { name: "Weekly" } });
    },
  },
  "schedules.pause": {
    permission: "schedules:write",
    byId: true,
    call: (api, { scheduleId }) => api.schedules.pause({ scheduleId }),
  },
  "schedules.resume": {
    permission: "schedules:write",
    byId: true,
    call: (api, { scheduleId }, rows) => resumePaused(api, rows, scheduleId),
  },
  "schedules.runNow": {
    permission: "schedules:write",
    byId: true,
    call: (api, { scheduleId }) => api.schedules.runNow({ scheduleId }),
  },
  "schedules.delete": {
    permission: "schedules:write",
    byId: true,
    call: (api, { scheduleId }) => api.schedules.delete({ scheduleId }),
  },
  "webhooks.list": {
    permission: "webhooks:read",
    byId: false,
    call: (api) => api.webhooks.list({}),
  },
  "webhooks.count": {
    permission: "webhooks:read",
    byId: false,
    call: (api) => api.webhooks.count({}),
  },
  "webhooks.byId": {
    permission: "webhooks:read",
    byId: true,
    call: (api, { webhookId }) => api.webhooks.byId({ webhookId }),
  },
  "webhooks.create": {
    permission: "webhooks:manage",
    byId: false,
    call: (api) => api.webhooks.create({ url: HOOK, events: ["batch.finished"] }),
  },
  "webhooks.update": {
    permission: "webhooks:manage",
    byId: true,
    call: async (api, { webhookId }, rows) => {
      const [row] = await rows<{ at: string }>(
        "select to_json(updated_at) #>> '{}' as at from app.webhooks where id::text = :webhookId",
        { webhookId },
      );
      const expectedUpdatedAt = row?.at ?? "2026-11-21T09:00:00Z";
      return api.webhooks.update({ webhookId, expectedUpdatedAt, patch: { url: HOOK } });
    },
  },
  "webhooks.rotate": {
    permission: "webhooks:manage",
    byId: true,
    call: (api, { webhookId }) => api.webhooks.rotate({ webhookId }),
  },
  "webhooks.test": {
    permission: "webhooks:manage",
    byId: true,
    call: (api, { webhookId }) => api.webhooks.test({ webhookId }),
  },
  "deliveries.list": {
    permission: "webhooks:read",
    byId: false,
    call: (api, { webhookId }) => api.deliveries.list({ webhookId }),
  },
  "deliveries.count": {
    permission: "webhooks:read",
    byId: false,
    call: (api, { webhookId }) => api.deliveries.count({ webhookId }),
  },
  "deliveries.byId": {
    permission: "webhooks:read",
    byId: true,
    call: (api, { deliveryId }) => api.deliveries.byId({ deliveryId }),
  },
  "deliveries.replay": {
    permission: "webhooks:manage",
    byId: true,
    call: async (api, { deliveryId }, rows) => {
      await rows(
        `update app.webhook_deliveries set state = 'failed', due_at = null, ended_at = now() where id::text = :deliveryId`,
        { deliveryId },
      );
      return api.deliveries.replay({ deliveryId });
    },
  },
  "deliveries.replayFailed": {
    permission: "webhooks:manage",
    byId: true,
    call: (api, { webhookId }) => api.deliveries.replayFailed({ webhookId }),
  },
  "webhooks.enable": {
    permission: "webhooks:manage",
    byId: true,
    call: async (api, { webhookId }, rows) => {
      await rows(
        "update app.webhooks set state = 'inactive', reason = 'asked' where id::text = :webhookId",
        { webhookId },
      );
      return api.webhooks.enable({ webhookId });
    },
  },
  "webhooks.disable": {
    permission: "webhooks:manage",
    byId: true,
    call: (api, { webhookId }) => api.webhooks.disable({ webhookId }),
  },
  "webhooks.delete": {
    permission: "webhooks:manage",
    byId: true,
    call: (api, { webhookId }) => api.webhooks.delete({ webhookId }),
  },
  "profiles.preferences.get": {
    permission: undefined,
    byId: false,
    call: (api) => api.profiles.preferences.get({ key: "columns.jobs" }),
  },
  "profiles.preferences.set": {
    permission: undefined,
    byId: false,
    call: (api) => api.profiles.preferences.set({ key: "columns.jobs", value: ["domain"] }),
  },
  "views.of": {
    permission: undefined,
    byId: false,
    call: (api) => api.views.of({ list: "jobs" }),
  },
  "views.create": {
    permission: undefined,
    byId: false,
    call: (api) =>
      api.views.create({ list: "jobs", name: "Mine", query: "status=failed", shared: false }),
  },
  "views.update": {
    permission: "views:share",
    byId: true,
    call: async (api, { viewId }, rows) =>
      api.views.update({ ...(await nextChangeOfView(rows, viewId)), patch: { name: "Ours" } }),
  },
  "views.delete": {
    permission: "views:share",
    byId: true,
    call: (api, { viewId }) => api.views.delete({ viewId }),
  },
  "tenants.find": {
    permission: "platform:tenants",
    byId: false,
    call: (api) => api.tenants.find({}),
  },
  "tenants.create": {
    permission: "platform:tenants",
    byId: false,
    call: (api) => api.tenants.create({ name: randomUUID() }),
  },
  "tenants.rename": {
    permission: "platform:tenants",
    byId: false,
    call: (api) => api.tenants.rename({ tenantId: world.tenants.far.id, name: "Farther" }),
  },
  "tenants.switch": {
    permission: "platform:tenants",
    byId: false,
    call: (api) => api.tenants.switch({ tenantId: world.tenants.far.id, active: false }),
  },
  "tenants.delete": {
    permission: "platform:tenants",
    byId: false,
    call: (api) => api.tenants.delete({ tenantId: world.tenants.far.id, name: "far" }),
  },
  "tenants.restore": {
    permission: "platform:tenants",
    byId: false,
    call: async (api, _ids, rows) => {
      const tenantId = world.tenants.far.id;
      await rows(
        `insert into app.tenant_removals (tenant_id, was_active, due_at)
         values (:tenantId::uuid, true, now() + interval '1 hour')`,
        { tenantId },
      );
      return api.tenants.restore({ tenantId });
    },
  },
  "tenants.renameOwn": {
    permission: "tenants:write",
    byId: false,
    call: (api) => api.tenants.renameOwn({ name: "Nearer" }),
  },
  "tenants.deleteOwn": {
    permission: "tenants:write",
    byId: false,
    call: (api) => api.tenants.deleteOwn({ name: "near" }),
  },
  "features.flags": {
    permission: "features:read",
    byId: false,
    call: (api) => api.features.flags(),
  },
  "features.entries": {
    permission: "features:read",
    byId: false,
    call: (api) => api.features.entries(),
  },
  "features.setTenant": {
    permission: "features:write",
    byId: false,
    call: async (api, _ids, rows) =>
      api.features.setTenant({ featureId: await addFlag(rows), enabled: true }),
  },
  "features.createFlag": {
    permission: "platform:features",
    byId: false,
    call: (api) => api.features.createFlag({ name: randomUUID() }),
  },
  "features.updateFlag": {
    permission: "platform:features",
    byId: false,
    call: async (api, _ids, rows) =>
      api.features.updateFlag({ featureId: await addFlag(rows), patch: { byDefault: true } }),
  },
  "features.deleteFlag": {
    permission: "platform:features",
    byId: false,
    call: async (api, _ids, rows) => api.features.deleteFlag({ featureId: await addFlag(rows) }),
  },
  "features.createEntry": {
    permission: "features:write",
    byId: false,
    call: (api) => api.features.createEntry({ name: "Own", urlPath: "/jobs" }),
  },
  "features.updateEntry": {
    permission: "features:write",
    byId: true,
    call: (api, { entryId }) => api.features.updateEntry({ entryId, patch: { name: "Ours" } }),
  },
  "features.moveEntry": {
    permission: "features:write",
    byId: true,
    call: (api, { entryId }) => api.features.moveEntry({ entryId, parentId: null, order: 3 }),
  },
  "features.deleteEntry": {
    permission: "features:write",
    byId: true,
    call: (api, { entryId }) => api.features.deleteEntry({ entryId }),
  },
  "drift.now": { permission: "platform:db.read", byId: false, call: (api) => api.drift.now() },
  "drift.history": {
    permission: "platform:db.read",
    byId: false,
    call: (api) => api.drift.history(),
  },
  "drift.check": { permission: "platform:db.read", byId: false, call: (api) => api.drift.check() },
  "drift.ignore": {
    permission: "platform:db.ack",
    byId: false,
    call: async (api, _ids, rows) => {
      await rows("drop index app.saved_views_owner_id_idx");
      const { differences } = await api.drift.now();
      return api.drift.ignore({ key: differences[0]?.key ?? "", reason: "Nobody looks there" });
    },
  },
  "drift.heed": {
    permission: "platform:db.ack",
    byId: false,
    call: async (api, _ids, rows) => {
      const key = "0".repeat(64);
      await rows("insert into app.drift_ignored (key, what, reason) values (:key, 'x', 'y')", {
        key,
      });
      return api.drift.heed({ key });
    },
  },
  "db.tables": { permission: "platform:db.read", byId: false, call: (api) => api.db.tables() },
  "db.table": {
    permission: "platform:db.read",
    byId: false,
    call: (api) => api.db.table({ table: "public.jobs" }),
  },
  "db.sample": {
    permission: "platform:db.read",
    byId: false,
    call: (api) => api.db.sample({ table: "public.tenants" }),
  },
  "db.sqlState": {
    permission: "platform:db.query",
    byId: false,
    call: (api) => api.db.sqlState(),
  },
  "db.query": {
    permission: "platform:db.query",
    byId: false,
    call: (api) => api.db.query({ sql: "select 1", runId: randomUUID() }),
  },
  "db.explain": {
    permission: "platform:db.query",
    byId: false,
    call: (api) => api.db.explain({ sql: "select 1", runId: randomUUID() }),
  },
  "db.cancelQuery": {
    permission: "platform:db.query",
    byId: false,
    call: async (api, _ids, rows) => {
      const [run] = await rows<{ id: string }>(
        `insert into app.sql_runs (id, person_id, kind, sql, sql_hash)
         values (gen_random_uuid(), :person::uuid, 'query', 'select 1', '') returning id`,
        { person: world.tenants.near.people.owner },
      );
      return api.db.cancelQuery({ runId: run?.id ?? "" });
    },
  },
  "db.queryHistory": {
    permission: "platform:db.query",
    byId: false,
    call: (api) => api.db.queryHistory(),
  },
  "db.savedQueries": {
    permission: "platform:db.query",
    byId: false,
    call: (api) => api.db.savedQueries(),
  },
  "db.saveQuery": {
    permission: "platform:db.query",
    byId: false,
    call: (api) => api.db.saveQuery({ name: "Jobs", sql: "table jobs" }),
  },
  "db.deleteQuery": {
    permission: "platform:db.query",
    byId: false,
    call: async (api, _ids, rows) => {
      const [saved] = await rows<{ id: string }>(
        "insert into app.saved_sql (person_id, name, sql) values (:person::uuid, 'Mine', 'select 1') returning id",
        { person: world.tenants.near.people.owner },
      );
      return api.db.deleteQuery({ savedId: saved?.id ?? "" });
    },
  },
  "features.tree": { permission: undefined, byId: false, call: (api) => api.features.tree() },
  "health.live": { permission: null, byId: false, call: (api) => api.health.live() },
  "health.ready": { permission: null, byId: false, call: (api) => api.health.ready() },
  "health.database": {
    permission: "platform:health",
    byId: false,
    call: (api) => api.health.database(),
  },
  "health.overview": {
    permission: "platform:health",
    byId: false,
    call: (api) => api.health.overview(),
  },
  "queues.pause": {
    permission: "platform:queue",
    byId: false,
    call: (api) => api.queues.pause({ queue: "scrape-domain" }),
  },
  "queues.resume": {
    permission: "platform:queue",
    byId: false,
    call: async (api, _ids, rows) => {
      await rows("insert into pgboss.queue_pause (name) values ('scrape-domain')");
      return api.queues.resume({ queue: "scrape-domain" });
    },
  },
  "workers.drain": {
    permission: "platform:queue",
    byId: false,
    call: async (api, _ids, rows) =>
      api.workers.drain({ workerId: await addWorker(rows, "claiming") }),
  },
  "workers.resume": {
    permission: "platform:queue",
    byId: false,
    call: async (api, _ids, rows) =>
      api.workers.resume({ workerId: await addWorker(rows, "draining") }),
  },
};

const isPlatform = (name: string): boolean =>
  CASES[name]?.permission?.startsWith("platform:") === true;

/** Who may call everything: of the platform's procedures that is an owner who is its staff too. */
async function callerOf(name: string, overrides: Partial<Context>): Promise<Procedures> {
  if (!isPlatform(name)) return world.caller(world.tenants.near, "owner", overrides);
  const owner = await world.actor(world.tenants.near, "owner");
  const permissions = new Set(Object.keys(PERMISSIONS) as Permission[]);
  return proceduresFor(world.context({ ...overrides, actor: { ...owner, permissions } }));
}

test("the matrix knows every procedure", () => {
  expect(Object.keys(appRouter._def.procedures).toSorted()).toEqual(Object.keys(CASES).toSorted());
});

const PROCEDURES: Record<string, unknown> = appRouter._def.procedures;
const isMutation = (procedure: unknown): boolean =>
  (procedure as { _def: { type: string } })._def.type === "mutation";
const MUTATIONS = Object.keys(PROCEDURES).filter((name) => isMutation(PROCEDURES[name]));

test("each procedure tells of itself what it needs, unless that depends on what is asked", () => {
  const told = Object.entries(PROCEDURES).map(([path, procedure]) => {
    const { meta = {} } = (procedure as { _def: { meta?: { permission?: string | null } } })._def;
    const needed = CASES[path]?.permission;
    // What a bulk action needs besides is its act's.
    const depends = (meta.permission === null || path.startsWith("bulk.")) && needed !== null;
    return [path, depends ? needed : (meta.permission ?? null)];
  });
  const needed = Object.entries(CASES).map(([path, { permission }]) => [path, permission]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(needed));
});

test.each(MUTATIONS)(
  "%s leaves a row of its name in the audit log, and does nothing where that cannot be written",
  async (name) => {
    const requestId = randomUUID();
    const ask = async ({ db, rows }: Undone) =>
      CASES[name]!.call(await callerOf(name, { requestId, db }), near, rows);
    const unwritten = undoing(async (within) => {
      await within.rows("alter table app.audit_log rename to audit_log_away");
      return ask(within);
    });
    await expect(unwritten).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
    const { entries, said, secrets } = await undoing(async (within) => {
      const answer: unknown = await ask(within);
      const rows = await within.rows<{ action: string; actor_id: string; said: string }>(
        "select distinct action, actor_id, log::text as said from app.audit_log log where request_id = :requestId",
        { requestId },
      );
      return {
        entries: new Set(rows.map(({ action, actor_id }) => `${action} by ${actor_id}`)),
        said: rows.map((row) => row.said).join(),
        secrets: secretsIn(answer),
      };
    });
    expect(entries).toEqual(new Set([`${name} by ${world.tenants.near.people.owner}`]));
    if (secrets.length > 0) tellingSecrets.push(name);
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
  },
);

const tellingSecrets: string[] = [];
test("of what is told once the log says nothing, whoever tells it", () => {
  expect(tellingSecrets.toSorted()).toEqual([
    "keys.create",
    "keys.rotate",
    "profiles.invite",
    "profiles.resendInvite",
    "webhooks.create",
    "webhooks.rotate",
  ]);
});

/** What an answer tells this once: keys, secrets of webhooks, tokens of links. */
function secretsIn(answer: unknown): string[] {
  if (typeof answer !== "object" || answer === null) return [];
  return Object.entries(answer).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "string" && value.length > 30 && /^(key|secret|link)$/.test(name)
      ? value.split("#").slice(-1)
      : secretsIn(value),
  );
}

/** Everything that the database holds, as one word. */
async function digestOf(rows: Rows): Promise<string> {
  digesting ??= rows<{ text: string }>(
    `select string_agg(format(
       'select md5(coalesce(string_agg(md5(x::text), '''' order by md5(x::text)), '''')) as part from %I.%I x', schemaname, tablename
     ), ' union all ' order by 1) as text
     from pg_tables where schemaname in ('public', 'app', 'pgboss')`,
  ).then(
    ([row]) => `select md5(string_agg(part, '' order by part)) as digest from (${row!.text}) parts`,
  );
  const [row] = await rows<{ digest: string }>(await digesting);
  return row!.digest;
}
let digesting: Promise<string> | undefined;

type Begin = Db["transaction"];

/** Calls a mutation with its own way to begin transactions. */
async function callIn(name: string, { db, rows }: Undone, begin: (transaction: Begin) => Begin) {
  const api = await callerOf(name, {
    db: Object.assign(db, { transaction: begin(db.transaction) }),
  });
  return CASES[name]!.call(api, near, rows).then(
    () => "answered",
    () => "refused",
  );
}

const failingAtEnd =
  (transaction: Begin): Begin =>
  (work, ...options) =>
    transaction(
      async (tx) => {
        await work(tx);
        throw new Error("the commit failed");
      },
      ...options,
    );

test("what a mutation does it does in transactions: where those fail at their end, nothing is left", async () => {
  const left: string[] = [];
  for (const name of MUTATIONS) {
    await undoing(async ({ db, rows }) => {
      let before = await digestOf(rows);
      const preparing: Rows = async (sql, params) => {
        const found = await rows<never>(sql, params);
        before = await digestOf(rows);
        return found;
      };
      const answer = await callIn(name, { db, rows: preparing }, failingAtEnd);
      if (answer === "answered" || (await digestOf(rows)) !== before) left.push(name);
    });
  }
  expect(left).toEqual([]);
});

/** What is committed in parts, so that a fault may find the first of them done: whoever goes on with the rest is said in docs/lifecycle.md. */
const IN_PARTS: Record<string, "told" | "gone on with"> = {
  "batches.pause": "told",
  "bulk.start": "gone on with",
  "bulk.undo": "gone on with",
  "db.explain": "told",
  "db.query": "told",
  "domains.rescan": "gone on with",
  "suppressions.add": "told",
  "suppressions.erase": "told",
};

/** Sent by a clock beside a statement of read-only SQL, which goes on without it. */
const LOOKS = /^select "id" from "app"\."sql_runs" where .*"cancel_asked_at"/;

describe("a fault at any statement of a mutation is told, and leaves nothing of its own transaction or of what comes behind", () => {
  let faults: FailingStatements;
  beforeAll(async () => {
    faults = await world.database.db.transaction((tx) => Promise.resolve(failStatements(tx)));
  });
  afterAll(() => faults.end());

  /** Calls it, with a fault where one is named. What fails in a transaction is undone with it: what is left is what was written elsewhere, or behind it. */
  const call = (name: string, failing?: { text: string; nth: number }) =>
    undoing(async ({ db, rows }) => {
      const preparing: Rows = (sql, params) => faults.apart(() => rows(sql, params));
      const transactions: { last: number; wrote: boolean }[] = [];
      faults.arm(failing);
      const answer = await faults.counting(() =>
        callIn(name, { db, rows: preparing }, (transaction) => async (...given) => {
          const { all } = faults.writes;
          const done = await faults.inside(() => transaction(...given));
          transactions.push({ last: faults.sent.length, wrote: faults.writes.all > all });
          return done;
        }),
      );
      const { alone, behind } = faults.writes;
      return { answer, transactions, sent: faults.sent, left: alone + behind > 0 };
    });

  test.each(MUTATIONS)("%s", async (name) => {
    const { answer, transactions, sent } = await call(name);
    expect(answer).toBe("answered");
    expect(sent.length).toBeGreaterThan(1);
    const untold: string[] = [];
    const left: string[] = [];
    let isInParts = false;
    const tried = new Set<string>();
    for (const [index, text] of sent.entries()) {
      const isPart = transactions.some(({ last, wrote }) => wrote && last <= index);
      isInParts ||= isPart;
      // One that is sent again and again, for row after row, fails alike.
      const kind = `${isPart} ${text}`;
      if (tried.has(kind) || LOOKS.test(text)) continue;
      tried.add(kind);
      const nth = sent.slice(0, index + 1).filter((one) => one === text).length;
      const fault = await call(name, { text, nth });
      if (isPart && IN_PARTS[name] === "gone on with") continue;
      if (fault.answer === "answered") untold.push(text);
      if (fault.left) left.push(text);
    }
    expect({ untold, left, isInParts }).toEqual({
      untold: [],
      left: [],
      isInParts: name in IN_PARTS,
    });
  });
});

describe.each(Object.entries(CASES))("%s", (_name, { permission, call }) => {
  test.each(Object.keys(ROLES) as RoleName[])(
    "is answered or refused by the rights of %s",
    async (role) => {
      const may =
        permission == null || (ROLES[role].permissions as readonly string[]).includes(permission);
      const answer = undoing(async ({ db, rows }) =>
        call(await world.caller(world.tenants.near, role, { db }), near, rows),
      );
      if (may) await expect(answer).resolves.toBeTruthy();
      else await expect(answer).rejects.toMatchObject({ code: "FORBIDDEN", message: "Forbidden" });
    },
  );

  test("needs somebody signed in, unless it is open", async () => {
    const asking = (who: Partial<Context>) =>
      undoing(({ db, rows }) => call(proceduresFor(world.context({ ...who, db })), far, rows));
    if (permission === null) {
      await expect(asking({})).resolves.toBeTruthy();
      return;
    }
    await expect(asking({})).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(asking({ isForeignTenant: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe.each(Object.entries(CASES).filter(([, { byId }]) => byId))("%s", (_name, { call }) => {
  test("answers another tenant's id, an unknown one and garbage alike", async () => {
    const unknown = Object.fromEntries(Object.keys(far).map((key) => [key, randomUUID()])) as Ids;
    const garbage = Object.fromEntries(Object.keys(far).map((key) => [key, "' or 1=1 --"])) as Ids;
    const messages = await Promise.all(
      [far, unknown, garbage].map((ids) =>
        undoing(async ({ db, rows }) =>
          call(await world.caller(world.tenants.near, "owner", { db }), ids, rows),
        ).then(
          () => "answered",
          (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
        ),
      ),
    );
    expect(messages[0]).toMatch(/^NOT_FOUND: [\w ]+ not found$/);
    expect(new Set(messages).size).toBe(1);
  });
});

describe.each(Object.entries(CASES).filter(([, { byId }]) => !byId))("%s", (_name, { call }) => {
  test("shows nothing of another tenant", async () => {
    const answer = JSON.stringify(
      await undoing(async ({ db, rows }) =>
        call(await world.caller(world.tenants.near, "owner", { db }), far, rows),
      ).catch(() => "refused"),
    );
    for (const id of [
      ...Object.values(far),
      world.tenants.far.id,
      ...Object.values(world.tenants.far.people),
    ]) {
      expect(answer).not.toContain(id);
    }
  });
});

test("another tenant's batch cannot be cancelled or looked into by naming it in a filter", async () => {
  const api = await world.caller(world.tenants.near, "owner");
  await expect(api.batches.cancel({ batchId: far.batchId })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const nothing = { items: [], nextCursor: null, previousCursor: null };
  expect(await api.jobs.list({ batchId: far.batchId })).toEqual(nothing);
  expect(await api.jobs.list({ batchId: far.batchId, order: "batch" })).toEqual(nothing);
  const owner = await world.caller(world.tenants.far, "owner");
  expect(await owner.batches.byId({ batchId: far.batchId })).toMatchObject({
    status: "running",
  });
});

test("REST's own reads show nothing of another tenant", async () => {
  const reader = world.database.db;
  const tenantId = world.tenants.near.id;
  const page = { limit: 1000, offset: 0 };
  const jobs = await listStoredJobs(reader, tenantId, { ...page, batchId: far.batchId });
  expect(jobs).toEqual({ items: [], nextCursor: null, previousCursor: null });
  const all = await listStoredJobs(reader, tenantId, page);
  expect(new Set(all.items.map((job) => job.tenantId))).toEqual(new Set([tenantId]));
  const { items: people } = await listProfiles(reader, tenantId, page);
  const known = new Set([...Object.values(world.tenants.near.people), near.colleagueId]);
  expect(people.filter(({ id }) => !known.has(id))).toEqual([]);
  expect(people.length).toBeGreaterThan(1);
  const messages = await Promise.all(
    [far.jobId, randomUUID(), "' or 1=1 --"].map((id) =>
      getStoredJob(reader, tenantId, id).catch((error: Error) => error.message),
    ),
  );
  expect(messages).toEqual(Array(3).fill("Job not found"));
});

test("every value that a procedure or REST selects is what it is declared to be", async () => {
  const reader = world.database.db;
  const tenantId = world.tenants.near.id;
  const page = { limit: 10, offset: 0 };
  const queries = await recordQueries(world.database, async () => {
    for (const [name, { call }] of Object.entries(CASES)) {
      await undoing(async ({ db, rows }) => call(await callerOf(name, { db }), near, rows)).catch(
        () => {},
      );
    }
    const { jobId, batchId } = near;
    const api = await world.caller(world.tenants.near, "owner");
    await api.jobs.list({ batchId, order: "batch" });
    await listStoredJobs(reader, tenantId, page);
    await getStoredJob(reader, tenantId, jobId);
    await listProfiles(reader, tenantId, page);
  });
  const values = queries.flatMap(({ fields }) => fields.map(({ name }) => name));
  expect(values).toEqual(
    expect.arrayContaining(["failures", "tenantRole", "jobMetadata", "place"]),
  );
  expect(await findMisdeclaredQueries(world.database, queries)).toEqual([]);
});

test("two tenants scan one site without seeing each other", async () => {
  expect(near.domainId).not.toBe(far.domainId);
  const api = await world.caller(world.tenants.near, "viewer");
  const { recentJobs, pages } = await api.domains.byId({ domainId: near.domainId });
  expect(recentJobs.map((job) => job.jobId)).toContain(near.jobId);
  expect(recentJobs.map((job) => job.jobId)).not.toContain(far.jobId);
  expect(pages).toHaveLength(2);
});

test("platform rights come from GLOBAL_ADMIN alone, and a key never exceeds its scopes", async () => {
  await world.rows(
    "insert into role_permissions (role_id, permission_id) select r.id, p.id from roles r, permissions p where r.name = 'owner' and p.name = 'platform:health'",
  );
  const owner = await world.actor(world.tenants.near, "owner");
  expect(owner.permissions.has("platform:health")).toBe(false);
  await world.rows("update profiles set role = 'GLOBAL_ADMIN' where id = :id::uuid", {
    id: owner.id,
  });
  const platform = await world.caller(world.tenants.near, "owner");
  await expect(platform.health.database()).resolves.toMatchObject({
    status: "ok",
    pooled: { replica: false, readOnly: false, serverVersion: expect.stringMatching(/^\d+\.\d+/) },
    pooler: { kind: "none", version: null },
  });
  await world.rows("update profiles set role = 'USER', active = false where id = :id::uuid", {
    id: owner.id,
  });
  await expect(world.actor(world.tenants.near, "owner")).rejects.toThrow("no owner");
  await world.rows("update profiles set active = true where id = :id::uuid", {
    id: owner.id,
  });
});

test("an answer to a fault says nothing of SQL, hosts or values", async () => {
  const broken = await world.caller(world.tenants.near, "owner", {
    db: {
      ...world.database.db,
      transaction: () => Promise.reject(new Error("select secret from vault at db.internal:5432")),
    } as never,
  });
  const error = await broken.batches
    .create({ domains: ["secret.example"] })
    .catch((fault: Error) => fault);
  expect(error).toMatchObject({ code: "INTERNAL_SERVER_ERROR", message: "Internal server error" });
});
