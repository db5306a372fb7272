import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DOMAIN_STATUSES_MAX } from "../src/batch/domain-statuses.ts";
import { type Procedures, findActor, listStoredJobs, listProfiles } from "../src/index.ts";
import { maySignIn } from "../src/rbac/may-sign-in.ts";
import { listTenantsOf } from "../src/tenant/list-tenants-of.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

// No foreign key ties the tenant of a row to the tenant of what it belongs to: rows of the first system, or a mistake,
// may hang one tenant's row on another's. It is shown to neither through the other, and never written.

let world: World;
let near: Procedures;
let far: Procedures;
beforeAll(async () => {
  world = await createWorld();
  near = await world.caller(world.tenants.near, "owner");
  far = await world.caller(world.tenants.far, "owner");
});
afterAll(() => world.close());

/** A batch of the near tenant with a running job of the far one hung on it. */
async function createMixedBatch(domains: string[]) {
  await world.rows("delete from pgboss.job");
  const { batchId } = await near.batches.create({ domains });
  const foreign = await far.batches.create({ domains: ["foreign.example"] });
  const [claim] = (await claimJobs(world, 100)).filter((each) => each.batchId === foreign.batchId);
  const jobId = claim?.jobId ?? "";
  await world.rows(
    `with moved as (
       update app.scrape_jobs set batch_id = :batchId::uuid, position = 100000 where job_id = :jobId::uuid
     )
     update jobs set batch_id = :batchId::uuid where job_id = :jobId::uuid`,
    { batchId, jobId },
  );
  return { batchId, jobId };
}

test("lists hold the tenant's own rows, whatever others made before and after", async () => {
  await far.batches.create({ domains: ["before.example"] });
  const own = await near.batches.create({ domains: ["own.example"] });
  const after = await far.batches.create({ domains: ["after.example"] });
  const { items: batches } = await near.batches.list({ limit: 2 });
  expect(batches.map((batch) => batch.batchId)).toEqual([own.batchId]);
  const jobs = await near.jobs.list({ limit: 2 });
  expect(jobs.items.map((job) => job.domain)).toEqual(["own.example"]);
  const records = await listStoredJobs(world.database.db, world.tenants.near.id, {
    limit: 2,
  });
  expect(records.items.map((job) => job.domain)).toEqual(["own.example"]);
  const { items } = await far.batches.list({ limit: 1 });
  expect(items.map((batch) => batch.batchId)).toEqual([after.batchId]);
});

test("a cursor leads on in the tenant it came from, and is refused in any other", async () => {
  await near.batches.create({ domains: ["next.example", "last.example"] });
  const { near: here, far: there } = world.tenants;
  type List = (
    as: { api: Procedures; tenantId: string },
    page: { cursor?: string },
  ) => Promise<{ items: unknown[]; nextCursor: string | null }>;
  const lists: List[] = [
    ({ api }, page) => api.batches.list({ limit: 1, ...page }),
    ({ api }, page) => api.jobs.list({ limit: 1, ...page }),
    ({ tenantId }, page) => listStoredJobs(world.database.db, tenantId, { limit: 1, ...page }),
    ({ api }, page) => api.profiles.list({ limit: 1, ...page }),
  ];
  for (const list of lists) {
    const { nextCursor } = await list({ api: near, tenantId: here.id }, {});
    const page = { cursor: nextCursor ?? "" };
    expect((await list({ api: near, tenantId: here.id }, page)).items).toHaveLength(1);
    await expect(list({ api: far, tenantId: there.id }, page)).rejects.toMatchObject({
      code: expect.stringMatching(/^(BAD_REQUEST|INVALID_INPUT)$/) as string,
    });
  }
});

test("a job of another tenant is told among the domains of no batch, small or large", async () => {
  for (const count of [2, DOMAIN_STATUSES_MAX + 1]) {
    const { batchId, jobId } = await createMixedBatch(
      Array.from({ length: count }, (_, index) => `site-${index}.example`),
    );
    const { domains, truncated } = await near.batches.domainStatuses({ batchId });
    expect(truncated).toBe(count > DOMAIN_STATUSES_MAX);
    expect(Object.values(domains).length).toBeGreaterThan(0);
    expect(Object.values(domains).map((domain) => domain.jobId)).not.toContain(jobId);
    expect(domains).not.toHaveProperty("foreign.example");
    for (const order of ["batch", "newest"] as const) {
      const { items } = await near.jobs.list({ batchId, order });
      expect(items.map((job) => job.jobId)).not.toContain(jobId);
    }
    const { items } = await listStoredJobs(world.database.db, world.tenants.near.id, {
      batchId,
      limit: 100,
    });
    expect(items.map((job) => job.jobId)).not.toContain(jobId);
  }
});

test("a job of another tenant is not cancelled with the batch, nor its message withdrawn", async () => {
  const { batchId, jobId } = await createMixedBatch(["own.example"]);
  await near.batches.cancel({ batchId });
  expect(
    await world.rows(
      `select j.status, m.state, a.outcome from jobs j
       join pgboss.job m on m.id = j.job_id join app.job_attempts a on a.job_id = j.job_id
       where j.job_id = :jobId::uuid`,
      { jobId },
    ),
  ).toEqual([{ status: "running", state: "active", outcome: "running" }]);
});

/** A domain that the near tenant has scraped. */
async function scrapeDomain() {
  await world.rows("delete from pgboss.job");
  const { batchId } = await near.batches.create({ domains: ["bakery.example"] });
  const [claim] = await claimJobs(world, 1);
  if (!claim) throw new Error("nothing was claimed");
  await recordClaim(world, claim, done());
  const { domainId } = await near.jobs.byId({ jobId: claim.jobId });
  return { batchId, domainId: domainId ?? "" };
}

test("a page and a job of another tenant are not shown with the domain they name", async () => {
  const { domainId } = await scrapeDomain();
  await far.batches.create({ domains: ["bakery.example"] });
  await world.rows(
    `insert into pages (domain_id, tenant_id, url)
     values (:domainId::uuid, :farId::uuid, 'https://bakery.example/foreign')`,
    { domainId, farId: world.tenants.far.id },
  );
  const { pages, storedPages, recentJobs } = await near.domains.byId({ domainId });
  expect(pages.map(({ url }) => url)).toEqual([
    "https://bakery.example/",
    "https://bakery.example/contact",
  ]);
  expect(storedPages).toBe(2);
  const own = await near.jobs.list({ q: "bakery.example", limit: 100 });
  expect(recentJobs.map((job) => job.jobId)).toEqual(own.items.map((job) => job.jobId));
});

test("facts, changes and domains of another tenant are not shown with the lead they hang on", async () => {
  const { domainId } = await scrapeDomain();
  const before = await near.leads.byId({ domainId });
  const place = { domainId, farId: world.tenants.far.id };
  for (const foreign of [
    "lead_emails (domain_id, tenant_id, email, kind, free, own_domain, pages) values (:domainId::uuid, :farId::uuid, 'foreign@x.example', 'other', false, false, '{}')",
    "lead_phones (domain_id, tenant_id, e164, fax, pages) values (:domainId::uuid, :farId::uuid, '+431', false, '{}')",
    "lead_people (domain_id, tenant_id, name, page) values (:domainId::uuid, :farId::uuid, 'Foreign', '')",
    "lead_socials (domain_id, tenant_id, network, account, url) values (:domainId::uuid, :farId::uuid, 'x', 'foreign', '')",
    "lead_addresses (domain_id, tenant_id, written) values (:domainId::uuid, :farId::uuid, 'Foreign')",
    "lead_technologies (domain_id, tenant_id, name, category) values (:domainId::uuid, :farId::uuid, 'Foreign', 'CMS')",
    "lead_changes (domain_id, tenant_id, scanned_at, changes) values (:domainId::uuid, :farId::uuid, now(), '[]')",
  ]) {
    await world.rows(`insert into app.${foreign}`, place);
  }
  await world.rows(
    `with other as (insert into domains (tenant_id, domain) values (:farId::uuid, 'other.example') returning id)
     insert into app.leads (domain_id, tenant_id, domain, display_domain, business_key, first_scan, last_scan)
     select other.id, :farId::uuid, 'other.example', 'other.example', l.business_key, now(), now()
     from other, app.leads l where l.domain_id = :domainId::uuid`,
    place,
  );
  expect(await near.leads.byId({ domainId })).toEqual(before);
});

test("the sidebar has the entries of everyone and of the tenant, by the tenant's own switches", async () => {
  const ids = { near: world.tenants.near.id, far: world.tenants.far.id };
  await world.rows(
    `insert into sidebar_features (sidebar_name, url_path, tenant_id)
     values ('Own entry', '/own', :near::uuid), ('Foreign entry', '/foreign', :far::uuid)`,
    ids,
  );
  await world.rows(
    `with flag as (insert into feature_flags (name, default_enabled) values ('scope', true) returning id),
     switched as (
       insert into tenant_features (tenant_id, feature_id, is_enabled) select :far::uuid, id, false from flag
     )
     insert into sidebar_features (sidebar_name, url_path, feature_id) select 'Switched entry', '/switched', id from flag`,
    { far: ids.far },
  );
  const names = async (api: Procedures) => (await api.features.tree()).map(({ name }) => name);
  expect(await names(near)).toEqual(
    expect.arrayContaining(["Batches", "Own entry", "Switched entry"]),
  );
  expect(await names(near)).not.toContain("Foreign entry");
  expect(await names(far)).toEqual(expect.arrayContaining(["Batches", "Foreign entry"]));
  expect(await names(far)).not.toContain("Own entry");
  expect(await names(far)).not.toContain("Switched entry");
});

/** Somebody at home in one tenant, with a role in each of these. */
async function addPerson(home: World["tenants"]["near"], roles: Record<string, string>) {
  const id: string = randomUUID();
  await world.rows(
    `insert into profiles (id, tenant_id, name, email, active, role)
     values (:id::uuid, :home::uuid, 'Guest', :email, true, 'USER')`,
    { id, home: home.id, email: `${id}@guests.example` },
  );
  for (const [tenantId, role] of Object.entries(roles)) {
    await world.rows(
      `insert into user_tenants (user_id, tenant_id, role_id)
       select :id::uuid, :tenantId::uuid, r.id from roles r where r.name = :role`,
      { id, tenantId, role },
    );
  }
  return id;
}

test("people are those at home in the tenant and its members, each with the role held there", async () => {
  const { near: here, far: there } = world.tenants;
  const member = await addPerson(there, { [here.id]: "viewer", [there.id]: "owner" });
  const atHome = await addPerson(here, { [there.id]: "owner" });
  const stranger = await addPerson(there, { [there.id]: "owner" });
  const roleOf = async (profileId: string) => (await near.profiles.byId({ profileId })).tenantRole;
  expect(await roleOf(member)).toBe("viewer");
  expect(await roleOf(atHome)).toBeNull();
  await expect(roleOf(stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const list of [
    (await near.profiles.list({ limit: 100 })).items,
    (await listProfiles(world.database.db, here.id, { limit: 100, offset: 0 })).items,
  ]) {
    const ids = list.map((person) => person.id);
    expect(ids.filter((id) => [member, atHome, stranger].includes(id)).toSorted()).toEqual(
      [member, atHome].toSorted(),
    );
  }
});

test("rights are those of the roles held in the tenant, and of those held everywhere", async () => {
  const { near: here, far: there } = world.tenants;
  const { db } = world.database;
  const id = await addPerson(here, { [here.id]: "viewer", [there.id]: "owner" });
  const rights = async (tenant: string | undefined) =>
    (await findActor(db, { profileId: id, tenant }))?.permissions;
  expect((await rights(here.slug))?.has("batches:create")).toBe(false);
  expect((await rights(there.slug))?.has("batches:create")).toBe(true);
  expect((await rights(there.id))?.has("batches:create")).toBe(true);
  expect((await rights(undefined))?.has("batches:create"), "at home").toBe(false);
  const narrow = await findActor(db, { profileId: id, tenant: there.id, scopes: ["jobs:read"] });
  expect([...(narrow?.permissions ?? [])], "through a key").toEqual(["jobs:read"]);

  const give = (tenantId: string | null, of = id) =>
    world.rows(
      `insert into user_roles (user_id, role_id, tenant_id)
       select :of::uuid, r.id, :tenantId::uuid from roles r where r.name = 'operator'
       on conflict (user_id, role_id) do update set tenant_id = excluded.tenant_id`,
      { of, tenantId },
    );
  await give(there.id);
  await give(here.id, there.people.viewer);
  expect((await rights(here.slug))?.has("batches:create")).toBe(false);
  await give(here.id);
  expect((await rights(here.slug))?.has("batches:create")).toBe(true);
  await world.rows("delete from user_roles where user_id = :id::uuid", { id });
  await give(null);
  expect((await rights(here.slug))?.has("batches:create")).toBe(true);
});

test("a tenant that is switched off, or that a person is no member of, is nobody's", async () => {
  const { near: here, far: there } = world.tenants;
  const { db } = world.database;
  const id = await addPerson(here, { [here.id]: "viewer", [there.id]: "viewer" });
  const slugs = async () => (await listTenantsOf(db, id)).map(({ slug }) => slug);
  expect(await slugs()).toEqual(["far", "near"]);
  await world.rows("update tenants set is_active = false where id = :id::uuid", { id: there.id });
  expect(await slugs()).toEqual(["near"]);
  expect(await findActor(db, { profileId: id, tenant: "far" })).toBeUndefined();
  await world.rows("update tenants set is_active = true where id = :id::uuid", { id: there.id });
  await world.rows(
    "delete from user_tenants where user_id = :id::uuid and tenant_id = :tenantId::uuid",
    {
      id,
      tenantId: there.id,
    },
  );
  expect(await slugs()).toEqual(["near"]);
  expect(await findActor(db, { profileId: id, tenant: "far" })).toBeUndefined();
  expect(await maySignIn(db, id)).toBe(true);
  const switchNear = (active: boolean) =>
    world.rows("update tenants set is_active = :active where id = :id::uuid", {
      active,
      id: here.id,
    });
  await switchNear(false);
  expect(await maySignIn(db, id), "of no tenant that is switched on").toBe(false);
  await switchNear(true);
  await world.rows("update profiles set active = false where id = :id::uuid", { id });
  expect(await maySignIn(db, id), "who is switched off").toBe(false);
  expect(await findActor(db, { profileId: id, tenant: "near" })).toBeUndefined();
});
