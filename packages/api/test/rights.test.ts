import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
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
