import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { SCHEDULES_MAX, type ScheduleDetail } from "../src/contract.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
let batchId: string;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "operator");
  ({ batchId } = await api.batches.create({
    text: "Name,Website\nBakery,bakery.example\nAgain,bakery.example\nNone,nothing here\nCafe,https://cafe.example/",
    label: "Bakeries",
  }));
  await addLeads(world, world.tenants.near.id);
});
beforeEach(() => world.rows("delete from app.schedules"));
afterAll(() => world.close());

const DAILY = { name: "Bakeries, daily", cron: "30 6 * * 1-5", timeZone: "Europe/Berlin" };
const create = (more: object = {}): Promise<ScheduleDetail> =>
  api.schedules.create({ ...DAILY, source: { kind: "batch", batchId }, ...more });

test("it is told with its times in words, its next five runs, and by whose rights it runs", async () => {
  const made = await create();
  expect(made).toMatchObject({
    ...DAILY,
    status: "active",
    sentence: "At 06:30, Monday through Friday",
    missed: "skip",
    overlap: "skip",
    source: { kind: "batch", batchId },
    maxPages: 50,
    maxConcurrent: 5,
    failures: 0,
    lastError: null,
    lastRun: null,
    createdBy: { id: world.tenants.near.people.operator, name: "operator" },
    runBy: { name: "operator" },
    runs: [],
  });
  expect(made.nextRuns).toHaveLength(5);
  expect(made.nextRuns[0]).toBe(new Date(made.nextRunAt ?? "").toISOString());
  for (const at of made.nextRuns) {
    const local = new Date(at).toLocaleString("en-GB", {
      timeZone: "Europe/Berlin",
      timeStyle: "short",
    });
    expect(local).toBe("06:30");
  }
  const { items } = await api.schedules.list({});
  const {
    nextRuns: _next,
    runs: _runs,
    replayed: _replayed,
    ...row
  } = made as ScheduleDetail & { replayed: boolean };
  expect(items).toEqual([row]);
  expect(await api.schedules.byId({ scheduleId: made.scheduleId })).toEqual({
    ...row,
    nextRuns: made.nextRuns,
    runs: [],
  });
});

test("the list finds by status and by any part of the name", async () => {
  await create();
  const { scheduleId } = await create({ name: "Ärzte" });
  await api.schedules.pause({ scheduleId });
  const namesOf = async (filters: object) =>
    (await api.schedules.list(filters)).items.map(({ name }) => name);
  expect(await namesOf({})).toEqual(["Ärzte", DAILY.name]);
  expect(await namesOf({ status: ["paused"] })).toEqual(["Ärzte"]);
  expect(await namesOf({ q: "ärz" })).toEqual(["Ärzte"]);
  expect(await namesOf({ q: "%" })).toEqual([]);
});

describe("what is refused", () => {
  test.each([
    ["too often", { cron: "*/5 * * * *" }, "cron"],
    ["no cron text", { cron: "soon" }, "cron"],
    ["no time zone", { timeZone: "Mars/Base" }, "timeZone"],
    ["too long a name", { name: "x".repeat(201) }, "name"],
    ["no name", { name: "  " }, "name"],
    ["too many pages", { maxPages: 1001 }, "maxPages"],
    ["too many at once", { maxConcurrent: 101 }, "maxConcurrent"],
    [
      "a filter that is none",
      { source: { kind: "leads", filter: { tenant: "x" } } },
      "source.filter",
    ],
    ["no policy", { missed: "all" }, "missed"],
  ])("%s", async (_, more, field) => {
    const error = await create(more).catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code: "BAD_REQUEST" });
    expect(await world.rows("select from app.schedules")).toEqual([]);
    expect(JSON.stringify((error as { cause: object }).cause)).toContain(field.split(".")[0]);
  });

  test("a batch of another tenant, an unknown one and garbage alike", async () => {
    const far = await world.caller(world.tenants.far, "owner");
    const theirs = await far.batches.create({ domains: ["far.example"] });
    for (const id of [theirs.batchId, randomUUID(), "' or 1=1"]) {
      await expect(create({ source: { kind: "batch", batchId: id } })).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: "Batch not found",
      });
    }
  });

  test("the hundred and first of a tenant, also by two at once; another tenant has its own", async () => {
    await world.rows(
      `insert into app.schedules (tenant_id, name, status, cron, time_zone, missed, overlap, batch_id, max_pages, max_concurrent, created_by, run_by)
       select :tenantId::uuid, 'S' || n, 'paused', '0 9 * * *', 'UTC', 'skip', 'skip', :batchId::uuid, 5, 5, :by::uuid, :by::uuid
       from generate_series(1, ${SCHEDULES_MAX - 1}) n`,
      { tenantId: world.tenants.near.id, batchId, by: world.tenants.near.people.owner },
    );
    const both = await Promise.allSettled([create(), create()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(create()).rejects.toMatchObject({
      message: "A tenant has at most 100 schedules: delete one that is not needed.",
    });
    const far = await world.caller(world.tenants.far, "owner");
    const theirs = { kind: "leads", filter: {} } as const;
    await expect(far.schedules.create({ ...DAILY, source: theirs })).resolves.toBeTruthy();
  });

  test("what the caller could not run by hand", async () => {
    const { permissions, ...actor } = await world.actor(world.tenants.near, "owner");
    const limited = (without: string) =>
      world.caller(world.tenants.near, "owner", {
        actor: {
          ...actor,
          permissions: new Set([...permissions].filter((one) => one !== without)),
        },
      });
    const leads = (filter: object) => ({ ...DAILY, source: { kind: "leads" as const, filter } });
    const noBatches = await limited("batches:create");
    await expect(noBatches.schedules.create(leads({}))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const noContacts = await limited("contacts:read");
    await expect(noContacts.schedules.create(leads({ contact: "anna@" }))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const noLeads = await limited("domains:read");
    await expect(noLeads.schedules.create(leads({}))).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { scheduleId, updatedAt } = await api.schedules.create(leads({ contact: "anna@" }));
    const change = { cron: "0 1 * * *" };
    for (const act of [
      () => noContacts.schedules.runNow({ scheduleId }),
      () =>
        noContacts.schedules.update({ scheduleId, expectedUpdatedAt: updatedAt, patch: change }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect((await noContacts.schedules.byId({ scheduleId })).source).toEqual({
      kind: "leads",
      filter: {},
    });
    expect((await api.schedules.byId({ scheduleId })).source).toEqual({
      kind: "leads",
      filter: { contact: "anna@" },
    });
  });
});

describe("changing it", () => {
  test("takes what is given, leaves the rest, and runs from then on by the rights of whoever did it", async () => {
    const { scheduleId, updatedAt } = await create();
    const admin = await world.caller(world.tenants.near, "admin");
    const changed = await admin.schedules.update({
      scheduleId,
      expectedUpdatedAt: updatedAt,
      patch: { timeZone: "Asia/Kolkata", cron: undefined, overlap: "run" },
    });
    expect(changed).toMatchObject({
      ...DAILY,
      timeZone: "Asia/Kolkata",
      overlap: "run",
      missed: "skip",
      createdBy: { name: "operator" },
      runBy: { name: "admin" },
    });
    expect(changed.nextRunAt).toMatch(/T01:00:00/);
  });

  test("twice at once changes it once: the other is told to read it again", async () => {
    const { scheduleId, updatedAt } = await create();
    const change = (name: string) =>
      api.schedules.update({ scheduleId, expectedUpdatedAt: updatedAt, patch: { name } });
    const both = await Promise.allSettled([change("One"), change("Two")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(change("Three")).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("Read it again"),
    });
  });

  test("a paused one stays paused, and has its new times when it is resumed", async () => {
    const { scheduleId } = await create();
    const paused = await api.schedules.pause({ scheduleId });
    expect(paused).toMatchObject({ status: "paused", nextRunAt: null, nextRuns: [] });
    const changed = await api.schedules.update({
      scheduleId,
      expectedUpdatedAt: paused.updatedAt,
      patch: { cron: "0 4 * * *" },
    });
    expect(changed).toMatchObject({ status: "paused", nextRunAt: null });
    const admin = await world.caller(world.tenants.near, "admin");
    const resumed = await admin.schedules.resume({ scheduleId });
    expect(resumed).toMatchObject({ status: "active", runBy: { name: "admin" } });
    expect(resumed.nextRuns).toHaveLength(5);
  });

  test.each(["pause", "resume"] as const)("%s twice at once does it once", async (act) => {
    const { scheduleId } = await create();
    if (act === "resume") await api.schedules.pause({ scheduleId });
    const [one, other] = await Promise.all([
      api.schedules[act]({ scheduleId }),
      api.schedules[act]({ scheduleId }),
    ]);
    expect(one).toEqual(other);
    expect(await api.schedules[act]({ scheduleId })).toEqual(one);
    const entries = await world.rows(
      "select from app.audit_log where target_id = :scheduleId and action = :action",
      { scheduleId, action: `schedules.${act}` },
    );
    expect(entries).toHaveLength(1);
  });

  test("deleted, it is gone with its runs; its batches stay", async () => {
    const { scheduleId } = await create();
    const ran = await api.schedules.runNow({ scheduleId });
    const both = await Promise.allSettled([
      api.schedules.delete({ scheduleId }),
      api.schedules.delete({ scheduleId }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(api.schedules.byId({ scheduleId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await world.rows("select from app.schedule_runs")).toEqual([]);
    await expect(api.batches.byId({ batchId: ran.batchId })).resolves.toMatchObject({
      label: DAILY.name,
    });
  });
});

describe("running it now", () => {
  const linesOf = (id: string) =>
    world.rows(
      "select line, kind, input, domain, of_line, cells from app.batch_lines where batch_id = :id::uuid order by line, entry",
      { id },
    );

  test("makes a batch of the list as it was given, with its columns, refused lines and doubles", async () => {
    const { scheduleId, nextRunAt } = await create({ maxPages: 7, maxConcurrent: 3 });
    const ran = await api.schedules.runNow({ scheduleId });
    expect(ran).toMatchObject({ jobCount: 2, replayed: false });
    expect(await linesOf(ran.batchId)).toEqual(await linesOf(batchId));
    expect(await api.batches.byId({ batchId: ran.batchId })).toMatchObject({
      label: DAILY.name,
      total: 2,
      maxPages: 7,
      maxConcurrent: 3,
    });
    expect(await api.schedules.byId({ scheduleId })).toMatchObject({
      nextRunAt,
      lastRun: { outcome: "created", batchId: ran.batchId },
      runs: [{ dueAt: null, outcome: "created", batchId: ran.batchId }],
    });
  });

  test("what was scanned before and not again is scanned, and what was appended is run too", async () => {
    const [known] = (await api.leads.list({ limit: 1 })).items;
    const domain = known?.domain ?? "";
    const reused = await api.batches.create({ text: `${domain}\nother.example`, reuse: [domain] });
    expect(reused.jobCount).toBe(1);
    await api.batches.append({ batchId: reused.batchId, text: "appended.example" });
    const { scheduleId } = await create({ source: { kind: "batch", batchId: reused.batchId } });
    expect(await api.schedules.runNow({ scheduleId })).toMatchObject({ jobCount: 3 });
  });

  test("a batch of an earlier version is run by its distinct lines", async () => {
    const old = await api.batches.create({
      domains: ["one.example", "nothing here", "two.example"],
    });
    await world.rows("delete from app.batch_lists where batch_id = :id::uuid", { id: old.batchId });
    const { scheduleId } = await create({ source: { kind: "batch", batchId: old.batchId } });
    const { batchId: made } = await api.schedules.runNow({ scheduleId });
    expect((await linesOf(made)).map((line) => (line as { input: string }).input)).toEqual([
      "one.example",
      "nothing here",
      "two.example",
    ]);
  });

  test("a filter runs the leads that it finds then, and says when it finds none", async () => {
    const filter = { has: ["contact_form" as const] };
    const { items } = await api.leads.list({ ...filter, limit: 200 });
    expect(items.length).toBeGreaterThan(1);
    const { scheduleId, updatedAt } = await create({ source: { kind: "leads", filter } });
    const { batchId: made, jobCount } = await api.schedules.runNow({ scheduleId });
    expect(jobCount).toBe(items.length);
    expect((await linesOf(made)).map((line) => (line as { domain: string }).domain)).toEqual(
      items.map(({ domain }) => domain).toSorted(),
    );
    const nothing = { kind: "leads" as const, filter: { label: ["nobody has this"] } };
    await api.schedules.update({
      scheduleId,
      expectedUpdatedAt: updatedAt,
      patch: { source: nothing, overlap: "run" },
    });
    await expect(api.schedules.runNow({ scheduleId })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "The filter finds no leads now.",
    });
  });

  test("twice at once makes one batch, unless runs may overlap", async () => {
    const { scheduleId, updatedAt } = await create();
    const run = () => api.schedules.runNow({ scheduleId });
    const both = await Promise.allSettled([run(), run()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(run()).rejects.toMatchObject({
      code: "CONFLICT",
      message: "Its last batch has not ended. Wait for it, cancel it, or let runs overlap.",
    });
    await api.schedules.update({
      scheduleId,
      expectedUpdatedAt: updatedAt,
      patch: { overlap: "run" },
    });
    await expect(Promise.all([run(), run()])).resolves.toHaveLength(2);
  });

  test("with one idempotency key makes one batch, whose answer is told again", async () => {
    const { scheduleId } = await create({ overlap: "run" });
    const run = () => api.schedules.runNow({ scheduleId, idempotencyKey: scheduleId });
    const first = await run();
    expect(await run()).toEqual({ ...first, replayed: true });
    const made = {
      ...DAILY,
      source: { kind: "leads" as const, filter: {} },
      idempotencyKey: scheduleId,
    };
    const one = await api.schedules.create(made);
    expect(await api.schedules.create(made)).toMatchObject({
      scheduleId: one.scheduleId,
      replayed: true,
    });
  });
});
