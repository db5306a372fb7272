import { randomUUID } from "node:crypto";
import { createDatabase, type Database, executeRawSql, type Tx } from "@scrapersky/db";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { useSignInLink } from "../src/index.ts";
import {
  addPerson,
  assignRole,
  createServiceKey,
  createSignInLink,
  createTenant,
  getPerson,
  listApiKeys,
  listStaff,
  type Outsider,
} from "../src/services.ts";

const CLI: Outsider = { actor: null, source: "cli", requestId: "by-hand" };

let clone: TestDatabase;
let database: Database;
let one: Awaited<ReturnType<typeof createTenant>>;
let other: typeof one;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = createDatabase({ url: clone.url, max: 2 });
});
beforeEach(async () => {
  const make = (name: string) =>
    act((tx) => createTenant(tx, CLI, { name: `${name} ${randomUUID()}` }));
  one = await make("One");
  other = await make("Other");
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction(work);
const rows = <T extends object>(sql: string, params: Record<string, unknown> = {}) =>
  executeRawSql<T>(database.db, sql, params);
const add = async (role: string, tenant = one, email = `${randomUUID()}@example.com`) =>
  (await act((tx) => addPerson(tx, CLI, { email, role, tenant }))).profileId;
const assign = (personId: string, role: string, tenant = one) =>
  act((tx) => assignRole(tx, CLI, { personId, tenant, role }));
/** A role in the first system's place for them. */
const giveOldRole = (personId: string, role: string, tenant: typeof one) =>
  rows(
    `insert into user_roles (user_id, role_id, tenant_id)
     select :personId::uuid, r.id, :tenantId::uuid from roles r where r.name = :role`,
    { personId, role, tenantId: tenant.id },
  );

test("a role is given in one tenant, and those of another one stay", async () => {
  const email = `${randomUUID()}@example.com`;
  const personId = await add("viewer", one, email);
  await add("viewer", other, email);
  await giveOldRole(personId, "developer", other);
  expect(await assign(personId, "viewer"), "held already").toMatchObject({ changed: false });
  expect(await assign(personId, "operator")).toMatchObject({ changed: true });
  expect(
    await rows(
      `select t.id = :oneId::uuid as here, r.name, (
         select string_agg(old.name, ',') from user_roles ur join roles old on old.id = ur.role_id
         where ur.user_id = ut.user_id and ur.tenant_id = t.id
       ) as old
       from user_tenants ut join tenants t on t.id = ut.tenant_id join roles r on r.id = ut.role_id
       where ut.user_id = :personId::uuid order by here`,
      { personId, oneId: one.id },
    ),
  ).toEqual([
    { here: false, name: "viewer", old: "developer" },
    { here: true, name: "operator", old: null },
  ]);
});

test("who is a member of another tenant only has no role to be given here", async () => {
  const personId = await add("viewer", other);
  await expect(assign(personId, "operator")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("an owner of another tenant is no second owner of this one", async () => {
  const owner = await add("owner");
  const member = await add("viewer");
  await giveOldRole(member, "owner", other);
  await expect(assign(owner, "viewer")).rejects.toMatchObject({
    details: { errorCode: "LAST_OWNER" },
  });
  await assign(member, "owner");
  expect(await assign(owner, "viewer")).toMatchObject({ changed: true });
});

test("people and keys are listed by tenant", async () => {
  const here = await add("viewer");
  const there = await add("viewer", other);
  const key = (tenantId: string) =>
    act((tx) => createServiceKey(tx, CLI, { tenantId, name: "Importer", scopes: ["jobs:read"] }));
  const [own, foreign] = [await key(one.id), await key(other.id)];
  const staff = JSON.stringify(await listStaff(database.db, one.id));
  expect([staff.includes(here), staff.includes(there)]).toEqual([true, false]);
  const keys = (await listApiKeys(database.db, one.id)).map(({ id }) => id);
  expect(keys).toEqual([own.id]);
  expect(keys).not.toContain(foreign.id);
});

test("acts from outside of tenants are audited with the tenant they are about, and who it was", async () => {
  const email = `${randomUUID()}@example.com`;
  const personId = await add("viewer", one, email);
  await assign(personId, "operator");
  const { link } = await act(async (tx) =>
    createSignInLink(tx, CLI, await getPerson(tx, email), "https://sky.example"),
  );
  const [, token = ""] = link.split("#");
  const use = () =>
    act((tx) => useSignInLink(tx, { token, passwordHash: "a hash", requestId: "from-browser" }));
  await use();
  await use();
  const entries = await rows(
    `select action, tenant_id, actor_id, source, request_id from app.audit_log
     where target_id = :personId order by id`,
    { personId },
  );
  const byHand = { actor_id: null, source: "cli", request_id: "by-hand" };
  expect(entries).toEqual([
    { action: expect.any(String) as string, tenant_id: one.id, ...byHand },
    { action: "rbac.assign", tenant_id: one.id, ...byHand },
    { action: "signInLinks.create", tenant_id: null, ...byHand },
    {
      action: "signInLinks.use",
      tenant_id: one.id,
      actor_id: personId,
      source: "link",
      request_id: "from-browser",
    },
  ]);
});
