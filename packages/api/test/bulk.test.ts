import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { previewBulk } from "../src/bulk/preview-bulk.ts";
import { BULK } from "../src/bulk/bulk.state.ts";
import { BULK_ACTS, BULK_LIST, type BulkTarget, type BulkWish } from "../src/contract.ts";
import { type Procedures, type RoleName, ROLES } from "../src/index.ts";
import { claimJobs, recordClaim, releaseClaim } from "./claim-and-record.ts";
import { done, failed } from "./outcomes.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  await world.rows("alter table app.audit_log disable trigger audit_log_deleted");
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());
beforeEach(async () => {
  const results = ["pages", "app.leads", "domains", "app.suppressions"];
  for (const table of ["pgboss.job", "jobs", "batch_jobs", ...results, ...LOGS]) {
    await world.rows(`delete from ${table}`);
  }
});

const LOGS = ["app.bulk_actions", "app.audit_log"];
const now = () => new Date().toISOString();
const allJobs = (): BulkTarget => ({ list: "jobs", filter: {}, asOf: now() });
const allLeads = (filter = {}): BulkTarget => ({ list: "leads", filter, asOf: now() });

const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => "done",
    (error: { code: string; cause?: { details?: { errorCode?: string } } }) =>
      `${error.code} ${error.cause?.details?.errorCode ?? ""}`.trim(),
  );

/** A batch of a job that failed, one that is complete, one that waits and a line that names no site. */
async function createMixed() {
  const domains = ["failed.example", "complete.example", "waiting.example", "localhost"];
  const { batchId } = await api.batches.create({ domains });
  for (const claim of await claimJobs(world, 10)) {
    if (claim.batchId !== batchId || claim.position === 2) await releaseClaim(world, claim);
    else await recordClaim(world, claim, claim.position === 0 ? failed() : done());
  }
  return batchId;
}

const statuses = async (batchId: string) => {
  const { items } = await api.jobs.list({ batchId, order: "batch" });
  return items.map(({ status }) => status);
};

const leadsWhere = async (condition: string) => {
  const rows = await world.rows<{ domain: string }>(
    `select domain from app.leads where tenant_id = :near::uuid and ${condition} order by domain`,
    { near: world.tenants.near.id },
  );
  return rows.map(({ domain }) => domain);
};

test("the list offers every act that there is, and every state", () => {
  expect(Object.keys(BULK_ACTS)).toEqual(BULK_LIST.filters.action.words);
  expect([...BULK_LIST.filters.status.words].toSorted()).toEqual([...BULK.states].toSorted());
});

describe("a preview", () => {
  test("tells how many rows are eligible, and of the others why not, with names", async () => {
    await createMixed();
    const target = { list: "jobs", filter: {}, asOf: now() } satisfies BulkTarget;
    expect(await api.bulk.preview({ action: "jobs.retry", target })).toEqual({
      total: 4,
      eligible: 1,
      ineligible: [
        {
          reason: "complete",
          text: "It is complete; scan it again by another batch.",
          count: 1,
          sample: ["complete.example"],
        },
        {
          reason: "no_site",
          text: "This line names no web site that could be scanned.",
          count: 1,
          sample: ["localhost"],
        },
        {
          reason: "still_open",
          text: "It waits or runs already.",
          count: 1,
          sample: ["waiting.example"],
        },
      ],
      exact: true,
      asOf: target.asOf,
    });
  });

  test("changes nothing, and means the rows of the list's own filter", async () => {
    const batchId = await createMixed();
    const before = await statuses(batchId);
    const target: BulkTarget = { list: "jobs", filter: { status: ["pending"] }, asOf: now() };
    const preview = await api.bulk.preview({ action: "jobs.cancel", target });
    expect(preview).toMatchObject({ total: 1, eligible: 1, ineligible: [] });
    const searched: BulkTarget = { list: "jobs", filter: {}, q: "comp", asOf: now() };
    expect(await api.bulk.preview({ action: "jobs.cancel", target: searched })).toMatchObject({
      total: 1,
      eligible: 0,
      ineligible: [{ reason: "over", count: 1 }],
    });
    expect(await statuses(batchId)).toEqual(before);
  });

  test("counts the leads of contacts, each once", async () => {
    await addLeads(world, world.tenants.near.id);
    const target: BulkTarget = { list: "contacts", filter: {}, asOf: now() };
    const addresses = await api.contacts.count({});
    const leads = await api.bulk.preview({ action: "leads.rescan", target });
    expect(leads).toMatchObject({ total: 12, eligible: 12 });
    expect(addresses.value).toBe(24);
    const suppressed = await api.bulk.preview({ action: "leads.suppress", target });
    expect(suppressed).toMatchObject({ total: 24, eligible: 24 });
  });

  test("of more rows than one act takes says so, and that none is taken", async () => {
    await addLeads(world, world.tenants.near.id);
    const who = { tenantId: world.tenants.near.id, mayReadContacts: true };
    const call = { action: "leads.rescan", target: allLeads(), settings: scan } as const;
    const ask = (most: number) => previewBulk(world.database.db, who, call, most);
    expect(await ask(24)).toMatchObject({ total: 24, eligible: 24, exact: true });
    expect(await ask(23)).toMatchObject({
      total: 24,
      eligible: 0,
      ineligible: [{ reason: "too_many_rows", count: 24 }],
      exact: false,
    });
  });
});

const scan = { maxPages: 5, maxConcurrent: 5 };

describe("what is asked for", () => {
  test("is refused where a filter, a setting or a list is none of the act's", async () => {
    const ask = (action: string, target: object, settings?: object) =>
      codeOf(api.bulk.preview({ action, target, settings } as never));
    const asOf = now();
    expect(await ask("jobs.retry", { list: "jobs", filter: { stauts: ["failed"] }, asOf })).toBe(
      "BAD_REQUEST",
    );
    expect(await ask("jobs.retry", { list: "leads", filter: {}, asOf })).toBe("BAD_REQUEST");
    expect(await ask("jobs.retry", { list: "batches", filter: {}, q: "x", asOf })).toBe(
      "BAD_REQUEST",
    );
    expect(await ask("jobs.retry", { list: "jobs" })).toBe("BAD_REQUEST");
    expect(await ask("jobs.retry", { list: "jobs", filter: {}, ids: ["x"], asOf })).toBe(
      "BAD_REQUEST",
    );
    expect(await ask("jobs.retry", { list: "jobs", filter: {}, asOf }, { pages: 1 })).toBe(
      "BAD_REQUEST",
    );
    expect(await ask("leads.update", { list: "leads", filter: {}, asOf })).toBe("BAD_REQUEST");
    expect(await ask("jobs.delete", { list: "jobs", filter: {}, asOf })).toBe("BAD_REQUEST");
    expect(await ask("jobs.retry", { list: "jobs", filter: {}, asOf })).toBe("done");
  });

  test("names at most a thousand ids", async () => {
    const ask = (count: number) =>
      codeOf(
        api.bulk.preview({
          action: "jobs.cancel",
          target: { list: "jobs", ids: Array.from({ length: count }, () => randomUUID()) },
        }),
      );
    expect(await ask(0)).toBe("BAD_REQUEST");
    expect(await ask(1_000)).toBe("done");
    expect(await ask(1_001)).toBe("BAD_REQUEST");
  });

  test("over a thousand rows needs the number that the preview gave", async () => {
    await addLeads(world, world.tenants.near.id, { count: 1_001 });
    const update = { action: "leads.update", settings: { contacted: true } } as const;
    await world.rows("update app.leads set contacted_at = null");
    expect(await api.bulk.preview({ ...update, target: allLeads() })).toMatchObject({
      eligible: 1_001,
    });
    const ask = (confirmCount?: number) =>
      codeOf(api.bulk.start({ ...update, target: allLeads(), confirmCount }));
    expect(await ask()).toBe("BAD_REQUEST CONFIRM_COUNT");
    expect(await ask(1_000)).toBe("BAD_REQUEST CONFIRM_COUNT");
    expect(await ask(1_002)).toBe("BAD_REQUEST CONFIRM_COUNT");
    expect(await world.rows("select from app.bulk_actions")).toEqual([]);
    await world.rows("delete from app.leads where domain = 'lead-0.example'");
    expect(await ask()).toBe("done");
    await world.rows("update app.leads set contacted_at = null");
    await addLeads(world, world.tenants.near.id, { count: 1, first: 2_000 });
    expect(await ask(1_000)).toBe("BAD_REQUEST CONFIRM_COUNT");
    expect(await ask(1_001)).toBe("done");
  });

  test("means the rows that had come by the database's clock when the preview was asked for", async () => {
    await createMixed();
    const cancel = { action: "jobs.cancel" } as const;
    const target: BulkWish = { list: "jobs", filter: { status: ["pending"] } };
    const { asOf, eligible } = await api.bulk.preview({ ...cancel, target });
    expect(eligible).toBe(1);
    const batchId = await createMixed();
    const dated = { ...target, asOf: asOf ?? undefined };
    expect(await api.bulk.preview({ ...cancel, target: dated })).toMatchObject({ eligible, asOf });
    expect(await api.bulk.start({ ...cancel, target: dated })).toMatchObject({
      done: 1,
      target: { asOf },
    });
    expect((await statuses(batchId))[2]).toBe("pending");
    // Without a moment it is now: one call is one wish, whenever it is repeated.
    const call = { ...cancel, target, idempotencyKey: "now" };
    const first = await api.bulk.start(call);
    expect(first.done).toBe(1);
    expect(await api.bulk.start(call)).toMatchObject({ id: first.id, replayed: true });
    const byId = await api.bulk.preview({ ...cancel, target: { list: "jobs", ids: ["x"] } });
    expect(byId.asOf).toBeNull();
  });

  test("is done once for one idempotency key", async () => {
    const batchId = await createMixed();
    const call = { action: "jobs.retry", target: allJobs(), idempotencyKey: "once" } as const;
    const first = await api.bulk.start(call);
    const second = await api.bulk.start(call);
    expect(second).toMatchObject({ id: first.id, replayed: true, status: "complete" });
    expect(await statuses(batchId)).toEqual(["pending", "complete", "pending", "failed"]);
    expect(await codeOf(api.bulk.start({ ...call, action: "jobs.cancel" }))).toBe(
      "CONFLICT IDEMPOTENCY_MISMATCH",
    );
  });
});

describe("ids of another tenant, unknown ones and garbage", () => {
  test("are told alike, and touched by no act", async () => {
    const far = await world.caller(world.tenants.far, "owner");
    const { batchId } = await far.batches.create({ domains: ["far.example"] });
    const { items } = await far.jobs.list({ batchId });
    await addLeads(world, world.tenants.far.id, { count: 6 });
    const [lead] = (await far.leads.list({ has: ["email"] })).items;
    const [contact] = (await far.contacts.list({})).items;
    const everything = async () =>
      JSON.stringify(
        await world.rows(
          `select (select jsonb_agg(b) from batch_jobs b) as batches, (select jsonb_agg(j) from jobs j) as jobs,
             (select jsonb_agg(l) from app.leads l) as leads, (select jsonb_agg(m.id) from pgboss.job m) as messages,
             (select jsonb_agg(s) from app.suppressions s) as suppressions`,
        ),
      );
    const before = await everything();
    const ids = {
      jobs: items[0]?.jobId ?? "",
      batches: batchId,
      leads: lead?.domainId ?? "",
      contacts: contact?.id ?? "",
    };
    for (const [action, { lists }] of Object.entries(BULK_ACTS)) {
      for (const list of lists) {
        const given = [ids[list].toUpperCase(), randomUUID(), "' or 1=1 --"];
        const call = {
          action,
          target: { list, ids: given },
          settings: action === "leads.update" ? { doNotContact: true } : {},
        } as never;
        expect(await api.bulk.preview(call)).toMatchObject({
          total: 3,
          eligible: 0,
          ineligible: [{ reason: "unknown", count: 3 }],
        });
        const started = await api.bulk.start(call);
        expect(started).toMatchObject({ status: "complete", total: 3, done: 0, skipped: 3 });
        const { items: skipped } = await api.bulk.skipped({ id: started.id });
        expect(skipped).toEqual(
          given.map((id) => ({
            id,
            name: null,
            reason: "unknown",
            text: "No such row is known.",
          })),
        );
      }
    }
    expect(await everything()).toBe(before);
  });
});

describe("each act", () => {
  test("jobs.retry lets those run again that may, with other settings, over all batches", async () => {
    const batches = [await createMixed(), await createMixed()];
    const started = await api.bulk.start({
      action: "jobs.retry",
      target: allJobs(),
      settings: { maxPages: 3 },
    });
    expect(started).toMatchObject({
      status: "complete",
      total: 8,
      done: 2,
      skipped: 6,
      failed: 0,
      progress: 100,
    });
    for (const batchId of batches) {
      expect(await statuses(batchId)).toEqual(["pending", "complete", "pending", "failed"]);
      const { counts } = await api.batches.byId({ batchId });
      expect(counts).toMatchObject({ pending: 2, complete: 1, failed: 1 });
    }
    const claims = await claimJobs(world, 10);
    const pages = new Set(claims.map(({ domain, maxPages }) => `${domain} ${maxPages}`));
    expect([...pages].toSorted()).toEqual(["failed.example 3", "waiting.example 50"]);
  });

  test("jobs.cancel ends what waits or runs, and a batch with its last job", async () => {
    const batchId = await createMixed();
    const started = await api.bulk.start({ action: "jobs.cancel", target: allJobs() });
    expect(started).toMatchObject({ done: 1, skipped: 3 });
    expect(await statuses(batchId)).toEqual(["failed", "complete", "cancelled", "failed"]);
    expect(await api.batches.byId({ batchId })).toMatchObject({
      status: "partial",
      progress: 100,
      counts: { cancelled: 1 },
    });
    expect(await world.rows("select from pgboss.job")).toEqual([]);
  });

  test("batches.cancel and batches.retryFailed take each batch by itself", async () => {
    const [one, other, third] = [await createMixed(), await createMixed(), await createMixed()];
    await api.batches.cancel({ batchId: third! });
    const ids = [one!, other!, third!];
    const target: BulkTarget = { list: "batches", ids };
    const none = await api.bulk.start({
      action: "batches.retryFailed",
      target,
      settings: { errorCodes: ["timeout"] },
    });
    expect(none).toMatchObject({ done: 0, skipped: 3 });
    expect(none.reasons.map(({ reason, count }) => [reason, count])).toEqual([
      ["nothing_failed", 2],
      ["batch_cancelled", 1],
    ]);
    const again = await api.bulk.start({ action: "batches.retryFailed", target });
    expect(again).toMatchObject({ status: "complete", done: 2, skipped: 1 });
    expect(await statuses(one!)).toEqual(["pending", "complete", "pending", "failed"]);
    const cancelled = await api.bulk.start({ action: "batches.cancel", target });
    expect(cancelled).toMatchObject({ status: "complete", done: 2, skipped: 1 });
    expect(await statuses(other!)).toEqual(["cancelled", "complete", "cancelled", "failed"]);
  });

  test("batches.pause, batches.resume and batches.delete take each batch by itself", async () => {
    const [one, other] = [await createMixed(), await createMixed()];
    await api.batches.cancel({ batchId: other });
    const target: BulkTarget = { list: "batches", filter: {}, asOf: now() };
    const act = async (action: "batches.pause" | "batches.resume" | "batches.delete") => {
      const { done, reasons } = await api.bulk.start({ action, target });
      return [done, ...reasons.map(({ reason }) => reason)];
    };
    expect(await act("batches.resume")).toEqual([0, "not_paused", "over"]);
    expect(await act("batches.pause")).toEqual([1, "over"]);
    expect(await api.batches.byId({ batchId: one })).toMatchObject({ paused: true });
    expect(await world.rows("select from pgboss.job")).toEqual([]);
    expect(await act("batches.pause")).toEqual([0, "over", "unchanged"]);
    expect(await act("batches.resume")).toEqual([1, "over"]);
    expect(await world.rows("select from pgboss.job")).toHaveLength(1);
    expect(await act("batches.delete")).toEqual([1, "not_over"]);
    expect((await api.batches.list({})).items.map(({ batchId }) => batchId)).toEqual([one]);
    expect(await api.bulk.preview({ action: "batches.delete", target })).toMatchObject({
      total: 1,
    });
  });

  test("leads.rescan makes one batch of their domains, without those that are suppressed", async () => {
    await addLeads(world, world.tenants.near.id, { count: 30 });
    await world.rows(
      `insert into app.suppressions (tenant_id, kind, entry, shown, created_by)
       values (:near::uuid, 'domain', 'lead-4.example', 'lead-4.example', gen_random_uuid())`,
      { near: world.tenants.near.id },
    );
    const started = await api.bulk.start({
      action: "leads.rescan",
      target: allLeads({ has: ["email"] }),
      settings: { maxPages: 2, maxConcurrent: 3, label: "Once more" },
    });
    expect(started).toMatchObject({ status: "complete", total: 15, done: 14, skipped: 1 });
    expect(started.reasons).toMatchObject([{ reason: "suppressed", count: 1 }]);
    const { items } = await api.batches.list({});
    expect(items).toMatchObject([
      { batchId: started.batchId, label: "Once more", total: 14, maxPages: 2, maxConcurrent: 3 },
    ]);
    const claims = await claimJobs(world, 100);
    expect(claims.map(({ domain }) => domain)).toEqual(
      (await leadsWhere("emails > 0")).filter((domain) => domain !== "lead-4.example").slice(0, 3),
    );
  });

  test("leads.update changes what it is told, and leaves out those that are so already", async () => {
    await addLeads(world, world.tenants.near.id);
    const target = allLeads({ country: ["DE"] });
    const started = await api.bulk.start({
      action: "leads.update",
      target,
      settings: { label: "To call", doNotContact: false },
    });
    expect(started).toMatchObject({ status: "complete", total: 6 });
    expect(started.done + started.skipped).toBe(6);
    expect(started.reasons).toMatchObject([{ reason: "unchanged", count: started.skipped }]);
    expect(
      await leadsWhere("label = 'To call' and not do_not_contact and country = 'DE'"),
    ).toHaveLength(6);
    const { skipped } = await api.bulk.start({
      action: "leads.update",
      target,
      settings: { label: "To call", doNotContact: false },
    });
    expect(skipped).toBe(6);
  });

  test("leads.suppress takes the domains of leads, and of contacts the addresses", async () => {
    await addLeads(world, world.tenants.near.id, { count: 8 });
    const [contact] = (await api.contacts.list({ order: "email" })).items;
    const addresses = await api.bulk.start({
      action: "leads.suppress",
      target: { list: "contacts", ids: [contact?.id ?? ""] },
      settings: { reason: "Asked us" },
    });
    expect(addresses).toMatchObject({ done: 1 });
    const leads = await api.bulk.start({
      action: "leads.suppress",
      target: allLeads({ country: ["AT"] }),
    });
    expect(leads).toMatchObject({ done: 2 });
    const { items } = await api.suppressions.list({ limit: 10 });
    expect(items.map(({ kind, entry, reason }) => [kind, entry, reason]).toSorted()).toEqual([
      ["domain", "lead-1.example", null],
      ["domain", "lead-5.example", null],
      ["email", contact?.email, "Asked us"],
    ]);
  });
});

describe("rights", () => {
  test.each(Object.entries(BULK_ACTS))(
    "%s needs the right of the single act",
    async (action, act) => {
      await addLeads(world, world.tenants.near.id, { count: 2 });
      await createMixed();
      for (const role of Object.keys(ROLES) as RoleName[]) {
        const held: readonly string[] = ROLES[role].permissions;
        const caller = await world.caller(world.tenants.near, role);
        for (const list of act.lists) {
          const call = {
            action,
            target: { list, filter: {}, asOf: now() },
            settings: action === "leads.update" ? { label: role } : {},
          } as never;
          const reads =
            list === "contacts"
              ? "contacts:read"
              : list === "leads"
                ? "domains:read"
                : `${list}:read`;
          const may = held.includes(act.permission) && held.includes(reads);
          const answers = [
            await codeOf(caller.bulk.preview(call)),
            await codeOf(caller.bulk.start(call)),
          ];
          const refused = `FORBIDDEN NEEDS_${held.includes(reads) ? act.permission : reads}`;
          expect([role, list, ...answers]).toEqual([
            role,
            list,
            ...Array(2).fill(may ? "done" : refused),
          ]);
        }
      }
    },
  );

  test("a search for contacts needs the right to them, and is told to nobody without it", async () => {
    await addLeads(world, world.tenants.near.id, { count: 2 });
    const target: BulkTarget = {
      list: "leads",
      filter: { contact: "info@lead-0.example" },
      asOf: now(),
    };
    const actor = await world.actor(world.tenants.near, "owner");
    const permissions = new Set([...actor.permissions].filter((name) => name !== "contacts:read"));
    const blind = await world.caller(world.tenants.near, "owner", {
      actor: { ...actor, permissions },
    });
    const call = { action: "leads.update", target, settings: { label: "Found" } } as const;
    expect(await codeOf(blind.bulk.preview(call))).toBe("FORBIDDEN NEEDS_contacts:read");
    expect(await codeOf(blind.bulk.start(call))).toBe("FORBIDDEN NEEDS_contacts:read");
    const { id } = await api.bulk.start(call);
    expect((await api.bulk.byId({ id })).target).toMatchObject({ filter: target.filter });
    const viewer = await world.caller(world.tenants.near, "viewer");
    expect(
      JSON.stringify([await viewer.bulk.byId({ id }), await viewer.bulk.list({})]),
    ).not.toContain("info@");
    const log = await world.rows("select detail from app.audit_log");
    expect(JSON.stringify(log)).not.toContain("info@");
  });

  test("who may not read contacts is told of refused lines that there are some", async () => {
    await createMixed();
    const { id } = await api.bulk.start({ action: "jobs.retry", target: allJobs() });
    const namesFor = async (role: RoleName) => {
      const { items } = await (await world.caller(world.tenants.near, role)).bulk.skipped({ id });
      return items.map(({ name }) => name).toSorted();
    };
    expect(await namesFor("operator")).toEqual([
      "complete.example",
      "localhost",
      "waiting.example",
    ]);
    expect(await namesFor("viewer")).toEqual([
      "(line without a site)",
      "complete.example",
      "waiting.example",
    ]);
  });
});

test("its beginning and its end are in the audit log, with how many", async () => {
  await createMixed();
  const { id } = await api.bulk.start({ action: "jobs.retry", target: allJobs() });
  const log = await world.rows(
    "select action, actor_id, tenant_id, source, detail from app.audit_log where target_id = :id order by id",
    { id },
  );
  const { id: tenantId, people } = world.tenants.near;
  const who = { actor_id: people.owner, tenant_id: tenantId };
  expect(log).toMatchObject([
    {
      ...who,
      action: "bulk.start",
      source: "trpc",
      detail: { action: "jobs.retry", eligible: 1, skipped: 3 },
    },
    {
      ...who,
      action: "bulk.end",
      source: "worker",
      detail: { status: "complete", done: 1, skipped: 3, failed: 0 },
    },
  ]);
});
