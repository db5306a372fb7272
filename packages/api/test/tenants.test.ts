import { randomUUID } from "node:crypto";
import type { Tx } from "@scrapersky/db";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { TENANT_GRACE_DAYS, TENANTS_TOLD_MAX } from "../src/contract.ts";
import { findActor, maySignIn, type Procedures, type RoleName } from "../src/index.ts";
import { findServiceActor } from "../src/service-account/find-service-actor.ts";
import { addPerson, createTenant, removeNextOfTenant } from "../src/services.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, failed } from "./outcomes.ts";
import { createWorld, type Tenant, type World } from "./world.ts";

let world: World;
/** Staff of the platform, at home in `far`. */
let staff: Procedures;
beforeAll(async () => {
  world = await createWorld();
  await world.rows("update profiles set role = 'GLOBAL_ADMIN' where id = :owner::uuid", {
    owner: world.tenants.far.people.owner,
  });
  staff = await world.caller(world.tenants.far, "owner");
});
afterAll(() => world.close());

const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => world.database.db.transaction(work);
const CLI = { actor: null, source: "cli" } as const;
let made: { id: string; slug: string; name: string };
let count = 0;
/** A tenant with nobody in it, each test its own. */
beforeEach(async () => {
  made = await act((tx) => createTenant(tx, CLI, { name: `Made ${++count}` }));
});
const join = (tenant: { id: string; name: string }, role: RoleName, email: string) =>
  act((tx) => addPerson(tx, CLI, { email, role, tenant }));
const fresh = () => `ann-${randomUUID()}@example.com`;
const find = async (q: string) => (await staff.tenants.find({ q })).tenants;

describe("a tenant that staff of the platform make", () => {
  test("has an owner who comes in by a link, and is made once", async () => {
    const asked = { name: `Bakers ${randomUUID()}`, ownerEmail: fresh() };
    const created = await staff.tenants.create(asked);
    expect(created).toMatchObject({ name: asked.name, owner: { email: asked.ownerEmail } });
    expect(created.owner?.link).toContain("/sign-in/link#");
    const profileId = created.owner!.profileId;
    const owner = await findActor(world.database.db, { profileId, tenant: created.slug });
    expect(owner?.role).toBe("owner");
    expect(await find(created.slug)).toMatchObject([{ name: asked.name, people: 1 }]);
    await expect(staff.tenants.create(asked)).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { details: { errorCode: "NAME_TAKEN" } },
    });
    const refused = staff.tenants.create({ name: `Never ${created.slug}`, ownerEmail: "nobody" });
    await expect(refused).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await find(`Never ${created.slug}`)).toEqual([]);
  });

  test("is found by a part of its name, by slug and id, and by its state", async () => {
    for (const q of [made.name.toUpperCase(), made.slug, made.id]) {
      expect((await find(q)).map(({ tenantId }) => tenantId)).toContain(made.id);
    }
    expect(await find(randomUUID())).toEqual([]);
    await staff.tenants.switch({ tenantId: made.id, active: false });
    const ids = async (state: "on" | "off" | "deleted") =>
      (await staff.tenants.find({ state })).tenants.map(({ tenantId }) => tenantId);
    expect(await ids("off")).toContain(made.id);
    expect(await ids("on")).not.toContain(made.id);
  });

  test(`of ${TENANTS_TOLD_MAX} all are told, of one more that there are others`, async () => {
    const word = randomUUID();
    const add = (number: number) =>
      world.rows(
        "insert into tenants (name) select :word || ' ' || n from generate_series(1, :number::int) n",
        { word, number },
      );
    await add(TENANTS_TOLD_MAX);
    const all = await staff.tenants.find({ q: word });
    expect([all.tenants.length, all.more]).toEqual([TENANTS_TOLD_MAX, false]);
    await add(1);
    const most = await staff.tenants.find({ q: word });
    expect([most.tenants.length, most.more]).toEqual([TENANTS_TOLD_MAX, true]);
    await world.rows("delete from tenants where name like :word || ' %'", { word });
  });

  test("has another name, and keeps its address; an owner renames their own and no other", async () => {
    const { profileId } = await join(made, "owner", fresh());
    expect(await staff.tenants.rename({ tenantId: made.id, name: "  New   name " })).toEqual({
      tenantId: made.id,
      name: "New name",
      changed: true,
    });
    expect(await find(made.id)).toMatchObject([{ name: "New name", slug: made.slug }]);
    const actor = await findActor(world.database.db, { profileId, tenant: made.slug });
    const owner = await world.caller(world.tenants.near, "owner", { actor: actor! });
    await owner.tenants.renameOwn({ name: "Ours" });
    expect(await find(made.id)).toMatchObject([{ name: "Ours" }]);
    for (const name of [" ", "x".repeat(201)]) {
      const refused = owner.tenants.renameOwn({ name });
      await expect(refused).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    await expect(owner.tenants.rename({ tenantId: made.id, name: "x" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  test.each([randomUUID(), "' or 1=1 --"])("is not found by %s", async (tenantId) => {
    for (const call of [
      () => staff.tenants.rename({ tenantId, name: "x" }),
      () => staff.tenants.switch({ tenantId, active: true }),
      () => staff.tenants.delete({ tenantId, name: "x" }),
      () => staff.tenants.restore({ tenantId }),
    ]) {
      await expect(call()).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: "Tenant not found",
      });
    }
  });
});

describe("a tenant that is switched off", () => {
  test("lets nobody in, by session or key, until it is switched on; both tenants are told", async () => {
    const { profileId } = await join(made, "owner", fresh());
    const account = { tenantId: made.id, name: "Importer" };
    const [service] = await world.rows<{ id: string }>(
      "insert into app.service_accounts (tenant_id, name) values (:tenantId::uuid, :name) returning id",
      account,
    );
    const waysIn = async () => [
      (await findActor(world.database.db, { profileId, tenant: made.slug }))?.role,
      await maySignIn(world.database.db, profileId),
      (
        await findServiceActor(world.database.db, {
          serviceAccountId: service!.id,
          scopes: ["jobs:read"],
          keyId: randomUUID(),
        })
      )?.kind,
    ];
    const open = ["owner", true, "service account"];
    expect(await waysIn()).toEqual(open);
    const off = { tenantId: made.id, active: false };
    expect(await staff.tenants.switch(off)).toEqual({ ...off, changed: true });
    expect(await waysIn()).toEqual([undefined, false, undefined]);
    expect(await staff.tenants.switch(off)).toEqual({ ...off, changed: false });
    await staff.tenants.switch({ ...off, active: true });
    expect(await waysIn()).toEqual(open);
    const told = await world.rows<{ tenant_id: string; active: string }>(
      `select tenant_id, detail #>> '{after,active}' as active from app.audit_log
       where action = 'tenants.switch' and target_id = :id order by id`,
      { id: made.id },
    );
    const { far } = world.tenants;
    expect(told.map(({ tenant_id, active }) => [tenant_id, active])).toEqual([
      [far.id, "false"],
      [made.id, "false"],
      [far.id, "true"],
      [made.id, "true"],
    ]);
  });

  test("is not the only one by which staff of the platform come in", async () => {
    const { far } = world.tenants;
    const closing = [
      () => staff.tenants.switch({ tenantId: far.id, active: false }),
      () => staff.tenants.delete({ tenantId: far.id, name: "far" }),
      () => staff.tenants.deleteOwn({ name: "far" }),
    ];
    for (const close of closing) {
      await expect(close()).rejects.toMatchObject({
        cause: { details: { errorCode: "LOCKS_OUT_STAFF" } },
      });
    }
    const staffId = far.people.owner;
    await world.rows(
      "insert into user_tenants (user_id, tenant_id) values (:staffId::uuid, :id::uuid)",
      { staffId, id: made.id },
    );
    // Of two at once one is refused: the other was what was left.
    const both = await Promise.allSettled(
      [far.id, made.id].map((tenantId) => staff.tenants.switch({ tenantId, active: false })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await world.rows("update tenants set is_active = true where id = any(:ids::uuid[])", {
      ids: [far.id, made.id],
    });
    await world.rows("delete from user_tenants where tenant_id = :id::uuid", { id: made.id });
  });
});

describe("a tenant that is deleted", () => {
  test("can be had back as it was, and only once its name was typed", async () => {
    await staff.tenants.switch({ tenantId: made.id, active: false });
    const wrong = staff.tenants.delete({ tenantId: made.id, name: `${made.name}!` });
    await expect(wrong).rejects.toMatchObject({ cause: { details: { errorCode: "OTHER_NAME" } } });
    const asked = await Promise.allSettled(
      [1, 2].map(() => staff.tenants.delete({ tenantId: made.id, name: ` ${made.name} ` })),
    );
    expect(asked.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const [shown] = await find(made.id);
    const days = (Date.parse(shown!.restorableUntil!) - Date.now()) / 86_400_000;
    expect([shown?.state, Math.round(days)]).toEqual(["deleted", TENANT_GRACE_DAYS]);
    const refused = staff.tenants.switch({ tenantId: made.id, active: true });
    await expect(refused).rejects.toMatchObject({
      cause: { details: { errorCode: "TENANT_DELETED" } },
    });
    const restored = await staff.tenants.restore({ tenantId: made.id });
    expect(restored).toEqual({ tenantId: made.id, active: false });
    expect(await find(made.id)).toMatchObject([{ state: "off", restorableUntil: null }]);
    const again = staff.tenants.restore({ tenantId: made.id });
    await expect(again).rejects.toMatchObject({ cause: { details: { errorCode: "NOT_DELETED" } } });
  });

  test("stays until its time is over, and cannot be had back from then on", async () => {
    await staff.tenants.delete({ tenantId: made.id, name: made.name });
    const dueIn = (seconds: number) =>
      world.rows(
        "update app.tenant_removals set due_at = now() + make_interval(secs => :seconds::int)",
        { seconds },
      );
    const step = () => act((tx) => removeNextOfTenant(tx, world.queue));
    await dueIn(60);
    expect(await step()).toBe(false);
    await dueIn(-1);
    expect(await step()).toBe(true);
    await expect(staff.tenants.restore({ tenantId: made.id })).rejects.toMatchObject({
      message: "Its removal has begun, so it cannot be had back.",
    });
    expect(await find(made.id)).toMatchObject([{ state: "deleted", restorableUntil: null }]);
    while (await step());
    expect(await find(made.id)).toEqual([]);
  });

  test("is gone with every row that speaks of it but the log, others and who is of others stay", async () => {
    const { near, far } = world.tenants;
    for (const tenant of [near, far]) await fill(tenant);
    const both = fresh();
    const { profileId } = await join({ id: near.id, name: "near" }, "owner", both);
    await join({ id: far.id, name: "far" }, "viewer", both);
    await world.rows(
      `insert into app.users (id, name, email) select id, email, email from profiles where tenant_id = :near::uuid on conflict do nothing`,
      { near: near.id },
    );
    const farBefore = await placesOf(far.id);
    expect(Object.keys(await placesOf(near.id)).length).toBeGreaterThan(25);

    const owner = await world.caller(near, "owner");
    await owner.tenants.deleteOwn({ name: "near" });
    await world.rows("update app.tenant_removals set due_at = now()");
    // Two workers at it do not get in each other's way, and one that dies leaves the rest.
    const dying = act(async (tx) => {
      await removeNextOfTenant(tx, world.queue);
      throw new Error("killed");
    });
    await expect(dying).rejects.toThrow("killed");
    const work = async () => {
      while (await act((tx) => removeNextOfTenant(tx, world.queue)));
    };
    await Promise.all([work(), work()]);
    await work();

    expect(Object.keys(await placesOf(near.id)).toSorted()).toEqual([
      "app.audit_log.target_id",
      "app.audit_log.tenant_id",
    ]);
    // Whoever is of both is at home there now.
    const home = "public.profiles.tenant_id";
    expect(await placesOf(far.id)).toEqual({ ...farBefore, [home]: (farBefore[home] ?? 0) + 1 });
    const [kept] = await world.rows("select tenant_id, active from profiles where id = :id::uuid", {
      id: profileId,
    });
    expect(kept).toEqual({ tenant_id: far.id, active: true });
    const left = await world.rows<{ email: string }>("select email from app.users");
    expect(left.map(({ email }) => email)).toContain(both);
    expect(left.filter(({ email }) => email.endsWith("@near.example"))).toEqual([]);
    const [last] = await world.rows(
      "select action, source from app.audit_log where tenant_id = :near::uuid order by id desc limit 1",
      { near: near.id },
    );
    expect(last).toEqual({ action: "tenants.remove", source: "worker" });
  });
});

/** Rows of a tenant wherever the product writes some. */
async function fill(tenant: Tenant): Promise<void> {
  const owner = await world.caller(tenant, "owner");
  const { batchId } = await owner.batches.create({
    domains: ["bakery.example", "broken.example", "waiting.example", "no domain"],
    label: "Bakers",
    idempotencyKey: randomUUID(),
  });
  const claims = await claimJobs(world, 2);
  for (const [at, claim] of claims.entries()) {
    await recordClaim(world, claim, at === 0 ? done() : failed());
  }
  await owner.keys.create({ holder: "service", name: "Importer", scopes: ["jobs:read"] });
  await owner.keys.create({ holder: "me", name: "Mine", scopes: ["jobs:read"] });
  await owner.suppressions.add({ entries: ["never.example"] });
  await owner.settings.update({ expectedUpdatedAt: null, patch: { bestEmail: "person" } });
  await owner.views.create({ list: "jobs", name: "Failed", query: "status=failed", shared: true });
  const daily = { name: "Daily", cron: "0 9 * * *", timeZone: "UTC" };
  const source = { kind: "batch", batchId } as const;
  await owner.schedules.create({ ...daily, source });
  await owner.bulk.start({
    action: "leads.update",
    target: { list: "leads", filter: {}, asOf: new Date().toISOString() },
    settings: { label: "Called" },
  });
  for (const text of [
    `insert into app.exports (tenant_id, list, format, filters, columns, status, created_by, as_of, seen_from, ended_at)
     values (:id::uuid, 'jobs', 'csv', '{}', '{}', 'complete', gen_random_uuid(), now(), now(), now())`,
    "insert into local_businesses (tenant_id, business_name) values (:id::uuid, 'Bakery')",
    `insert into sitemap_files (tenant_id, domain_id, url, sitemap_type)
     select tenant_id, id, 'https://bakery.example/sitemap.xml', 'x' from domains where tenant_id = :id::uuid limit 1`,
    `insert into app.adopted_rows (adoption, step, table_name, kind, row_key, was)
     values ('x', 'x', 'domains', 'changed', 'x', jsonb_build_object('tenant_id', :id::text))`,
    "insert into jobs (job_id, job_type, tenant_id, status) values (gen_random_uuid(), 'old', :id, 'complete')",
    "insert into app.lead_tombstones (tenant_id, domain_id) values (:id::uuid, gen_random_uuid())",
    "insert into app.schedule_runs (schedule_id, tenant_id, outcome, error) select id, tenant_id, 'failed', 'x' from app.schedules where tenant_id = :id::uuid",
    "insert into sidebar_features (sidebar_name, url_path, tenant_id) values ('Own', '/own', :id::uuid)",
    `with flag as (insert into feature_flags (name) values ('flag of ' || :id) returning id)
     insert into tenant_features (tenant_id, feature_id) select :id::uuid, id from flag`,
    "insert into user_roles (user_id, role_id, tenant_id) select user_id, role_id, tenant_id from user_tenants where tenant_id = :id::uuid limit 1",
  ]) {
    await world.rows(text, { id: tenant.id });
  }
}

/** Where the database says this id, as schema.table.column with how many rows. Names of flags are the test's own. */
async function placesOf(id: string): Promise<Record<string, number>> {
  const columns = await world.rows<{ schema: string; name: string; column: string }>(
    `select c.table_schema as schema, c.table_name as name, c.column_name as column
     from information_schema.columns c
     join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
     where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
       and c.table_name <> 'feature_flags'
       and c.data_type in ('uuid', 'text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY')`,
  );
  const found: Record<string, number> = {};
  for (const { schema, name, column } of columns) {
    const [row] = await world.rows<{ n: number }>(
      `select count(*)::int as n from "${schema}"."${name}" where strpos("${column}"::text, :id) > 0`,
      { id },
    );
    if (row && row.n > 0) found[`${schema}.${name}.${column}`] = row.n;
  }
  return found;
}
