import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROLES_MAX } from "../src/contract.ts";
import type { Procedures, RoleName } from "../src/index.ts";
import { forgetOld } from "../src/services.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

test("rights are told with every role that gives them, one's own to everybody, others' by right", async () => {
  const { near, far } = world.tenants;
  await world.rows(
    `insert into user_roles (user_id, role_id, tenant_id)
     select :person::uuid, r.id, :tenant::uuid from roles r where r.name = 'operator'`,
    { person: near.people.viewer, tenant: near.id },
  );
  const viewer = await world.caller(near, "viewer");
  const own = await viewer.rbac.effective({});
  expect(own.rights.find(({ permission }) => permission === "jobs:read")).toEqual({
    permission: "jobs:read",
    from: ["operator", "viewer"],
  });
  const actor = await world.actor(near, "viewer");
  expect(own.rights.map(({ permission }) => permission)).toEqual([...actor.permissions].toSorted());
  expect(await viewer.rbac.can({ permission: "batches:create" })).toEqual({
    allowed: true,
    why: "By the role operator.",
  });
  expect(await viewer.rbac.can({ permission: "settings:write" })).toMatchObject({ allowed: false });

  const others = { profileId: near.people.admin };
  await expect(viewer.rbac.effective(others)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const owner = await world.caller(near, "owner");
  expect((await owner.rbac.effective(others)).rights.length).toBeGreaterThan(20);
  await world.rows("update profiles set active = false where id = :admin::uuid", {
    admin: near.people.admin,
  });
  expect(await owner.rbac.can({ ...others, permission: "jobs:read" })).toEqual({
    allowed: false,
    why: "The role admin has it, but the person is disabled.",
  });
  for (const profileId of [far.people.viewer, randomUUID(), "' or 1=1 --"]) {
    await expect(owner.rbac.effective({ profileId })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: "Profile not found",
    });
  }
});

describe("a key that is rotated", () => {
  const made = async (days: number | null) => {
    const owner = await world.caller(world.tenants.near, "owner");
    const expiresAt = days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString();
    const asked = {
      holder: "service" as const,
      name: "Importer",
      scopes: ["jobs:read"],
      expiresAt,
    };
    return { owner, ...(await owner.keys.create(asked)) };
  };
  const DAY_MS = 86_400_000;
  const daysTo = (time: string | null) =>
    time === null ? null : Math.round((Date.parse(time) - Date.now()) / DAY_MS);

  test.each([90, null])("lives as long again (%s days), also the one after it", async (days) => {
    const { owner, keyId } = await made(days);
    const next = await owner.keys.rotate({ keyId, overlapHours: 1 });
    expect(daysTo(next.expiresAt)).toBe(days);
    const last = await owner.keys.rotate({ keyId: next.keyId, overlapHours: 1 });
    expect(daysTo(last.expiresAt)).toBe(days);
  });

  test("is rotated once, also by two at once; when what came of it is revoked, again for as long", async () => {
    const { owner, keyId } = await made(90);
    const both = await Promise.allSettled([1, 2].map(() => owner.keys.rotate({ keyId })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { cause: { details: { errorCode: "KEY_ROTATED" } } },
    });
    const { items } = await owner.keys.list({ q: "Importer" });
    expect(items.find((one) => one.keyId === keyId)).toMatchObject({ rotated: true });
    const [next] = both.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    await owner.keys.revoke({ keyId: next!.keyId });
    expect(daysTo((await owner.keys.rotate({ keyId })).expiresAt)).toBe(90);
  });
});

test("who is taken out of a tenant has no key there, and is told of in another one of theirs from then on", async () => {
  const { near, far } = world.tenants;
  const owner = await world.caller(near, "owner");
  const profileId = near.people.operator;
  const of = { profileId, tenantId: far.id };
  await world.rows(
    "insert into user_tenants (user_id, tenant_id) values (:profileId::uuid, :tenantId::uuid)",
    of,
  );
  const operator = await world.actor(near, "operator");
  const permissions = new Set([...operator.permissions, "apikeys:write" as const]);
  const actor = { ...operator, permissions };
  const own = await world.caller(near, "operator", { actor });
  await own.keys.create({ holder: "me", name: "Mine", scopes: ["jobs:read"] });
  await owner.profiles.remove({ profileId });
  expect(
    await world.rows(
      "select p.tenant_id, k.revoked_at is not null as revoked from profiles p join app.api_keys k on k.profile_id = p.id where p.id = :profileId::uuid",
      { profileId },
    ),
  ).toEqual([{ tenant_id: far.id, revoked: true }]);
  const { items } = await owner.profiles.list({});
  expect(items.map(({ id }) => id)).not.toContain(profileId);
});

test("a time zone is kept with the person, in all of their tenants, and only one that there is", async () => {
  const viewer = await world.caller(world.tenants.far, "viewer");
  const zone = async () => (await viewer.profiles.me()).timeZone;
  expect(await zone()).toBeNull();
  await viewer.profiles.updateMe({ timeZone: "Asia/Tokyo" });
  expect(await zone()).toBe("Asia/Tokyo");
  for (const timeZone of ["Nowhere/At_All", "+01:00", "x".repeat(61), ""]) {
    const refused = viewer.profiles.updateMe({ timeZone });
    await expect(refused).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
  await viewer.profiles.updateMe({ name: "Vera" });
  expect(await zone()).toBe("Asia/Tokyo");
  // What another door wrote there is none of ours to trust.
  await viewer.profiles.preferences.set({ key: "account.zone", value: ["Nowhere"] });
  expect(await zone()).toBeNull();
  await viewer.profiles.updateMe({ timeZone: null });
  expect(await zone()).toBeNull();
});

describe("a role that is lent", () => {
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
  const far = () => world.tenants.far;
  const mayCreate = async () =>
    (await world.actor(far(), "auditor")).permissions.has("batches:create");

  test("is held besides until its moment, and told so; then it is gone by itself", async () => {
    const owner = await world.caller(far(), "owner");
    const profileId = far().people.auditor;
    expect(await mayCreate()).toBe(false);
    const until = hours(1);
    await owner.rbac.lend({ profileId, role: "operator", until });
    expect(await mayCreate()).toBe(true);
    expect(await owner.rbac.assignments({ profileId })).toMatchObject([
      { role: "auditor", until: null },
      { role: "operator", until: expect.stringContaining(until.slice(0, 19)) },
    ]);
    expect((await owner.rbac.can({ profileId, permission: "batches:create" })).why).toBe(
      "By the role operator.",
    );
    await world.rows("update app.role_grants set ends_at = now() + interval '1 minute'");
    expect(await mayCreate()).toBe(true);
    await world.rows("update app.role_grants set ends_at = now()");
    expect(await mayCreate()).toBe(false);
    expect(await owner.rbac.assignments({ profileId })).toHaveLength(1);
    await forgetOld(world.database.db, { auditDays: 365 });
    expect(await world.rows("select from app.role_grants")).toEqual([]);

    await owner.rbac.lend({ profileId, role: "operator", until });
    await owner.rbac.lend({ profileId, role: "operator", until: hours(2) });
    expect(await owner.rbac.assignments({ profileId })).toHaveLength(2);
    const back = { profileId, role: "operator" };
    expect(await owner.rbac.takeBack(back)).toMatchObject({ changed: true });
    expect(await owner.rbac.takeBack(back)).toMatchObject({ changed: false });
    expect(await mayCreate()).toBe(false);
    await owner.rbac.lend({ profileId, role: "operator", until });
    await owner.rbac.assign({ profileId, role: "auditor" });
    expect(await mayCreate()).toBe(false);
  });

  test("ends within a year, is none that its lender lacks, and makes nobody the last owner", async () => {
    const [owner, admin] = [await world.caller(far(), "owner"), await world.caller(far(), "admin")];
    const profileId = far().people.viewer;
    for (const until of [hours(-1), hours(366 * 24 + 1)]) {
      await expect(owner.rbac.lend({ profileId, role: "viewer", until })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    }
    await owner.rbac.lend({ profileId, role: "viewer", until: hours(366 * 24 - 1) });
    await expect(
      admin.rbac.lend({ profileId, role: "owner", until: hours(1) }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    await owner.rbac.lend({ profileId, role: "owner", until: hours(1) });
    // Once that ends nobody would be left.
    await expect(
      owner.rbac.assign({ profileId: far().people.owner, role: "viewer" }),
    ).rejects.toMatchObject({ cause: { details: { errorCode: "LAST_OWNER" } } });
    await owner.rbac.assign({ profileId, role: "viewer" });
  });
});

test("who was lent a role gives nothing of it for longer, to themselves, others, or a key", async () => {
  const { far } = world.tenants;
  const DAY_MS = 86_400_000;
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
  const owner = await world.caller(far, "owner");
  const profileId = far.people.auditor;
  await owner.rbac.lend({ profileId, role: "admin", until: inDays(2) });
  const lent = await world.caller(far, "auditor");
  const actor = await world.actor(far, "auditor");
  const permissions = new Set([...actor.permissions, "platform:roles" as const]);
  const staff = await world.caller(far, "auditor", { actor: { ...actor, permissions } });
  const viewer = (await owner.rbac.roles()).find(({ name }) => name === "viewer");
  const key = { holder: "service" as const, name: "Stays", scopes: ["batches:create"] };
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => "answered",
      (error: { cause: { details: { errorCode: string } } }) => error.cause.details.errorCode,
    );
  const own = { profileId, role: "admin" };
  const { keyId } = await owner.keys.create(key);
  const longer = [
    () => lent.rbac.assign(own),
    () => lent.rbac.lend({ ...own, until: inDays(3) }),
    () => lent.profiles.invite({ email: `${randomUUID()}@far.example`, role: "admin" }),
    () => lent.keys.create(key),
    () => lent.keys.create({ ...key, expiresAt: inDays(3) }),
    () => lent.keys.rotate({ keyId }),
    // Such keys would give for good what ends with them.
    ...["apikeys:write", "profiles:write", "rbac:assign"].map(
      (scope) => () => lent.keys.create({ ...key, scopes: [scope], expiresAt: inDays(1) }),
    ),
    () => staff.rbac.createRole({ name: "Stays", permissions: ["batches:create"] }),
    () => staff.rbac.updateRole({ roleId: viewer!.id, patch: { permissions: ["settings:write"] } }),
  ];
  for (const give of longer) expect(await codeOf(give())).toBe("LENT_RIGHT");
  const colleague = { profileId: far.people.developer, role: "operator" };
  expect(await codeOf(lent.rbac.lend({ ...colleague, until: inDays(1) }))).toBe("answered");
  expect(await codeOf(lent.keys.create({ ...key, expiresAt: inDays(1) }))).toBe("answered");
  // Their own keys end with what they have.
  expect(await codeOf(lent.keys.create({ ...key, holder: "me" }))).toBe("answered");
  await owner.rbac.takeBack(own);
  await owner.rbac.takeBack(colleague);
});

test("a tenant is handed over by its owner alone, who is none any more where the new one says so", async () => {
  const { far } = world.tenants;
  const [owner, admin] = [await world.caller(far, "owner"), await world.caller(far, "admin")];
  const heir = { profileId: far.people.admin, role: "owner" };
  const old = { profileId: far.people.owner, role: "viewer" };
  const refused = { code: "FORBIDDEN" };
  await expect(admin.rbac.assign(heir)).rejects.toMatchObject(refused);
  await expect(owner.rbac.assign(old)).rejects.toMatchObject({
    cause: { details: { errorCode: "LAST_OWNER" } },
  });
  await owner.rbac.assign(heir);
  const next = await world.caller(far, "admin");
  expect(await next.rbac.assign(old)).toMatchObject({ changed: true });
  const former = await world.caller(far, "owner");
  await expect(former.rbac.assign({ ...old, role: "owner" })).rejects.toMatchObject(refused);
  await expect(next.rbac.assign({ ...heir, role: "admin" })).rejects.toMatchObject({
    cause: { details: { errorCode: "LAST_OWNER" } },
  });
  await next.rbac.assign({ ...old, role: "owner" });
  await next.rbac.assign({ ...heir, role: "admin" });
});

describe("a role that staff of the platform change", () => {
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => "answered",
      (error: { cause: { details: { errorCode?: string } }; code: string }) =>
        error.cause?.details?.errorCode ?? error.code,
    );
  const asStaff = async (role: RoleName) => {
    const actor = await world.actor(world.tenants.far, role);
    const permissions = new Set([...actor.permissions, "platform:roles" as const]);
    return world.caller(world.tenants.far, role, { actor: { ...actor, permissions } });
  };

  test("is another one at once wherever it is held, with before and after in the log", async () => {
    const staff = await asStaff("owner");
    const made = await staff.rbac.createRole({ name: "Intern", permissions: ["jobs:read"] });
    const { roleId } = made;
    const profileId = world.tenants.far.people.developer;
    await staff.rbac.assign({ profileId, role: "Intern" });
    const rights = async () => [...(await world.actor(world.tenants.far, "developer")).permissions];
    expect(await rights()).toEqual(["jobs:read"]);
    await staff.rbac.updateRole({
      roleId,
      patch: { name: "Trainee", permissions: ["batches:read", "batches:read"] },
    });
    expect(await rights()).toEqual(["batches:read"]);
    const [told] = await world.rows<{ detail: object }>(
      "select detail from app.audit_log where action = 'rbac.updateRole' and outcome = 'done'",
    );
    expect(told?.detail).toEqual({
      before: { name: "Intern", description: null, permissions: ["jobs:read"] },
      after: { name: "Trainee", description: null, permissions: ["batches:read"] },
    });
    expect(await codeOf(staff.rbac.deleteRole({ roleId }))).toBe("ROLE_HELD");
    await staff.rbac.assign({ profileId, role: "developer" });
    expect(await codeOf(staff.rbac.deleteRole({ roleId }))).toBe("answered");
    expect(await codeOf(staff.rbac.deleteRole({ roleId }))).toBe("NOT_FOUND");
  });

  test("gets nothing that its changer lacks and nothing of the platform, and an owner's stays", async () => {
    const [owner, viewer] = [await asStaff("owner"), await asStaff("viewer")];
    const roles = await owner.rbac.roles();
    const idOf = (name: string) => roles.find((role) => role.name === name)!.id;
    expect(roles.every(({ standard }) => standard)).toBe(true);
    const change = (by: Procedures, name: string, patch: object) =>
      codeOf(by.rbac.updateRole({ roleId: idOf(name), patch }));
    expect(await change(viewer, "viewer", { permissions: ["audit:read"] })).toBe("GRANTS_MORE");
    expect(await codeOf(viewer.rbac.createRole({ name: "x", permissions: ["audit:read"] }))).toBe(
      "GRANTS_MORE",
    );
    for (const permission of ["platform:health", "jobs:dream", "toString"]) {
      expect(await change(owner, "viewer", { permissions: [permission] })).toBe("BAD_REQUEST");
    }
    expect(await change(owner, "owner", { permissions: [] })).toBe("STANDARD_ROLE");
    expect(await change(owner, "viewer", { name: "Reader" })).toBe("STANDARD_ROLE");
    expect(await codeOf(owner.rbac.deleteRole({ roleId: idOf("viewer") }))).toBe("STANDARD_ROLE");
    const twice = ["Extra", "EXTRA"].map((name) =>
      codeOf(owner.rbac.createRole({ name, permissions: [] })),
    );
    expect((await Promise.all(twice)).toSorted()).toEqual(["NAME_TAKEN", "answered"]);
  });

  test(`there are at most ${ROLES_MAX}`, async () => {
    const staff = await asStaff("owner");
    await world.rows(
      `insert into roles (name) select 'many ' || n from generate_series(1, :n::int - 1 - (select count(*)::int from roles)) n`,
      { n: ROLES_MAX },
    );
    expect(await codeOf(staff.rbac.createRole({ name: "last", permissions: [] }))).toBe("answered");
    expect(await codeOf(staff.rbac.createRole({ name: "more", permissions: [] }))).toBe("CONFLICT");
  });
});
