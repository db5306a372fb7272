import { randomUUID } from "node:crypto";
import { executeRawSql } from "@scrapersky/db";
import { users } from "@scrapersky/db/schema";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noteSignIn, type Permission } from "../src/index.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

test("what is refused is told with a count a minute, and is nobody else's to see", async () => {
  const viewer = await world.caller(world.tenants.near, "viewer");
  for (let tries = 0; tries < 3; tries++) {
    await viewer.batches.create({ domains: ["a.example"] }).catch(() => undefined);
  }
  const auditor = await world.caller(world.tenants.near, "auditor");
  const { items } = await auditor.audit.list({ outcome: ["refused"], action: ["batches"] });
  // A minute may have ended meanwhile.
  expect(items.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  expect(items.length).toBeLessThan(3);
  expect(items[0]).toMatchObject({
    action: "batches.create",
    actor: { id: world.tenants.near.people.viewer, name: "viewer" },
    detail: { code: "NEEDS_batches:create" },
  });
  const far = await world.caller(world.tenants.far, "owner");
  expect((await far.audit.list({ outcome: ["refused"] })).items).toEqual([]);
});

test("a sign-in is told where the person is at home", async () => {
  const id = world.tenants.near.people.operator;
  const email = "operator@near.example";
  await world.database.db.insert(users).values({ id, name: "operator", email });
  const from = { address: "198.51.100.7", requestId: "sign-in" };
  await noteSignIn(world.database.db, { email: "Operator@near.example", ...from });
  await noteSignIn(world.database.db, { email: "nobody@near.example", ...from });
  const auditor = await world.caller(world.tenants.near, "auditor");
  const { items } = await auditor.audit.list({ action: ["sign-in"] });
  expect(items).toMatchObject([{ actor: { id }, detail: { address: "198.51.100.7" } }]);
});

test("the log is only added to, but by retention, from its oldest rows on", async () => {
  const name = randomUUID();
  const add = (age: string) =>
    world.rows(`insert into app.audit_log (at, action) values (now() - interval '${age}', :name)`, {
      name,
    });
  const mine = () => world.rows("select from app.audit_log where action = :name", { name });
  await add("400 days");
  await add("1 day");
  for (const change of [
    "delete from app.audit_log where action = :name",
    "update app.audit_log set actor_id = gen_random_uuid() where action = :name",
    "update app.audit_log set count = count + 1 where action = :name",
  ]) {
    await expect(world.rows(change, { name })).rejects.toMatchObject({ sqlstate: "P0001" });
  }
  expect(await mine()).toHaveLength(2);
  const [kept] = await world.rows<{ pruned: number }>(
    "select app.prune_audit_log(interval '365 days', 1) as pruned",
  );
  expect(kept).toEqual({ pruned: 0 });
  await world.rows("select app.prune_audit_log(interval '365 days', 100000)");
  expect(await mine()).toHaveLength(1);
  await expect(
    world.rows("delete from app.audit_log where action = :name", { name }),
  ).rejects.toMatchObject({ sqlstate: "P0001" });
});

test("whoever may not read contacts is told what was done, and no words of it", async () => {
  const actor = await world.actor(world.tenants.near, "auditor");
  const permissions = new Set([...actor.permissions].filter((name) => name !== "contacts:read"));
  const api = await world.caller(world.tenants.near, "auditor", {
    actor: { ...actor, permissions },
  });
  const { items } = await api.audit.list({ action: ["batches.create"] });
  expect(items[0]).toMatchObject({ action: "batches.create", detail: null, targetId: null });
});

test("the platform's staff read what belongs to no tenant, page by page, and nobody else does", async () => {
  const staff = async (more: Permission[]) => {
    const actor = await world.actor(world.tenants.near, "viewer");
    const permissions = new Set([...actor.permissions, "platform:db.read", ...more] as const);
    return world.caller(world.tenants.near, "viewer", { actor: { ...actor, permissions } });
  };
  const name = randomUUID();
  const tenants = [null, world.tenants.near.id, null, world.tenants.far.id, null];
  for (const tenantId of tenants) {
    await world.rows(
      "insert into app.audit_log (tenant_id, action, target_id, detail) values (:tenantId::uuid, :name, 'somebody', '{\"to\": 1}')",
      { tenantId, name },
    );
  }
  const api = await staff(["contacts:read"]);
  const asked = { action: [name], limit: 2 };
  const first = await api.audit.platform(asked);
  const told = { action: name, actor: null, targetId: "somebody", detail: { to: 1 } };
  expect(first.items).toMatchObject([told, told]);
  const second = await api.audit.platform({ ...asked, cursor: first.nextCursor ?? "" });
  expect(second).toMatchObject({ items: [told], nextCursor: null });
  expect(new Set([...first.items, ...second.items].map(({ auditId }) => auditId)).size).toBe(3);
  const hidden = await (await staff([])).audit.platform(asked);
  expect(hidden.items[0]).toMatchObject({ targetId: null, detail: null });
  const owner = await world.caller(world.tenants.near, "owner");
  await expect(owner.audit.platform({})).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await owner.audit.list({ action: [name] })).items).toHaveLength(1);
});

test("the log is opened by whom the schema belongs to, and by nobody else who may use it", async () => {
  const undo = new Error("rolled back");
  const asStranger = (call: string) =>
    world.database.db.transaction(async (tx) => {
      await executeRawSql(tx, "create role stranger nologin");
      await executeRawSql(tx, "grant usage on schema app to stranger");
      const [row] = await executeRawSql<{ may: boolean }>(
        tx,
        "select has_function_privilege('stranger', :call, 'execute') as may",
        { call },
      );
      throw Object.assign(undo, { may: row?.may });
    });
  for (const call of ["app.open_audit_log()", "app.prune_audit_log(interval, integer)"]) {
    await expect(asStranger(call)).rejects.toMatchObject({ may: false });
  }
});
