import { executeRawSql } from "@scrapersky/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

test("a reading of a list that does not end is stopped, and says what to ask instead", async () => {
  const api = await world.caller(world.tenants.near, "owner");
  await world.database.db.transaction(async (tx) => {
    // Whoever reads waits for it, as for a reading of too many rows.
    await executeRawSql(tx, "lock table app.leads in access exclusive mode");
    const readings = [
      api.leads.list({ q: "bakery" }),
      api.leads.count({ exact: true }),
      api.leads.facets({}),
    ];
    for (const { reason } of (await Promise.allSettled(readings)) as PromiseRejectedResult[]) {
      expect(reason).toMatchObject({
        code: "SERVICE_UNAVAILABLE",
        message: expect.stringMatching(/all leads .* longer than 3 s.* one more of: .*technology/),
        cause: { code: "UNAVAILABLE", details: { errorCode: "LIST_TOO_LONG" } },
      });
    }
  });
  expect((await api.leads.list({ q: "bakery" })).items).toEqual([]);
});
