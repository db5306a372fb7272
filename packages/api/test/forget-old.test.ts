import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetOld } from "../src/services.ts";

let clone: TestDatabase;
let database: Database;
beforeAll(async () => {
  clone = await createTestDatabase();
  database = createDatabase({ url: clone.url, max: 1 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

test("keys of a day ago, counts, places and pauses that ran out, and events of a month ago go chunk by chunk, and nothing younger", async () => {
  const { db } = database;
  await executeRawSql(
    db,
    `insert into app.idempotency_keys (tenant_id, actor_id, route, key, request_hash, created_at)
     select gen_random_uuid(), gen_random_uuid(), 'things.create', n::text, '', now() - n * interval '1 minute'
     from generate_series(1, 3600) n`,
  );
  await executeRawSql(
    db,
    `insert into app.rate_limits (key, points, expire)
     select n::text, 1, extract(epoch from now()) * 1000 - 61000 * n from generate_series(-1, 1) n`,
  );
  await executeRawSql(
    db,
    `insert into app.stream_places (holder, place, stream, ends_at)
     select 'h', n + 2, gen_random_uuid(), now() - n * interval '1 minute' from generate_series(-1, 1) n`,
  );
  await executeRawSql(
    db,
    `insert into app.network_places (address, place, worker, ends_at)
     select 'a', n + 2, 'w', now() - n * interval '61 seconds' from generate_series(-1, 1) n`,
  );
  await executeRawSql(
    db,
    `insert into app.host_pauses (host, free_at)
     select n::text, now() - n * interval '1 minute' from generate_series(-1, 1) n`,
  );
  await executeRawSql(
    db,
    `with tenant as (insert into tenants (id, name) values (gen_random_uuid(), 'One') returning id),
     hook as (
       insert into app.webhooks (tenant_id, url, events, state, created_by)
       select id, 'https://hook.example/', '{}', 'active', id from tenant returning id, tenant_id
     ),
     event as (
       insert into app.webhook_events (tenant_id, type, data, created_at)
       select tenant_id, n, '{}', now() - interval '29 days 23 hours' - n * interval '1 hour' from hook, generate_series(0, 3) n
       returning id, tenant_id, type
     )
     insert into app.webhook_deliveries (webhook_id, event_id, tenant_id, state, due_at, give_up_at, ended_at)
     select hook.id, event.id, event.tenant_id, case when type = '3' then 'pending' else 'delivered' end,
       case when type = '3' then now() end, now(), case when type <> '3' then now() end
     from hook, event`,
  );
  const left = async () =>
    executeRawSql(
      db,
      `select (select count(*)::int from app.idempotency_keys) as keys,
         (select max(key::int) from app.idempotency_keys) as oldest,
         (select count(*)::int from app.rate_limits) as counts,
         (select count(*)::int from app.stream_places) as places,
         (select count(*)::int from app.network_places) as visits,
         (select count(*)::int from app.host_pauses) as pauses,
         (select string_agg(e.type, ' ' order by e.type) from app.webhook_events e
          join app.webhook_deliveries d on d.event_id = e.id) as events`,
    );
  expect(await forgetOld(db, { auditDays: 365 })).toBe(true);
  expect(await left()).toEqual([
    { keys: 2_600, oldest: 2_600, counts: 2, places: 1, visits: 2, pauses: 1, events: "0 3" },
  ]);
  expect(await forgetOld(db, { auditDays: 365 })).toBe(true);
  expect(await forgetOld(db, { auditDays: 365 })).toBe(false);
  expect(await left()).toEqual([
    { keys: 1_439, oldest: 1_439, counts: 2, places: 1, visits: 2, pauses: 1, events: "0 3" },
  ]);
});

test("the audit log keeps the days that are asked for, and loses a chunk of older rows at a time", async () => {
  const { db } = database;
  await executeRawSql(
    db,
    `insert into app.audit_log (at, action)
     select now() - interval '90 days' - n * interval '1 minute', 'old' from generate_series(1200, 1, -1) n
     union all select now() - interval '90 days' + interval '1 hour', 'young'`,
  );
  const left = () =>
    executeRawSql(db, "select action, count(*)::int as rows from app.audit_log group by action");
  const young = { action: "young", rows: 1 };
  expect(await forgetOld(db, { auditDays: 91 })).toBe(false);
  expect(await forgetOld(db, { auditDays: 90 })).toBe(true);
  expect(await left()).toEqual(expect.arrayContaining([young, { action: "old", rows: 200 }]));
  expect(await forgetOld(db, { auditDays: 90 })).toBe(false);
  expect(await left()).toEqual([young]);
});
