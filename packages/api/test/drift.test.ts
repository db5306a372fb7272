import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { checkDrift } from "@scrapersky/db/drift";
import { DRIFT_HISTORY_MAX } from "../src/contract.ts";
import {
  type Permission,
  PERMISSIONS,
  type Procedures,
  proceduresFor,
  watchHealth,
} from "../src/index.ts";
import { noteDriftNightly } from "../src/services.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let staff: Procedures;
beforeAll(async () => {
  world = await createWorld();
  const owner = await world.actor(world.tenants.near, "owner");
  const permissions = new Set(Object.keys(PERMISSIONS) as Permission[]);
  staff = proceduresFor(world.context({ actor: { ...owner, permissions } }));
});
afterEach(() => mend());
afterAll(() => world.close());

const plant = () => world.rows("drop index app.saved_views_owner_id_idx");
const mend = () =>
  world.rows("create index if not exists saved_views_owner_id_idx on app.saved_views (owner_id)");

test("a migrated database differs in nothing", async () => {
  expect(await staff.drift.now()).toMatchObject({
    differences: [],
    counts: { breaking: 0, harmful: 0, harmless: 0 },
  });
});

test("a difference is told as the command tells it, with what mends it", async () => {
  await plant();
  const { differences } = await staff.drift.now();
  const [wanted] = (await checkDrift(world.database)).differences;
  expect(differences).toEqual([
    {
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: wanted?.severity,
      what: wanted?.what,
      sentence: wanted?.sentence,
      mend: wanted?.mend,
      ignored: null,
    },
  ]);
});

test("who asks whether the product is ready is told of the last comparison, and of no other", async () => {
  const ready = async () => proceduresFor(world.context({ health: watch() })).health.ready();
  const watch = () => watchHealth(world.database, { version: "test" });
  expect(await ready()).toEqual({ status: "ok", schema: null });
  await staff.drift.check();
  const { fingerprint } = await staff.drift.now();
  const schema = { fingerprint, checkedAt: expect.any(String) };
  expect(await ready()).toEqual({ status: "ok", schema });
  await plant();
  expect(await ready()).toEqual({ status: "ok", schema });
  await staff.drift.check();
  expect((await ready()).schema?.fingerprint).toBe((await staff.drift.now()).fingerprint);
  expect((await ready()).schema?.fingerprint).not.toBe(fingerprint);
  await world.rows("alter table app.drift_checks rename to drift_checks_away");
  try {
    expect(await ready()).toEqual({ status: "ok", schema: null });
  } finally {
    await world.rows("alter table app.drift_checks_away rename to drift_checks");
    await world.rows("delete from app.drift_checks");
  }
});

describe("what is meant to be", () => {
  test("is told with its reason and not counted, until it is heeded or becomes another", async () => {
    await plant();
    const [difference] = (await staff.drift.now()).differences;
    const { key = "", severity = "harmful" } = difference ?? {};
    expect(await staff.drift.ignore({ key, reason: " Too large for us " })).toEqual({
      ignored: true,
    });
    await staff.drift.ignore({ key, reason: "Too large for us, since May" });
    const now = await staff.drift.now();
    expect(now.differences).toMatchObject([
      { key, ignored: { reason: "Too large for us, since May", by: "owner" } },
    ]);
    expect(now.counts[severity]).toBe(0);
    await world.rows("create index saved_views_owner_id_idx on app.saved_views (owner_id, name)");
    const other = (await staff.drift.now()).differences.filter((one) => one.key !== key);
    expect(other).toMatchObject([{ ignored: null }]);
    await world.rows("drop index app.saved_views_owner_id_idx");
    expect(await staff.drift.heed({ key })).toEqual({ ignored: false });
    expect((await staff.drift.now()).differences).toMatchObject([{ key, ignored: null }]);
    await expect(staff.drift.heed({ key })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const entries = await world.rows(
      "select action, detail from app.audit_log where target_type = 'difference' order by id",
    );
    expect(entries).toMatchObject([
      { action: "drift.ignore", detail: { reason: "Too large for us" } },
      { action: "drift.ignore", detail: { reason: "Too large for us, since May" } },
      { action: "drift.heed" },
    ]);
  });

  test("has to be there, and needs a reason", async () => {
    const key = "f".repeat(64);
    await expect(staff.drift.ignore({ key, reason: "x" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    for (const input of [
      { key, reason: "  " },
      { key: "x", reason: "x" },
    ]) {
      await expect(staff.drift.ignore(input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
  });
});

describe("the history", () => {
  test("has a line for each change, with what came and went, and no more for the same", async () => {
    await world.rows("delete from app.drift_checks");
    await staff.drift.check();
    await staff.drift.check();
    await plant();
    await staff.drift.check();
    await mend();
    await staff.drift.check();
    const changes = await staff.drift.history();
    expect(changes).toMatchObject([
      { came: [], went: [expect.stringContaining("saved_views_owner_id_idx")] },
      { came: [expect.stringContaining("saved_views_owner_id_idx")], went: [] },
      { came: [], went: [], counts: { breaking: 0, harmful: 0, harmless: 0 } },
    ]);
    expect(changes[0]?.fingerprint).toBe(changes[2]?.fingerprint);
    expect(Date.parse(changes[2]!.lastAt)).toBeGreaterThan(Date.parse(changes[2]!.firstAt));
  });

  test("is kept by whichever worker comes first, once a night", async () => {
    await world.rows("delete from app.drift_checks");
    const look = () => world.database.db.transaction(noteDriftNightly);
    expect((await Promise.all([look(), look()])).toSorted()).toEqual([false, true]);
    await world.rows(
      "update app.drift_checks set last_at = now() - interval '19 hours 59 minutes'",
    );
    expect(await look()).toBe(false);
    await world.rows("update app.drift_checks set last_at = now() - interval '20 hours'");
    expect(await look()).toBe(true);
    expect(await staff.drift.history()).toHaveLength(1);
  });

  test("keeps so many changes and no more", async () => {
    await world.rows(
      `insert into app.drift_checks (fingerprint, differences, breaking, harmful, harmless)
       select n::text, '[]', 0, 0, 0 from generate_series(1, :count::int) n`,
      { count: DRIFT_HISTORY_MAX },
    );
    await staff.drift.check();
    expect(await staff.drift.history()).toHaveLength(DRIFT_HISTORY_MAX);
    const [row] = await world.rows("select count(*)::int as n from app.drift_checks");
    expect(row).toEqual({ n: DRIFT_HISTORY_MAX });
  });
});
