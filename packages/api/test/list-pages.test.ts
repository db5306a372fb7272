import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appRouter, listStoredJobs, type Procedures } from "../src/index.ts";
import type { Page } from "../src/contract.ts";
import * as door from "../src/lists.contract.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
let batchId: string;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
  for (let made = 0; made < 13; made++) {
    const domains = Array.from(
      { length: made === 0 ? 14 : 1 },
      (_, at) => `s-${made}-${at}.example`,
    );
    const created = await api.batches.create({ domains });
    if (made === 0) ({ batchId } = created);
  }
  for (let more = 0; more < 7; more++) {
    await world.rows(
      "insert into profiles (id, tenant_id, name) values (:id::uuid, :tenantId::uuid, 'More')",
      { id: randomUUID(), tenantId: world.tenants.near.id },
    );
  }
  // Whoever is a member as well stays when only the home is another.
  await world.rows("delete from user_tenants");
  await world.rows(
    `insert into app.exports (tenant_id, list, format, filters, columns, status, created_by, started_at, ended_at, as_of, seen_from)
     select :tenantId::uuid, 'jobs', 'csv', '{}', '{}', 'complete', gen_random_uuid(),
       timestamptz '2026-11-21 09:00:00.123456+00' + make_interval(secs => n % 4), now(), now(), now()
     from generate_series(1, 13) n`,
    { tenantId: world.tenants.near.id },
  );
  await world.rows(
    `insert into app.bulk_actions (tenant_id, action, list, target, settings, status, total, created_by, actor_kind, source, created_at, ended_at)
     select :tenantId::uuid, 'jobs.retry', 'jobs', '{"ids": 1}', '{}', 'complete', 1, gen_random_uuid(), 'person', 'ui',
       timestamptz '2026-11-21 09:00:00.123456+00' + make_interval(secs => n % 4), now()
     from generate_series(1, 13) n`,
    { tenantId: world.tenants.near.id },
  );
  await addLeads(world, world.tenants.near.id);
  await world.rows(
    `insert into app.suppressions (tenant_id, kind, entry, shown, created_by, created_at)
     select :tenantId::uuid, 'domain', n || '.example', n || '.example', gen_random_uuid(),
       timestamptz '2026-11-21 09:00:00.123456+00' + make_interval(secs => n % 4)
     from generate_series(1, 13) n`,
    { tenantId: world.tenants.near.id },
  );
  await world.rows(
    `insert into app.schedules (tenant_id, name, status, cron, time_zone, missed, overlap, filter, max_pages, max_concurrent, created_by, run_by, created_at)
     select :tenantId::uuid, 'Schedule ' || n, 'paused', '0 9 * * *', 'UTC', 'skip', 'skip', '{}', 5, 5, gen_random_uuid(), gen_random_uuid(),
       timestamptz '2026-11-21 09:00:00.123456+00' + make_interval(secs => n % 4)
     from generate_series(1, 13) n`,
    { tenantId: world.tenants.near.id },
  );
  await world.rows(
    `with hook as (
       insert into app.webhooks (tenant_id, url, events, state, created_by, created_at)
       select :tenantId::uuid, 'https://hook.example/' || n, '{batch.finished}', 'active', gen_random_uuid(),
         timestamptz '2026-11-21 09:00:00.123456+00' + make_interval(secs => n % 4)
       from generate_series(1, 13) n returning id
     ),
     event as (
       insert into app.webhook_events (tenant_id, type, data) values (:tenantId::uuid, 'batch.finished', '{}') returning id
     )
     insert into app.webhook_deliveries (webhook_id, event_id, tenant_id, state, due_at, give_up_at, created_at)
     select hook.id, event.id, :tenantId::uuid, 'pending', now(), now(),
       timestamptz '2026-11-21 09:00:00.123456+00' + make_interval(secs => (row_number() over ())::int % 4)
     from hook, event`,
    { tenantId: world.tenants.near.id },
  );
  await world.rows(
    `with account as (
       insert into app.service_accounts (tenant_id, name) values (:tenantId::uuid, 'Importer') returning id
     )
     insert into app.api_keys (tenant_id, service_account_id, name, prefix, secret_hash, last4, scopes, created_at)
     select :tenantId::uuid, account.id, 'Key ' || n, 'prefix ' || n, 'hash', 'last', '{jobs:read}',
       timestamptz '2026-11-21 09:00:00.123456+00' + make_interval(secs => n % 4)
     from account, generate_series(1, 13) n`,
    { tenantId: world.tenants.near.id },
  );
  // Rows of the log stay whose they are.
  await world.rows("alter table app.audit_log disable trigger audit_log_updated");
  // Few times for many rows, so that ties are the rule; people may have none.
  const time = "timestamp '2026-11-21 09:00:00.123456' + make_interval(secs => id % 4)";
  await world.rows(`update batch_jobs set created_at = ${time}`);
  await world.rows(`update jobs set created_at = ${time}`);
  await world.rows(
    `update profiles set created_at = case when ascii(left(id::text, 1)) % 3 > 0
       then timestamptz '2026-11-21 09:00:00.5+00' + make_interval(secs => ascii(left(id::text, 1)) % 3) end`,
  );
});
afterAll(() => world.close());

interface Case {
  read: (page: { limit: number; cursor?: string }) => Promise<Page<unknown>>;
  id: string;
  /** Where the rows are, so that some can be hidden. */
  table: string;
  column: string;
  tenant: string;
}

const BATCHES = { id: "batchId", table: "batch_jobs", column: "batch_id", tenant: "tenant_id" };
const JOBS = { id: "jobId", table: "jobs", column: "job_id", tenant: "tenant_id_uuid" };
const EXPORTS = { id: "exportId", table: "app.exports", column: "id", tenant: "tenant_id" };
const BULK = { id: "id", table: "app.bulk_actions", column: "id", tenant: "tenant_id" };
const LEADS = { id: "domainId", table: "app.leads", column: "domain_id", tenant: "tenant_id" };
const EMAILS = { id: "id", table: "app.lead_emails", column: "id", tenant: "tenant_id" };
const SITE_PAGES = { id: "id", table: "pages", column: "id", tenant: "tenant_id" };
const SUPPRESSIONS = {
  id: "suppressionId",
  table: "app.suppressions",
  column: "id",
  tenant: "tenant_id",
};
const SCHEDULES = { id: "scheduleId", table: "app.schedules", column: "id", tenant: "tenant_id" };
const WEBHOOKS = { id: "webhookId", table: "app.webhooks", column: "id", tenant: "tenant_id" };
const DELIVERIES = {
  id: "deliveryId",
  table: "app.webhook_deliveries",
  column: "id",
  tenant: "tenant_id",
};
const KEYS = { id: "keyId", table: "app.api_keys", column: "id", tenant: "tenant_id" };
const AUDIT = { id: "auditId", table: "app.audit_log", column: "id", tenant: "tenant_id" };
const PEOPLE = { id: "id", table: "profiles", column: "id", tenant: "tenant_id" };

/** Every list in each of its orders. */
const CASES: Record<string, Case> = {
  "batches.list newest": { ...BATCHES, read: (page) => api.batches.list(page) },
  "jobs.list newest": { ...JOBS, read: (page) => api.jobs.list(page) },
  "jobs.list moving": { ...JOBS, read: (page) => api.jobs.list({ ...page, order: "moving" }) },
  "jobs.list batch": {
    ...JOBS,
    read: (page) => api.jobs.list({ ...page, batchId, order: "batch" }),
  },
  "profiles.list oldest": { ...PEOPLE, read: (page) => api.profiles.list(page) },
  "keys.list newest": { ...KEYS, read: (page) => api.keys.list(page) },
  "audit.list newest": { ...AUDIT, read: (page) => api.audit.list(page) },
  "leads.list newest": { ...LEADS, read: (page) => api.leads.list(page) },
  "leads.list name": { ...LEADS, read: (page) => api.leads.list({ ...page, order: "name" }) },
  "leads.list domain": { ...LEADS, read: (page) => api.leads.list({ ...page, order: "domain" }) },
  "leads.list town": { ...LEADS, read: (page) => api.leads.list({ ...page, order: "town" }) },
  "leads.list emails": { ...LEADS, read: (page) => api.leads.list({ ...page, order: "emails" }) },
  "leads of a filter": {
    ...LEADS,
    read: (page) =>
      api.leads.list({ ...page, order: "town", has: ["contact_form"], lacks: ["blog"] }),
  },
  "contacts.list newest": { ...EMAILS, read: (page) => api.contacts.list(page) },
  "contacts.list email": {
    ...EMAILS,
    read: (page) => api.contacts.list({ ...page, order: "email" }),
  },
  "contacts of a filter": {
    ...EMAILS,
    read: (page) => api.contacts.list({ ...page, country: ["DE", "CH"] }),
  },
  "pages.list newest": { ...SITE_PAGES, read: (page) => api.pages.list(page) },
  "pages of a type": {
    ...SITE_PAGES,
    read: (page) => api.pages.list({ ...page, type: ["home", "contact"] }),
  },
  "bulk.list newest": { ...BULK, read: (page) => api.bulk.list(page) },
  "exports.list newest": { ...EXPORTS, read: (page) => api.exports.list(page) },
  "suppressions.list newest": {
    ...SUPPRESSIONS,
    read: (page) => api.suppressions.list(page),
  },
  "schedules.list newest": { ...SCHEDULES, read: (page) => api.schedules.list(page) },
  "webhooks.list newest": { ...WEBHOOKS, read: (page) => api.webhooks.list(page) },
  "deliveries.list newest": {
    ...DELIVERIES,
    read: (page) => api.deliveries.list(page),
  },
  "stored jobs newest": {
    ...JOBS,
    read: (page) => listStoredJobs(world.database.db, world.tenants.near.id, page),
  },
};

test("each list that there is has each of its orders walked here", () => {
  const orders = Object.values(door)
    .filter((value) => typeof value === "object" && "orders" in value)
    .flatMap((list) => Object.keys(list.orders).map((order) => `${list.name}.list ${order}`));
  expect(Object.keys(CASES)).toEqual(expect.arrayContaining(orders));
  const procedures = Object.keys(appRouter._def.procedures).filter((path) =>
    path.endsWith(".list"),
  );
  expect(procedures).toEqual(expect.arrayContaining(orders.map((order) => order.split(" ")[0])));
  expect(new Set(orders.map((order) => order.split(" ")[0])).size).toBe(procedures.length);
});

describe.each(Object.entries(CASES))("%s", (_name, { read, id, table, column, tenant }) => {
  const page = async (limit: number, cursor?: string | null) => {
    const { items, ...cursors } = await read({ limit, ...(cursor ? { cursor } : {}) });
    return { ids: items.map((item) => (item as Record<string, string>)[id] ?? ""), ...cursors };
  };

  test("a row tells nothing of how its place in the list is found", async () => {
    const { items } = await read({ limit: 200 });
    const told = new Set(items.flatMap((item) => Object.keys(item as object)));
    expect([...told]).toContain(id);
    expect([...told]).not.toContain("place");
  });

  test("there and back it leads through the same pages, each row once, and both ends say so", async () => {
    const all = (await page(200)).ids;
    expect(all.length).toBeGreaterThan(10);
    for (const limit of [1, 4, 5, all.length - 1, all.length]) {
      const pages = [await page(limit)];
      while (pages.at(-1)?.nextCursor) pages.push(await page(limit, pages.at(-1)?.nextCursor));
      expect(pages.flatMap(({ ids }) => ids)).toEqual(all);
      expect(pages[0]?.previousCursor).toBeNull();
      let at = pages.length - 1;
      for (let last = pages[at]!; last.previousCursor !== null; at--) {
        last = await page(limit, last.previousCursor);
        expect(last.ids).toEqual(pages[at - 1]?.ids);
      }
      expect(at).toBe(0);
    }
  });

  test("rows that come and go meanwhile cost no row that stays", async () => {
    const all = (await page(200)).ids;
    const both =
      table === "jobs"
        ? [
            [table, tenant],
            ["app.scrape_jobs", "tenant_id"],
          ]
        : [[table, tenant]];
    const show = async (hidden: string[]) => {
      for (const [rows, whose] of both) {
        await world.rows(
          `update ${rows} set ${whose} = case when ${column}::text = any(:hidden::text[]) then :far::uuid else :near::uuid end
           where ${column}::text = any(:all::text[])`,
          { hidden, all, far: world.tenants.far.id, near: world.tenants.near.id },
        );
      }
    };
    const anyStep = fc.record({ hidden: fc.subarray(all), back: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(anyStep, { minLength: 2, maxLength: 8 }),
        async (limit, steps) => {
          await show([]);
          let at = await page(limit);
          // What the page holds, as places among all rows; an empty one lies between what is before and behind it.
          let [first, last] = [0, at.ids.length - 1];
          for (const { hidden, back } of steps) {
            const cursor = back ? at.previousCursor : at.nextCursor;
            if (cursor === null) continue;
            await show(hidden);
            at = await page(limit, cursor);
            const beyond = all.filter(
              (each, place) => !hidden.includes(each) && (back ? place < first : place > last),
            );
            expect(at.ids).toEqual(back ? beyond.slice(-limit) : beyond.slice(0, limit));
            if (at.ids.length > 0) {
              [first, last] = [all.indexOf(at.ids[0]!), all.indexOf(at.ids.at(-1)!)];
            } else if (back) last = first - 1;
            else first = last + 1;
          }
        },
      ),
      { numRuns: 25 },
    );
    await show([]);
  });
});
