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

test("keys of a day ago, counts and places that ran out go chunk by chunk, and nothing younger", async () => {
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
  const left = async () =>
    executeRawSql(
      db,
      `select (select count(*)::int from app.idempotency_keys) as keys,
         (select max(key::int) from app.idempotency_keys) as oldest,
         (select count(*)::int from app.rate_limits) as counts,
         (select count(*)::int from app.stream_places) as places`,
    );
  expect(await forgetOld(db)).toBe(true);
  expect(await left()).toEqual([{ keys: 2_600, oldest: 2_600, counts: 2, places: 1 }]);
  expect(await forgetOld(db)).toBe(true);
  expect(await forgetOld(db)).toBe(false);
  expect(await left()).toEqual([{ keys: 1_439, oldest: 1_439, counts: 2, places: 1 }]);
});
