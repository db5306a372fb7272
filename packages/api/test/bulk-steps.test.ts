import { executeRawSql } from "@scrapersky/db";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BULK_TRIES_MAX } from "../src/bulk/continue-bulk.ts";
import type { BulkTarget } from "../src/contract.ts";
import type { Procedures } from "../src/index.ts";
import {
  continueBulk,
  findOpenBulk,
  forgetFormer,
  noteBulkFault,
  startBulk,
} from "../src/services.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());
beforeEach(async () => {
  const results = ["pages", "app.leads", "domains", "app.suppressions"];
  for (const table of ["pgboss.job", "jobs", "batch_jobs", ...results, "app.bulk_actions"]) {
    await world.rows(`delete from ${table}`);
  }
});

const LEADS = 1_200;
const all = (list: "jobs" | "leads") =>
  ({ list, filter: {}, asOf: new Date().toISOString() }) as BulkTarget;

/** Begins something that is to be gone on with, as a call does whose process was killed then. */
async function begin(
  call: { action: string; target: BulkTarget; settings?: object },
  overrides = {},
): Promise<string> {
  const actor = { ...(await world.actor(world.tenants.near, "owner")), ...overrides };
  const caller = { actor, requestId: "begun", source: "trpc" as const };
  const { eligible } = await api.bulk.preview(call as never);
  const { id } = await world.database.db.transaction((tx) =>
    startBulk(tx, caller, { settings: {}, ...call, confirmCount: eligible } as never),
  );
  return id;
}

const step = (id: string) =>
  world.database.db.transaction((tx) => continueBulk(tx, world.queue, id));
const read = (id: string) => api.bulk.byId({ id });

async function finish(id: string): Promise<number> {
  for (let steps = 1; ; steps++) {
    const done = await step(id);
    if (done?.ended) return steps;
    if (!done) throw new Error("somebody else is at it");
  }
}

/** However long a test takes until it undoes. */
const hasJustEnded = (id: string) =>
  world.rows("update app.bulk_actions set ended_at = clock_timestamp() where id = :id::uuid", {
    id,
  });

const countLeads = async (condition: string) => {
  const [row] = await world.rows<{ n: number }>(
    `select count(*)::int as n from app.leads where ${condition}`,
  );
  return row?.n;
};

const label = (target = all("leads")) => ({
  action: "leads.update",
  target,
  settings: { label: "Bulk" },
});

describe("it goes on chunk by chunk", () => {
  test("each of five hundred rows, with place and counts", async () => {
    await addLeads(world, world.tenants.near.id, { count: LEADS });
    const id = await begin(label());
    expect(await read(id)).toMatchObject({ status: "pending", total: LEADS, done: 0, progress: 0 });
    expect(await findOpenBulk(world.database.db)).toBe(id);
    await step(id);
    expect(await read(id)).toMatchObject({ status: "running", done: 500, progress: 41 });
    expect(await countLeads("label = 'Bulk'")).toBe(500);
    expect(await finish(id)).toBe(2);
    expect(await read(id)).toMatchObject({ status: "complete", done: LEADS, progress: 100 });
    expect(await countLeads("label = 'Bulk'")).toBe(LEADS);
    expect(await findOpenBulk(world.database.db)).toBeUndefined();
    expect(await step(id)).toBeUndefined();
  });

  test("a chunk that was killed before it was committed is done once, by whoever comes next", async () => {
    const { batchId } = await api.batches.create({
      domains: Array.from({ length: 1_200 }, (_, at) => `site-${at}.example`),
    });
    const id = await begin({ action: "jobs.cancel", target: all("jobs") });
    await step(id);
    const killed = world.database.db.transaction(async (tx) => {
      await continueBulk(tx, world.queue, id);
      throw new Error("killed");
    });
    await expect(killed).rejects.toThrow("killed");
    expect(await read(id)).toMatchObject({ status: "running", done: 500 });
    await finish(id);
    expect(await read(id)).toMatchObject({
      status: "complete",
      done: 1_200,
      skipped: 0,
      failed: 0,
    });
    expect(await api.batches.byId({ batchId })).toMatchObject({
      status: "cancelled",
      counts: { pending: 0, cancelled: 1_200 },
    });
  });

  test("of two workers at once one does a chunk and the other leaves it alone", async () => {
    await addLeads(world, world.tenants.near.id, { count: LEADS });
    const id = await begin(label());
    let other: Promise<unknown> = Promise.resolve("nobody came");
    await world.database.db.transaction(async (tx) => {
      await continueBulk(tx, world.queue, id);
      other = step(id);
      expect(await other).toBeUndefined();
    });
    const walks = await Promise.allSettled([finish(id), finish(id)]);
    expect(walks.some(({ status }) => status === "fulfilled")).toBe(true);
    expect(await read(id)).toMatchObject({ status: "complete", done: LEADS });
  });

  test("several take turns", async () => {
    await addLeads(world, world.tenants.near.id, { count: LEADS });
    const [one, other] = [await begin(label()), await begin(label())];
    const turns: (string | undefined)[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const id = await findOpenBulk(world.database.db);
      turns.push(id);
      await step(id ?? "");
    }
    expect(turns).toEqual([one, other, one, other]);
  });

  test("rows that come later are not touched, nor those that fit only later", async () => {
    await addLeads(world, world.tenants.near.id, { count: 600 });
    const target: BulkTarget = {
      list: "leads",
      filter: { doNotContact: true },
      asOf: new Date().toISOString(),
    };
    const id = await begin(label(target));
    await addLeads(world, world.tenants.near.id, { count: 100, first: 1_000 });
    await world.rows("update app.leads set do_not_contact = true");
    await finish(id);
    expect(await read(id)).toMatchObject({ total: 60, done: 60 });
    expect(await countLeads("label = 'Bulk'")).toBe(60);
  });

  test("rows that went or are so by now are skipped, and which is told", async () => {
    await addLeads(world, world.tenants.near.id, { count: 3 });
    const id = await begin(label());
    await world.rows("delete from app.leads where domain = 'lead-0.example'");
    await world.rows("update app.leads set label = 'Bulk' where domain = 'lead-1.example'");
    await finish(id);
    expect(await read(id)).toMatchObject({ total: 3, done: 1, skipped: 2, progress: 100 });
    const { items, total } = await api.bulk.skipped({ id });
    expect(total).toBe(2);
    expect(items.map(({ name, reason }) => `${reason} ${name}`).toSorted()).toEqual([
      "gone null",
      "unchanged lead-1.example",
    ]);
  });
});

describe("it ends before its last row", () => {
  test("by whoever cancels it; what was done stays, and the rest is left", async () => {
    await addLeads(world, world.tenants.near.id, { count: LEADS });
    const id = await begin(label());
    await step(id);
    const cancelled = await api.bulk.cancel({ id });
    expect(cancelled).toMatchObject({ status: "cancelled", done: 500, total: LEADS });
    expect(await step(id)).toBeUndefined();
    expect(await api.bulk.cancel({ id })).toMatchObject({ status: "cancelled", done: 500 });
    expect(await countLeads("label = 'Bulk'")).toBe(500);
    const log = await world.rows(
      "select action, detail from app.audit_log where target_id = :id order by id",
      { id },
    );
    expect(log.slice(1)).toEqual([
      {
        action: "bulk.cancel",
        detail: { action: "leads.update", status: "cancelled", done: 500, skipped: 0, failed: 0 },
      },
    ]);
  });

  test("while a chunk is under way, behind that one", async () => {
    await addLeads(world, world.tenants.near.id, { count: LEADS });
    const id = await begin(label());
    let cancelling: Promise<unknown> | undefined;
    await world.database.db.transaction(async (tx) => {
      await continueBulk(tx, world.queue, id);
      const [own] = await executeRawSql<{ pid: number }>(tx, "select pg_backend_pid() as pid");
      cancelling = api.bulk.cancel({ id });
      const waiting = "select from pg_stat_activity where :pid::int = any(pg_blocking_pids(pid))";
      await expect.poll(() => world.rows(waiting, { pid: own?.pid })).not.toHaveLength(0);
    });
    expect(await cancelling).toMatchObject({ status: "cancelled", done: 500 });
  });

  const disable = {
    "is switched off": "update profiles set active = false where id = :id::uuid",
    "has another role":
      "update user_tenants set role_id = (select id from roles where name = 'viewer') where user_id = :id::uuid",
    "has another tenant": "delete from user_tenants where user_id = :id::uuid",
  };
  test.each(Object.entries(disable))("when who began it %s meanwhile", async (_what, text) => {
    await addLeads(world, world.tenants.near.id, { count: LEADS });
    const id = await begin(label());
    await step(id);
    const person = { id: world.tenants.near.people.owner };
    const before = await world.rows<{ role_id: number }>(
      "select role_id from user_tenants where user_id = :id::uuid",
      person,
    );
    await world.rows(text, person);
    try {
      expect(await step(id)).toMatchObject({ ended: true });
    } finally {
      await world.rows("update profiles set active = true where id = :id::uuid", person);
      await world.rows("delete from user_tenants where user_id = :id::uuid", person);
      await world.rows(
        "insert into user_tenants (user_id, tenant_id, role_id) values (:id::uuid, :near::uuid, :role::int)",
        { ...person, near: world.tenants.near.id, role: before[0]?.role_id },
      );
    }
    const stopped = await read(id);
    expect(stopped).toMatchObject({ status: "stopped", done: 500, total: LEADS });
    expect(stopped.error).toMatch(/^Whoever began it may not do this any more/);
    expect(await countLeads("label = 'Bulk'")).toBe(500);
  });

  test("when the key that began it is revoked, or has not the right any more", async () => {
    await addLeads(world, world.tenants.near.id, { count: 3 });
    const [key] = await world.rows<{ id: string }>(
      `insert into app.api_keys (tenant_id, profile_id, name, prefix, secret_hash, last4, scopes)
       values (:tenantId::uuid, :profileId::uuid, 'bulk', 'abcdefabcdef', 'x', 'last', '{leads:write,domains:read}') returning id`,
      { tenantId: world.tenants.near.id, profileId: world.tenants.near.people.owner },
    );
    const apiKeyId = key?.id ?? "";
    const may = await begin(label(), { apiKeyId });
    expect(await step(may)).toMatchObject({ ended: true });
    expect(await read(may)).toMatchObject({ status: "complete", done: 3 });
    await world.rows("update app.leads set label = null");
    for (const change of [
      "scopes = '{domains:read}'",
      "scopes = '{leads:write}', revoked_at = now()",
    ]) {
      const id = await begin(label(), { apiKeyId });
      await world.rows(`update app.api_keys set ${change} where id = :apiKeyId::uuid`, {
        apiKeyId,
      });
      await step(id);
      expect(await read(id)).toMatchObject({ status: "stopped", done: 0 });
    }
  });
});

describe("what is refused", () => {
  const poison = (condition: string) =>
    world.rows(`alter table app.leads add constraint poisoned check (${condition}) not valid`);
  const cure = () => world.rows("alter table app.leads drop constraint poisoned");

  test("takes no other row down: each of its chunk is tried by itself", async () => {
    await addLeads(world, world.tenants.near.id, { count: LEADS });
    const id = await begin(label());
    await poison("domain not in ('lead-7.example', 'lead-8.example') or label is null");
    try {
      await finish(id);
    } finally {
      await cure();
    }
    const ended = await read(id);
    expect(ended).toMatchObject({ status: "complete", done: LEADS - 2, failed: 2 });
    expect(ended.reasons).toMatchObject([{ reason: "fault", count: 2 }]);
    const { items } = await api.bulk.skipped({ id });
    expect(items.map(({ name }) => name).toSorted()).toEqual(["lead-7.example", "lead-8.example"]);
    expect(JSON.stringify([ended, items])).not.toMatch(/poisoned|constraint|label is/);
  });

  test("by a rule is told in the rule's words", async () => {
    await addLeads(world, world.tenants.near.id, { count: 3 });
    const id = await begin({ action: "leads.suppress", target: all("leads") });
    await world.rows(
      `insert into app.suppressions (tenant_id, kind, entry, shown, created_by)
       select :near::uuid, 'domain', n || '.full.example', n || '.full.example', gen_random_uuid() from generate_series(1, 99999) n`,
      { near: world.tenants.near.id },
    );
    await step(id);
    expect(await read(id)).toMatchObject({
      status: "complete",
      done: 1,
      failed: 2,
      reasons: [
        { reason: "TOO_MANY_SUPPRESSIONS", text: "The suppression list is full.", count: 2 },
      ],
      error: "A suppression list holds at most 100,000 entries.",
    });
  });

  test("for a reason that may pass is tried again, five times in a row, and then told", async () => {
    await addLeads(world, world.tenants.near.id, { count: LEADS });
    const id = await begin(label());
    for (let tries = 0; tries < BULK_TRIES_MAX; tries++) {
      await world.database.db.transaction((tx) => noteBulkFault(tx, id));
    }
    await step(id);
    expect(await read(id)).toMatchObject({ done: 0, failed: 500, status: "running" });
    await step(id);
    expect(await read(id)).toMatchObject({ done: 500, failed: 500 });
  });
});

describe("a change of leads is undone", () => {
  const notes = () =>
    world.rows(
      "select domain, label, contacted_at, do_not_contact, edited_at, edited_by from app.leads order by domain",
    );

  test("whole, within ten seconds, but for what somebody changed since", async () => {
    await addLeads(world, world.tenants.near.id, { count: LEADS });
    const before = await notes();
    const id = await begin({
      action: "leads.update",
      target: all("leads"),
      settings: { label: null, contacted: true, doNotContact: true },
    });
    await finish(id);
    expect(await countLeads("label is null and contacted_at is not null and do_not_contact")).toBe(
      LEADS,
    );
    const [lead] = (await api.leads.list({ limit: 1, order: "domain" })).items;
    const { notes: changed } = await api.leads.byId({ domainId: lead?.domainId ?? "" });
    await api.leads.update({
      domainId: lead?.domainId ?? "",
      expectedUpdatedAt: changed.updatedAt,
      patch: { label: "Later" },
    });
    await hasJustEnded(id);
    const { undoUntil } = await read(id);
    expect(undoUntil).not.toBeNull();
    await api.bulk.undo({ id });
    while (await step(id));
    expect(await read(id)).toMatchObject({ status: "undone", undoUntil: null });
    const after = await notes();
    expect(after.filter((row) => (row as { domain: string }).domain !== lead?.domain)).toEqual(
      before.filter((row) => (row as { domain: string }).domain !== lead?.domain),
    );
    expect(await countLeads("label = 'Later'")).toBe(1);
    expect(await world.rows("select from app.bulk_chunks where former is not null")).toEqual([]);
  });

  test("of one that was cancelled, what it had done", async () => {
    await addLeads(world, world.tenants.near.id, { count: LEADS });
    const before = await notes();
    const id = await begin(label());
    await step(id);
    await api.bulk.cancel({ id });
    await hasJustEnded(id);
    await api.bulk.undo({ id });
    expect(await read(id)).toMatchObject({ status: "undone" });
    expect(await notes()).toEqual(before);
  });

  test("not later, not twice, and no other act", async () => {
    await addLeads(world, world.tenants.near.id, { count: 3 });
    const refused = { code: "CONFLICT", message: expect.stringContaining("within 10 s") };
    const id = await begin(label());
    await expect(api.bulk.undo({ id })).rejects.toMatchObject(refused);
    await finish(id);
    const age = (seconds: number) =>
      world.rows(
        "update app.bulk_actions set ended_at = now() - make_interval(secs => :seconds::float8) where id = :id::uuid",
        { id, seconds },
      );
    await age(10);
    await expect(api.bulk.undo({ id })).rejects.toMatchObject(refused);
    await world.database.db.transaction((tx) => forgetFormer(tx));
    expect(await world.rows("select from app.bulk_chunks where former is not null")).toEqual([]);
    const suppressing = await begin({ action: "leads.suppress", target: all("leads") });
    await finish(suppressing);
    await expect(api.bulk.undo({ id: suppressing })).rejects.toMatchObject(refused);
  });
});
