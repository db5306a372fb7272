import { executeRawSql } from "@scrapersky/db";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { beginExport, endExport, type ExportAsk } from "../src/index.ts";
import { getExport } from "../src/export/get-export.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());
// What a test leaves under way takes no place from the next one.
beforeEach(() =>
  world.rows(
    "update app.exports set status = 'abandoned', ended_at = now() where status = 'running'",
  ),
);

const ASK: ExportAsk = {
  list: "jobs",
  format: "csv",
  filters: { status: ["failed"] },
  columns: ["domain"],
  sinceId: undefined,
  batchName: undefined,
};
const SENT = { rows: 3, bytes: 90, cut: 1 };

const begin = async (ask: Partial<ExportAsk> = {}) => {
  const actor = await world.actor(world.tenants.near, "operator");
  return world.database.db.transaction((tx) =>
    beginExport(tx, { actor, requestId: "test-request", source: "rest" }, { ...ASK, ...ask }),
  );
};
const find = async (exportId: string) =>
  (await world.caller(world.tenants.near, "operator")).exports.byId({ exportId });
const end = (exportId: string, move: "finish" | "abandon" | "fail", sent = SENT) =>
  endExport(world.database.db, exportId, move, sent);

test.each([
  ["finish", "complete"],
  ["abandon", "abandoned"],
  ["fail", "failed"],
] as const)("%s ends it once, as %s, with what was sent", async (move, status) => {
  const { exportId } = await begin();
  expect(await find(exportId)).toMatchObject({ status: "running", rows: 0, endedAt: null });
  await end(exportId, move);
  const ended = await find(exportId);
  expect(ended).toMatchObject({ status, ...SENT, endedAt: expect.any(String) as string });
  for (const other of ["finish", "abandon", "fail"] as const) {
    await end(exportId, other, { rows: 9, bytes: 9, cut: 9 });
  }
  expect(await find(exportId)).toEqual(ended);
});

test("one whose process was lost has failed once its tenant exports after its lease, or after the longest that one of an earlier version may last", async () => {
  const age = (exportId: string, interval: string, lease: string | null) =>
    world.rows(
      `update app.exports set started_at = now() - :interval::text::interval, leased_until = now() + :lease::text::interval
       where id = :exportId::uuid`,
      { exportId, interval, lease },
    );
  const [lost, slow] = [(await begin()).exportId, (await begin()).exportId];
  await age(lost, "1 minute", "-1 second");
  await age(slow, "6 hours", "1 second");
  const next = (await begin()).exportId;
  expect(await find(lost)).toMatchObject({ status: "failed" });
  expect(await find(slow)).toMatchObject({ status: "running" });
  await age(slow, "7 hours 1 second", null);
  await age(next, "6 hours 59 minutes", null);
  await begin();
  expect(await find(slow)).toMatchObject({ status: "failed" });
  expect(await find(next)).toMatchObject({ status: "running" });
});

test("what is new begins where the earlier export looked, before what was under way then", async () => {
  const quiet = await begin();
  await end(quiet.exportId, "finish");
  const second = await begin({ sinceId: quiet.exportId });
  expect(second.since?.slice(0, 19)).toBe(quiet.asOf.slice(0, 19).replace("T", " "));
  await end(second.exportId, "finish");
  const { exportId, beganAt } = await world.database.db.transaction(async (tx) => {
    await executeRawSql(tx, "create temporary table under_way () on commit drop");
    const [row] = await executeRawSql<{ at: string }>(tx, "select now()::text as at");
    return { ...(await begin()), beganAt: row?.at };
  });
  await end(exportId, "finish");
  expect((await begin({ sinceId: exportId })).since).toBe(beganAt);
});

test("whom an export looked for stands in no log, and is told to those alone who may read contacts", async () => {
  const filters = { contact: "anna@acme.example", town: ["Wien"] };
  const { exportId } = await begin({ list: "leads", filters });
  const read = async (mayReadContacts: boolean) =>
    getExport(world.database.db, world.tenants.near.id, exportId, { mayReadContacts });
  expect(await read(true)).toMatchObject({ filters });
  expect((await read(false)).filters).toEqual({ town: ["Wien"] });
  const [entry] = await world.rows<{ filters: object }>(
    "select detail->'filters' as filters from app.audit_log where target_id = :exportId",
    { exportId },
  );
  expect(entry?.filters).toEqual({ town: ["Wien"] });
});
