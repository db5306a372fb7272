import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FEATURES_MAX } from "../src/contract.ts";
import type { Procedures } from "../src/index.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let near: Procedures;
let far: Procedures;
/** Staff of the platform, in `far`. */
let staff: Procedures;
beforeAll(async () => {
  world = await createWorld();
  near = await world.caller(world.tenants.near, "owner");
  far = await world.caller(world.tenants.far, "admin");
  await world.rows("update profiles set role = 'GLOBAL_ADMIN' where id = :id::uuid", {
    id: world.tenants.far.people.owner,
  });
  staff = await world.caller(world.tenants.far, "owner");
});
afterAll(() => world.close());

const names = async (api: Procedures) =>
  (await api.features.tree()).map(({ name, children }) =>
    children.length === 0 ? name : `${name}(${children.map((child) => child.name).join(" ")})`,
  );
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "answered",
    (error: { cause: { details: { errorCode?: string } }; code: string }) =>
      error.cause?.details?.errorCode ?? error.code,
  );

describe("a feature", () => {
  test("is had by default or by what the tenant says, and entries that need it follow", async () => {
    const made = await staff.features.createFlag({ name: `Maps ${randomUUID()}` });
    const { featureId } = made;
    const needs = { urlPath: "/jobs", of: "all" } as const;
    await staff.features.createEntry({ ...needs, name: "Belongs", featureId });
    await staff.features.createEntry({ ...needs, name: "Needs", requiresFeature: featureId });
    const state = async (api: Procedures) => {
      const flag = (await api.features.flags()).find((one) => one.featureId === featureId);
      const shown = (await names(api)).filter((name) => /^(Belongs|Needs)$/.test(name));
      return [flag?.byDefault, flag?.here, flag?.on, shown.length];
    };
    expect(await state(near)).toEqual([false, null, false, 0]);
    expect(await near.features.setTenant({ featureId, enabled: true })).toEqual({
      featureId,
      here: true,
      on: true,
    });
    expect([await state(near), await state(far)]).toEqual([
      [false, true, true, 2],
      [false, null, false, 0],
    ]);
    await staff.features.updateFlag({ featureId, patch: { byDefault: true } });
    await near.features.setTenant({ featureId, enabled: false });
    expect([await state(near), await state(far)]).toEqual([
      [true, false, false, 0],
      [true, null, true, 2],
    ]);
    await near.features.setTenant({ featureId, enabled: null });
    expect(await state(near)).toEqual([true, null, true, 2]);
    await staff.features.deleteFlag({ featureId });
    expect(await state(far)).toEqual([undefined, undefined, undefined, 0]);
    const entries = await far.features.entries();
    expect(entries.filter(({ name }) => /^(Belongs|Needs)$/.test(name))).toEqual([]);
  });

  test("has a name of its own, and is the platform's to make and change", async () => {
    const name = `Charts ${randomUUID()}`;
    const both = await Promise.all([1, 2].map(() => codeOf(staff.features.createFlag({ name }))));
    expect(both.toSorted()).toEqual(["NAME_TAKEN", "answered"]);
    const other = await staff.features.createFlag({ name: `Other ${name}` });
    const { featureId } = other;
    expect(await codeOf(staff.features.updateFlag({ featureId, patch: { name } }))).toBe(
      "NAME_TAKEN",
    );
    for (const id of [randomUUID(), "' or 1=1 --"]) {
      expect(await codeOf(near.features.setTenant({ featureId: id, enabled: true }))).toBe(
        "NOT_FOUND",
      );
      expect(await codeOf(staff.features.deleteFlag({ featureId: id }))).toBe("NOT_FOUND");
    }
    expect(await codeOf(near.features.createFlag({ name: "Mine" }))).toBe(
      "NEEDS_platform:features",
    );
    await world.rows("delete from feature_flags");
  });

  test(`there are at most ${FEATURES_MAX} of them, and as many entries of a sidebar`, async () => {
    await world.rows(
      "insert into feature_flags (name) select 'many ' || n from generate_series(2, :n::int) n",
      { n: FEATURES_MAX },
    );
    expect(await codeOf(staff.features.createFlag({ name: "last" }))).toBe("answered");
    expect(await codeOf(staff.features.createFlag({ name: "one more" }))).toBe("CONFLICT");
    await world.rows(
      `insert into sidebar_features (sidebar_name, url_path, tenant_id)
       select 'many ' || n, '/jobs', :id::uuid from generate_series(2, :n::int) n`,
      { id: world.tenants.far.id, n: FEATURES_MAX },
    );
    const entry = { name: "Own", urlPath: "/jobs" };
    expect(await codeOf(far.features.createEntry(entry))).toBe("answered");
    expect(await codeOf(far.features.createEntry(entry))).toBe("CONFLICT");
    await world.rows("delete from sidebar_features where tenant_id is not null");
    await world.rows("delete from feature_flags");
  });
});

describe("an entry of the sidebar", () => {
  test("of a tenant is seen by those of it who have its permission, and changed by no other tenant", async () => {
    const own = await near.features.createEntry({
      name: "Our jobs",
      urlPath: "/jobs",
      requiresPermission: "audit:read",
    });
    expect(await names(near)).toContain("Our jobs");
    expect(await names(await world.caller(world.tenants.near, "viewer"))).not.toContain("Our jobs");
    expect(await names(far)).not.toContain("Our jobs");
    const { entryId } = own;
    const foreign = [
      far.features.updateEntry({ entryId, patch: { name: "x" } }),
      far.features.moveEntry({ entryId, parentId: null, order: 1 }),
      far.features.deleteEntry({ entryId }),
      far.features.createEntry({ name: "Below", urlPath: "/jobs", parentId: entryId }),
    ].map(codeOf);
    expect(new Set(await Promise.all(foreign))).toEqual(new Set(["NOT_FOUND"]));
    const [all] = (await near.features.entries()).filter(({ of }) => of === "all");
    const patch = { name: "x" };
    const platforms = [
      near.features.updateEntry({ entryId: all!.entryId, patch }),
      near.features.deleteEntry({ entryId: all!.entryId }),
      near.features.createEntry({ of: "all", name: "x", urlPath: "/jobs" }),
    ].map(codeOf);
    expect(new Set(await Promise.all(platforms))).toEqual(new Set(["NEEDS_platform:features"]));
    const wrong = near.features.createEntry({
      name: "x",
      urlPath: "/jobs",
      requiresPermission: "jobs:dream",
    });
    expect(await codeOf(wrong)).toBe("BAD_REQUEST");
    for (const urlPath of ["jobs", "https://elsewhere.example", "/a?b", "javascript:x"]) {
      expect(await codeOf(near.features.createEntry({ name: "x", urlPath }))).toBe("BAD_REQUEST");
    }
    await near.features.deleteEntry({ entryId });
  });

  test("goes below another with those below it, never below itself, and takes them along when it is removed", async () => {
    const add = (name: string, parentId: string | null = null) =>
      near.features.createEntry({ name, urlPath: "/jobs", parentId, order: 9_000 });
    const one = await add("One");
    const two = await add("Two", one.entryId);
    const three = await add("Three", two.entryId);
    const move = (entryId: string, parentId: string | null) =>
      codeOf(near.features.moveEntry({ entryId, parentId, order: 9_000 }));
    for (const below of [one, two, three]) {
      expect(await move(one.entryId, below.entryId)).toBe("MOVE_CYCLE");
    }
    expect(await move(three.entryId, one.entryId)).toBe("answered");
    expect(await names(near)).toContain("One(Three Two)");
    // Two that go below each other at once: one of them comes too late.
    expect(await move(two.entryId, null)).toBe("answered");
    expect(await move(three.entryId, null)).toBe("answered");
    const both = await Promise.all([
      move(two.entryId, three.entryId),
      move(three.entryId, two.entryId),
    ]);
    expect(both.toSorted()).toEqual(["MOVE_CYCLE", "answered"]);
    const [top, low] = both[0] === "answered" ? [three, two] : [two, three];
    await near.features.deleteEntry({ entryId: top.entryId });
    const left = (await near.features.entries()).map(({ entryId }) => entryId);
    expect(left).not.toContain(low.entryId);
    expect(left).toContain(one.entryId);
    const { entryId: parentId } = await far.features.createEntry({ name: "Own", urlPath: "/jobs" });
    const ofAll = staff.features.createEntry({ of: "all", name: "x", urlPath: "/jobs", parentId });
    expect(await codeOf(ofAll)).toBe("OWN_PARENT");
  });
});
