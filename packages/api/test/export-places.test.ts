import { afterAll, beforeAll, expect, test } from "vitest";
import { beginExport, endExport, EXPORTS_AT_ONCE, renewExport } from "../src/index.ts";
import { createWorld, type Tenant, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const NOTHING = { rows: 0, bytes: 0, cut: 0 };
const asked = { list: "jobs", format: "csv", filters: {}, columns: ["domain"] } as const;

async function begin(tenant: Tenant): Promise<string> {
  const actor = await world.actor(tenant, "owner");
  const caller = { actor, requestId: "places", source: "trpc" as const };
  return world.database.db
    .transaction((tx) =>
      beginExport(tx, caller, { ...asked, sinceId: undefined, batchName: undefined }),
    )
    .then(
      ({ exportId }) => exportId,
      (error: { details?: { errorCode?: string } }) => String(error.details?.errorCode),
    );
}

const isPlace = (answer: string): boolean => answer.includes("-");

test("of many that begin at once as many are let in as may be under way, and each end makes room for one", async () => {
  const { near } = world.tenants;
  const answers = await Promise.all(Array.from({ length: 7 }, () => begin(near)));
  const [first = "", ...others] = answers.filter(isPlace);
  expect(others).toHaveLength(EXPORTS_AT_ONCE.tenant - 1);
  expect(new Set(answers.filter((answer) => !isPlace(answer)))).toEqual(
    new Set(["TOO_MANY_EXPORTS"]),
  );
  await endExport(world.database.db, first, "finish", NOTHING);
  expect(isPlace(await begin(near))).toBe(true);
  expect(await begin(near)).toBe("TOO_MANY_EXPORTS");
});

test("all tenants together have so many, a lease that is renewed goes on, and one that ran out makes room", async () => {
  const { near, far } = world.tenants;
  await world.rows("update app.exports set status = 'complete', ended_at = now()");
  const places = await world.rows<{ id: string }>(
    `insert into app.exports (tenant_id, list, format, filters, columns, status, created_by, as_of, seen_from, leased_until)
     select :near::uuid, 'jobs', 'csv', '{}', '{}', 'running', :near::uuid, now(), now(), now() + interval '1 hour'
     from generate_series(1, :most::int) returning id`,
    { near: near.id, most: EXPORTS_AT_ONCE.all },
  );
  expect(await begin(far)).toBe("EXPORTS_BUSY");
  const [one = { id: "" }] = places;
  const runOut =
    "update app.exports set leased_until = now() - interval '1 s' where id = :id::uuid";
  await world.rows(runOut, one);
  await renewExport(world.database.db, one.id);
  expect(await begin(far)).toBe("EXPORTS_BUSY");
  await world.rows(runOut, one);
  expect(isPlace(await begin(far))).toBe(true);
});
