import { afterAll, beforeAll, expect, test } from "vitest";
import { proceduresFor, findApiKeyGrant, listStoredJobs, listProfiles } from "../src/index.ts";
import { findServiceActor } from "../src/service-account/find-service-actor.ts";
import { createServiceKey } from "../src/services.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

/** Procedures as a program calls them that holds a key with these scopes. */
async function callerWith(scopes: string[]) {
  const { db } = world.database;
  const { key } = await db.transaction((tx) =>
    createServiceKey(
      tx,
      { actor: null, source: "cli" },
      {
        tenantId: world.tenants.near.id,
        name: "Importer",
        scopes,
      },
    ),
  );
  const grant = await findApiKeyGrant(db, key);
  if (!grant || !("serviceAccountId" in grant.holder)) throw new Error("the key grants nothing");
  const { serviceAccountId } = grant.holder;
  const actor = await findServiceActor(db, {
    serviceAccountId,
    scopes: grant.scopes,
    keyId: grant.keyId,
  });
  if (!actor) throw new Error("the key is nobody's");
  return { id: serviceAccountId, keyId: grant.keyId, api: proceduresFor(world.context({ actor })) };
}

test("a service account submits, lists and cancels, and is named as what it is", async () => {
  const { id, keyId, api } = await callerWith([
    "batches:create",
    "batches:read",
    "batches:cancel",
    "jobs:read",
  ]);
  const input = { domains: ["one.example", "two.example"], idempotencyKey: "nightly" };
  const created = await api.batches.create(input);
  expect(await api.batches.create(input)).toMatchObject({
    batchId: created.batchId,
    replayed: true,
  });
  const createdBy = { id, name: "Importer (service account)" };
  const { items } = await api.batches.list({});
  expect(items.map(({ batchId, createdBy: by }) => [batchId, by])).toEqual([
    [created.batchId, createdBy],
  ]);
  expect(await api.batches.byId({ batchId: created.batchId })).toMatchObject({ createdBy });
  const all = { limit: 100 };
  const { items: jobs } = await listStoredJobs(world.database.db, world.tenants.near.id, all);
  expect(jobs.map((job) => job.createdBy)).toEqual([id, id]);
  await api.batches.cancel({ batchId: created.batchId });
  expect(
    await world.rows(
      "select action, actor_id, source from app.audit_log where actor_id = :id::uuid order by id",
      { id },
    ),
  ).toEqual([
    { action: "batches.create", actor_id: id, source: `trpc:key:${keyId}` },
    { action: "batches.cancel", actor_id: id, source: `trpc:key:${keyId}` },
  ]);
});

test("a service account knows who it is, may what its scopes say, and is nobody of the tenant", async () => {
  const { id, api } = await callerWith(["profiles:read"]);
  const { near } = world.tenants;
  const tenant = { id: near.id, slug: near.slug, name: near.slug };
  expect(await api.profiles.me()).toEqual({
    id,
    name: "Importer (service account)",
    email: null,
    tenant,
    tenants: [tenant],
    role: "service account",
    timeZone: null,
    permissions: ["profiles:read"],
  });
  await expect(api.batches.list({})).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { items } = await api.profiles.list({ limit: 200 });
  expect(items.map((person) => person.id).toSorted()).toEqual(
    Object.values(near.people).toSorted(),
  );
  const records = await listProfiles(world.database.db, near.id, { limit: 100, offset: 0 });
  expect(records.items.map((person) => person.id)).not.toContain(id);
  await expect(api.profiles.byId({ profileId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a scope of the platform, written into a key by hand, gives nothing", async () => {
  const { id, keyId } = await callerWith(["jobs:read"]);
  const actor = await findServiceActor(world.database.db, {
    serviceAccountId: id,
    scopes: ["jobs:read", "platform:health", "no such"],
    keyId,
  });
  expect([...(actor?.permissions ?? [])]).toEqual(["jobs:read"]);
});

test("a service account of a tenant that is switched off is nobody", async () => {
  const { id, keyId } = await callerWith(["jobs:read"]);
  const off = (active: boolean) =>
    world.rows("update tenants set is_active = :active where id = :id::uuid", {
      active,
      id: world.tenants.near.id,
    });
  await off(false);
  const key = { serviceAccountId: id, scopes: ["jobs:read"], keyId };
  expect(await findServiceActor(world.database.db, key)).toBeUndefined();
  await off(true);
  expect(await findServiceActor(world.database.db, key)).toMatchObject({ id });
});
