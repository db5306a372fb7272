import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BATCH_DOMAINS_MAX, SCHEDULE_FAILURES_MAX, SCHEDULE_RUNS_KEPT } from "../src/contract.ts";
import type { Procedures } from "../src/index.ts";
import { findSourceList } from "../src/schedule/find-source-list.ts";
import { runDueSchedule } from "../src/services.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
let batchId: string;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "operator");
  ({ batchId } = await api.batches.create({ text: "bakery.example", label: "Bakeries" }));
});
beforeEach(async () => {
  await world.rows("delete from app.schedules");
  await endBatches();
});
afterAll(() => world.close());

const endBatches = () =>
  world.rows("update batch_jobs set status = 'complete' where status in ('pending', 'running')");

interface Made {
  cron: string;
  timeZone?: string;
  missed?: "skip" | "once";
  overlap?: "skip" | "run";
  source?: object;
}

/** A schedule that is due first at a time of the past. */
async function create({ timeZone = "UTC", source, ...more }: Made, first: string): Promise<string> {
  const { scheduleId } = await api.schedules.create({
    name: `${more.cron} in ${timeZone}`,
    timeZone,
    ...more,
    source: (source ?? { kind: "batch", batchId }) as never,
  });
  await world.rows(
    "update app.schedules set next_run_at = :first::timestamptz where id = :scheduleId::uuid",
    { first, scheduleId },
  );
  return scheduleId;
}

const runDue = (now: string | Date) =>
  world.database.db.transaction((tx) => runDueSchedule(tx, world.queue, new Date(now)));

/** Everything that is due at a time. */
async function runAll(now: string | Date): Promise<number> {
  let runs = 0;
  while (await runDue(now)) runs++;
  return runs;
}

const get = (scheduleId: string) => api.schedules.byId({ scheduleId });
const runsOf = (scheduleId: string) =>
  world.rows<{ due: string; outcome: string; reason: string | null; batch_id: string | null }>(
    `select to_char(timezone('utc', due_at), 'MM-DD HH24:MI') as due, outcome, reason, batch_id::text from app.schedule_runs
     where schedule_id = :scheduleId::uuid order by due_at`,
    { scheduleId },
  );
const told = async (scheduleId: string) =>
  (await runsOf(scheduleId)).map(({ due, outcome, reason }) =>
    [due, outcome, reason].filter(Boolean).join(" "),
  );
const batchCount = async () =>
  (await world.rows<{ n: number }>("select count(*)::int as n from batch_jobs"))[0]?.n ?? 0;

/** Date and time as a clock on a wall says them. */
const localOf = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(at);

/** The days from one to another, each at its time: `other` where a clock changes. */
function everyDay(
  from: string,
  until: string,
  time: string,
  other: Record<string, string> = {},
): string[] {
  const days: string[] = [];
  for (
    const at = new Date(`${from}T00:00Z`);
    at <= new Date(`${until}T00:00Z`);
    at.setUTCDate(at.getUTCDate() + 1)
  ) {
    const day = at.toISOString().slice(0, 10);
    days.push(`${day} ${other[day] ?? time}`);
  }
  return days;
}

describe("a month with a clock that changes", () => {
  const ZONES = [
    { cron: "30 2 * * *", timeZone: "Europe/Berlin" },
    { cron: "30 2 * * *", timeZone: "America/New_York" },
    { cron: "30 1 * * *", timeZone: "America/New_York" },
    { cron: "0 9 * * *", timeZone: "Asia/Kolkata" },
  ];

  test.each([
    {
      // Berlin leaves out 02:30 on the 29th, New York on the 8th.
      from: "2026-03-01",
      until: "2026-03-31",
      expected: [
        everyDay("2026-03-01", "2026-03-31", "02:30", { "2026-03-29": "03:00" }),
        everyDay("2026-03-01", "2026-03-31", "02:30", { "2026-03-08": "03:00" }),
        everyDay("2026-03-01", "2026-03-31", "01:30"),
        everyDay("2026-03-01", "2026-03-31", "09:00"),
      ],
    },
    {
      // Berlin has 02:30 twice on 25 October, New York 01:30 on 1 November.
      from: "2026-10-10",
      until: "2026-11-09",
      expected: ["02:30", "02:30", "01:30", "09:00"].map((time) =>
        everyDay("2026-10-10", "2026-11-09", time),
      ),
    },
  ])("from $from", async ({ from, until, expected }) => {
    const start = new Date(`${from}T00:00Z`);
    const ids: string[] = [];
    for (const made of ZONES) {
      const id = await create({ ...made, overlap: "run" }, start.toISOString());
      ids.push(id);
      // From the first moment of the month in its own zone.
      await world.rows(
        "update app.schedules set next_run_at = (:from::timestamp at time zone time_zone) + :time::interval where id = :id::uuid",
        { id, from, time: made.cron.split(" ").slice(0, 2).toReversed().join(":") },
      );
    }
    const before = await batchCount();
    const end = new Date(`${until}T23:59Z`).getTime() + 6 * 3_600_000;
    for (;;) {
      const [due] = await world.rows<{ at: string }>(
        "select min(next_run_at)::text as at from app.schedules",
      );
      const at = new Date(due?.at.replace(" ", "T").replace(/\+00$/, "Z") ?? "");
      if (at.getTime() > end) break;
      expect(await runDue(new Date(at.getTime() - 1))).toBeUndefined();
      expect(await runAll(new Date(at.getTime() + 120_000))).toBeGreaterThan(0);
    }
    let made = 0;
    for (const [index, { timeZone }] of ZONES.entries()) {
      const rows = await world.rows<{ at: string; outcome: string }>(
        "select to_json(due_at) #>> '{}' as at, outcome from app.schedule_runs where schedule_id = :id::uuid order by due_at",
        { id: ids[index] },
      );
      const local = rows.map(({ at }) => localOf(new Date(at), timeZone));
      expect(local.filter((day) => day.slice(0, 10) <= until)).toEqual(expected[index]);
      expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(["created"]));
      made += rows.length;
    }
    expect(await batchCount()).toBe(before + made);
  });
});

describe("after an outage of three days", () => {
  test("skip: what was missed is left out and told, and what is due now runs", async () => {
    const id = await create({ cron: "0 6 * * *", missed: "skip" }, "2026-05-01T06:00Z");
    expect(await runAll("2026-05-04T06:03Z")).toBe(1);
    expect(await told(id)).toEqual(["05-01 06:00 skipped missed", "05-04 06:00 created"]);
    expect((await get(id)).nextRunAt).toBe("2026-05-05T06:00:00.000000Z");
  });

  test("skip: between two moments nothing runs", async () => {
    const id = await create({ cron: "0 6 * * *", missed: "skip" }, "2026-05-01T06:00Z");
    const before = await batchCount();
    expect(await runAll("2026-05-04T15:00Z")).toBe(1);
    expect(await told(id)).toEqual(["05-01 06:00 skipped missed"]);
    expect(await batchCount()).toBe(before);
    expect(await get(id)).toMatchObject({ failures: 0, nextRunAt: "2026-05-05T06:00:00.000000Z" });
  });

  test("once: one run makes up for all", async () => {
    const id = await create({ cron: "0 6 * * *", missed: "once" }, "2026-05-01T06:00Z");
    expect(await runAll("2026-05-04T15:00Z")).toBe(1);
    expect(await told(id)).toEqual(["05-04 06:00 created"]);
    expect((await get(id)).nextRunAt).toBe("2026-05-05T06:00:00.000000Z");
  });

  test.each([
    ["2026-05-01T06:10:00Z", "05-01 06:00 created"],
    ["2026-05-01T06:10:01Z", "05-01 06:00 skipped missed"],
  ])("ten minutes late is not missed, and a second more is: %s", async (now, said) => {
    const id = await create({ cron: "0 6 * * *" }, "2026-05-01T06:00Z");
    await runAll(now);
    expect(await told(id)).toEqual([said]);
  });
});

describe("while its last batch has not ended", () => {
  test("skip: the moment is left out and told, until it has", async () => {
    const id = await create({ cron: "0 * * * *", overlap: "skip" }, "2026-05-01T06:00Z");
    await runAll("2026-05-01T06:00Z");
    await runAll("2026-05-01T07:00Z");
    await endBatches();
    await runAll("2026-05-01T08:00Z");
    expect(await told(id)).toEqual([
      "05-01 06:00 created",
      "05-01 07:00 skipped overlap",
      "05-01 08:00 created",
    ]);
  });

  test("run: another one is made", async () => {
    const id = await create({ cron: "0 * * * *", overlap: "run" }, "2026-05-01T06:00Z");
    await runAll("2026-05-01T06:00Z");
    await runAll("2026-05-01T07:00Z");
    const runs = await runsOf(id);
    expect(runs.map(({ outcome }) => outcome)).toEqual(["created", "created"]);
    expect(new Set(runs.map((run) => run.batch_id)).size).toBe(2);
  });
});

describe("by whose rights", () => {
  test("it runs for whoever created it: the batch and the audit row name them, and the schedule", async () => {
    const id = await create({ cron: "0 6 * * *" }, "2026-05-01T06:00Z");
    await runAll("2026-05-01T06:00Z");
    const [run] = await runsOf(id);
    const { operator } = world.tenants.near.people;
    expect(await api.batches.byId({ batchId: run?.batch_id ?? "" })).toMatchObject({
      createdBy: { id: operator },
      label: "0 6 * * * in UTC",
    });
    const [entry] = await world.rows(
      "select actor_id, action, source, detail from app.audit_log where target_id = :id order by id desc limit 1",
      { id },
    );
    expect(entry).toEqual({
      actor_id: operator,
      action: "schedules.run",
      source: "schedule",
      detail: { batch: run?.batch_id, jobs: 1 },
    });
  });

  test("whoever was disabled or lost the right runs nothing: it fails in words, is paused after five, and runs for who resumes it", async () => {
    const id = await create({ cron: "0 * * * *" }, "2026-05-01T06:00Z");
    const { operator } = world.tenants.near.people;
    const before = await batchCount();
    await world.rows("update profiles set active = false where id = :operator::uuid", { operator });
    const admin = await world.caller(world.tenants.near, "admin");
    for (let run = 1; run <= SCHEDULE_FAILURES_MAX; run++) {
      await runAll(`2026-05-01T${String(5 + run).padStart(2, "0")}:00Z`);
      expect(await admin.schedules.byId({ scheduleId: id })).toMatchObject({
        failures: run,
        status: run < SCHEDULE_FAILURES_MAX ? "active" : "paused",
        lastError: expect.stringMatching(/^Whoever it runs for may not run it any more/),
        lastRun: { outcome: "failed", batchId: null },
      });
    }
    expect(await runAll("2026-05-02T06:00Z")).toBe(0);
    expect(await batchCount()).toBe(before);
    const [entry] = await world.rows(
      "select actor_id, action, source, tenant_id, detail from app.audit_log where target_id = :id order by id desc limit 1",
      { id },
    );
    expect(entry).toEqual({
      actor_id: null,
      action: "schedules.pause",
      source: "worker",
      tenant_id: world.tenants.near.id,
      detail: { failures: 5 },
    });
    const resumed = await admin.schedules.resume({ scheduleId: id });
    expect(resumed).toMatchObject({ failures: 0, lastError: null, runBy: { name: "admin" } });
    await world.rows("update profiles set active = true where id = :operator::uuid", { operator });
    await runAll(resumed.nextRunAt ?? "");
    expect(await admin.schedules.byId({ scheduleId: id })).toMatchObject({
      lastRun: { outcome: "created" },
    });
    expect(await batchCount()).toBe(before + 1);
  });

  test("a filter for contacts runs only while that person may read them", async () => {
    const source = { kind: "leads", filter: { contact: "info@" } };
    const id = await create({ cron: "0 * * * *", source }, "2026-05-01T06:00Z");
    const rights = (change: string) =>
      world.rows(
        `${change} where role_id = (select id from roles where name = 'operator') and permission_id = (select id from permissions where name = 'contacts:read')`,
      );
    await world.rows("create table public.kept_rights as select * from role_permissions");
    await rights("delete from role_permissions");
    await runAll("2026-05-01T06:00Z");
    await world.rows(
      "insert into role_permissions select * from public.kept_rights k where not exists (select from role_permissions r where r.role_id = k.role_id and r.permission_id = k.permission_id)",
    );
    await world.rows("drop table public.kept_rights");
    expect(await told(id)).toEqual(["05-01 06:00 failed"]);
    await runAll("2026-05-01T07:00Z");
    expect((await told(id))[1]).toMatch(/^05-01 07:00 (created|skipped nothing)$/);
  });

  test("a program's schedule runs by a key that it still has, and by none without the right", async () => {
    const id = await create({ cron: "0 * * * *" }, "2026-05-01T06:00Z");
    const tenantId = world.tenants.near.id;
    const [account] = await world.rows<{ id: string }>(
      "insert into app.service_accounts (tenant_id, name) values (:tenantId::uuid, 'Robot') returning id",
      { tenantId },
    );
    const key = (scopes: string[], revoked: boolean) =>
      world.rows(
        `insert into app.api_keys (tenant_id, service_account_id, name, prefix, secret_hash, last4, scopes, revoked_at)
         values (:tenantId::uuid, :account::uuid, 'k', :prefix, 'x', 'xxxx', :scopes::text[], case when :revoked then now() end)`,
        {
          tenantId,
          account: account?.id,
          prefix: Math.random().toString(16).slice(2),
          scopes,
          revoked,
        },
      );
    await world.rows("update app.schedules set run_by = :account::uuid where id = :id::uuid", {
      account: account?.id,
      id,
    });
    await key(["batches:read"], false);
    await key(["batches:create"], true);
    await runAll("2026-05-01T06:00Z");
    await key(["batches:read", "batches:create"], false);
    await runAll("2026-05-01T07:00Z");
    expect(await told(id)).toEqual(["05-01 06:00 failed", "05-01 07:00 created"]);
    expect(await get(id)).toMatchObject({
      failures: 0,
      lastError: null,
      runBy: { name: "Robot (service account)" },
    });
  });

  test("of a tenant that is switched off nothing runs, and that is told and no failure", async () => {
    const id = await create({ cron: "0 * * * *" }, "2026-05-01T06:00Z");
    const { id: near } = world.tenants.near;
    const before = await batchCount();
    await world.rows("update tenants set is_active = false where id = :near::uuid", { near });
    for (const hour of ["06", "07", "08", "09", "10", "11"]) await runAll(`2026-05-01T${hour}:00Z`);
    expect(await batchCount()).toBe(before);
    await world.rows("update tenants set is_active = true where id = :near::uuid", { near });
    expect((await told(id)).at(-1)).toBe("05-01 11:00 skipped tenant_off");
    expect(await get(id)).toMatchObject({ status: "active", failures: 0 });
    await runAll("2026-05-01T12:00Z");
    expect((await told(id)).at(-1)).toBe("05-01 12:00 created");
  });
});

describe("what cannot be run", () => {
  test("the list of a batch that is gone: told, and no other schedule waits for it", async () => {
    const { batchId: gone } = await api.batches.create({ text: "gone.example" });
    const id = await create(
      { cron: "0 * * * *", source: { kind: "batch", batchId: gone } },
      "2026-05-01T06:00Z",
    );
    const other = await create({ cron: "0 * * * *" }, "2026-05-01T06:00Z");
    await world.rows("delete from jobs where batch_id = :gone::uuid", { gone });
    await world.rows("delete from batch_jobs where batch_id = :gone::uuid", { gone });
    expect(await runAll("2026-05-01T06:00Z")).toBe(2);
    expect(await get(id)).toMatchObject({
      failures: 1,
      lastError: "The batch whose list it runs is gone. Choose another one.",
    });
    expect(await told(other)).toEqual(["05-01 06:00 created"]);
  });

  test("a filter that finds nothing makes no batch, and is no failure", async () => {
    const source = { kind: "leads", filter: { label: ["nobody has this"] } };
    const id = await create({ cron: "0 * * * *", source }, "2026-05-01T06:00Z");
    await runAll("2026-05-01T06:00Z");
    expect(await told(id)).toEqual(["05-01 06:00 skipped nothing"]);
    expect(await get(id)).toMatchObject({ failures: 0, lastError: null });
  });

  test("a filter that finds as many as a batch holds is run, and one more is refused", async () => {
    const { id: near } = world.tenants.near;
    await addLeads(world, near);
    const { items } = await api.leads.list({ limit: 200 });
    const find = (most: number) =>
      findSourceList(
        world.database.db,
        { tenantId: near, mayReadContacts: false },
        { kind: "leads", filter: {} },
        most,
      );
    expect((await find(items.length))?.entries).toHaveLength(items.length);
    await expect(find(items.length - 1)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: `The filter finds more than ${items.length - 1} leads: narrow it.`,
    });
    expect(BATCH_DOMAINS_MAX).toBe(100_000);
  });

  test("what the database refuses for good is told without its words, undone, and the next moment comes", async () => {
    await refusing("check_violation", async () => {
      const id = await create({ cron: "0 * * * *" }, "2026-05-01T06:00Z");
      const before = await batchCount();
      const ran = await runDue("2026-05-01T06:00Z");
      expect(ran).toMatchObject({ result: { outcome: "failed", fault: expect.anything() } });
      expect(await batchCount()).toBe(before);
      expect(await get(id)).toMatchObject({
        failures: 1,
        lastError: expect.stringMatching(/^It failed on our side/),
      });
    });
  });

  test("what passes is no failure: it is still due", async () => {
    const id = await create({ cron: "0 * * * *" }, "2026-05-01T06:00Z");
    await refusing("serialization_failure", async () => {
      await expect(runDue("2026-05-01T06:00Z")).rejects.toMatchObject({ retryable: true });
    });
    expect(await get(id)).toMatchObject({ failures: 0, runs: [] });
    await runAll("2026-05-01T06:00Z");
    expect(await told(id)).toEqual(["05-01 06:00 created"]);
  });

  test("a time zone that this server does not know any more pauses it, in words", async () => {
    const id = await create({ cron: "0 * * * *" }, "2026-05-01T06:00Z");
    await world.rows("update app.schedules set time_zone = 'Mars/Base' where id = :id::uuid", {
      id,
    });
    expect(await runDue("2026-05-01T06:00Z")).toMatchObject({ isGivenUp: true });
    expect(await get(id)).toMatchObject({
      status: "paused",
      lastError: expect.stringContaining("does not know its time zone"),
    });
  });

  /** The owner of the database refuses new batches meanwhile. */
  async function refusing(condition: string, work: () => Promise<void>): Promise<void> {
    await world.rows(
      `create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'no' using errcode = '${condition}'; end $$`,
    );
    await world.rows(
      "create trigger refuse before insert on batch_jobs for each row execute function public.refuse()",
    );
    try {
      await work();
    } finally {
      await world.rows("drop trigger refuse on batch_jobs");
      await world.rows("drop function public.refuse()");
    }
  }
});

test("many workers at once make one batch of each moment, and of a moment that comes again none", async () => {
  const ids: string[] = [];
  for (let made = 0; made < 12; made++) {
    ids.push(await create({ cron: "0 6 * * *" }, "2026-05-01T06:00Z"));
  }
  const before = await batchCount();
  await Promise.all(Array.from({ length: 6 }, () => runAll("2026-05-01T06:00Z")));
  expect(await batchCount()).toBe(before + ids.length);
  for (const id of ids) expect(await told(id)).toEqual(["05-01 06:00 created"]);
  // A clock that was set back.
  await endBatches();
  await world.rows("update app.schedules set next_run_at = '2026-05-01T06:00Z'");
  await runAll("2026-05-01T06:01Z");
  expect(await batchCount()).toBe(before + ids.length);
});

test("without a time of its own it goes by the database's clock", async () => {
  const id = await create({ cron: "0 6 * * *", missed: "once" }, "2026-05-01T06:00Z");
  const ran = await world.database.db.transaction((tx) => runDueSchedule(tx, world.queue));
  expect(ran).toMatchObject({ scheduleId: id, result: { outcome: "created" } });
  expect(Date.parse((await get(id)).nextRunAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
});

test("the latest hundred runs are kept, and the first one of a hundred and one is not", async () => {
  const id = await create({ cron: "*/15 * * * *", overlap: "run" }, "2026-05-01T00:00Z");
  for (let run = 0; run <= SCHEDULE_RUNS_KEPT; run++) {
    await runDue(new Date(Date.UTC(2026, 4, 1) + run * 15 * 60_000));
    if (run === SCHEDULE_RUNS_KEPT - 1)
      expect((await runsOf(id))[0]).toMatchObject({ due: "05-01 00:00" });
  }
  const runs = await runsOf(id);
  expect([runs.length, runs[0]?.due]).toEqual([SCHEDULE_RUNS_KEPT, "05-01 00:15"]);
  expect((await get(id)).runs).toHaveLength(20);
});
