import { createBatchWatcher, findActor } from "@scrapersky/api";
import { createDatabase, executeRawSql } from "@scrapersky/db";
import { createTestDatabase } from "@scrapersky/testing/database";
import { afterEach, expect, test, vi } from "vitest";
import { createSharedRights } from "../src/auth/shared-rights.ts";

const BATCHES = 50;
const LISTENERS = 500;
/** As many as twenty streams each allow. */
const CREDENTIALS = LISTENERS / 20;
const SECONDS = 6;
const STEP_MS = 200;

afterEach(() => void vi.useRealTimers());

test("500 listeners of 50 batches cost one reading of each a second at most, and one look at the rights of each credential", async () => {
  const clone = await createTestDatabase();
  let readings = 0;
  const database = createDatabase({
    url: clone.url,
    max: 4,
    hooks: [
      {
        query: ({ tags }) => {
          if (tags?.procedure === "batches.onProgress") readings++;
        },
      },
    ],
  });
  const { db } = database;
  const [person] = await executeRawSql<{ id: string; tenant: string }>(
    db,
    "select user_id as id, tenant_id as tenant from user_tenants limit 1",
  );
  const batches = await executeRawSql<{ id: string }>(
    db,
    `insert into batch_jobs (id_uuid, batch_id, tenant_id, processor_type, status, total_domains, created_by)
     select gen_random_uuid(), gen_random_uuid(), :tenant::uuid, 'batch_page_scraper', 'running', 10, :id::uuid
     from generate_series(1, ${BATCHES}) returning batch_id as id`,
    person,
  );

  // The clock that listeners wait by stands still unless it is moved; the database goes on by itself.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let now = 0;
  let looks = 0;
  const rights = createSharedRights(() => now);
  const watcher = createBatchWatcher(db);
  const leaving = new AbortController();
  const listen = async (index: number): Promise<void> => {
    const of = {
      method: "GET",
      headers: new Headers({ authorization: `Bearer ${index % CREDENTIALS}` }),
    };
    const ask = async () => {
      const actor = await findActor(db, { profileId: person!.id });
      looks++;
      return actor ?? null;
    };
    const stream = watcher.watch(person!.tenant, batches[index % BATCHES]!.id, {
      signal: leaving.signal,
      mayListen: async () => (await rights.actorNow(of, ask)) !== null,
    });
    for await (const _reading of stream);
  };
  const listening = Array.from({ length: LISTENERS }, (_, index) => listen(index));
  const expected = () => ({
    readings: BATCHES * (1 + Math.floor(now / 1_200)),
    looks: CREDENTIALS * Math.floor(now / 1_000),
  });
  /** What is due by now is done, and each batch and each listener waits for the clock again. */
  const settle = async (): Promise<void> => {
    const due = expected();
    let turns = 0;
    while (readings < due.readings || looks < due.looks || turns++ < 20) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await settle();
  while (now < SECONDS * 1_000) {
    now += STEP_MS;
    vi.advanceTimersByTime(STEP_MS);
    await settle();
    expect({ readings, looks }).toEqual(expected());
  }
  expect({ readings, looks }).toEqual({ readings: 6 * BATCHES, looks: SECONDS * CREDENTIALS });
  leaving.abort();
  await Promise.all(listening);
  expect(watcher.watched).toBe(0);
  vi.useRealTimers();
  await database.close();
  await clone.drop();
});
