import { randomUUID } from "node:crypto";
import { createDatabase, type Database, executeRawSql, type Tx } from "@scrapersky/db";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findActor, findSignInLink, useSignInLink } from "../src/index.ts";
import {
  addPerson,
  assignRole,
  createServiceKey,
  createSignInLink,
  createTenant,
  disablePerson,
  enablePerson,
  getPerson,
  getTenant,
  grantPlatform,
  listApiKeys,
  listStaff,
  listTenants,
  type Outsider,
  revokeApiKey,
  revokePlatform,
} from "../src/services.ts";

let clone: TestDatabase;
let database: Database;
beforeAll(async () => {
  clone = await createTestDatabase();
  database = createDatabase({ url: clone.url, max: 6 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

const CLI: Outsider = { actor: null, source: "cli" };
const rows = <T extends object>(sql: string, params: Record<string, unknown> = {}) =>
  executeRawSql<T>(database.db, sql, params);
const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction(work);

let tenant: Awaited<ReturnType<typeof createTenant>>;
let count = 0;
/** A tenant with an owner, each test its own. */
beforeEach(async () => {
  tenant = await act((tx) => createTenant(tx, CLI, { name: `Tenant ${++count}` }));
});
const add = (email: string, role = "viewer", more: { name?: string } = {}, to = tenant) =>
  act((tx) => addPerson(tx, CLI, { email, role, tenant: to, ...more }));
const fresh = () => `ann-${randomUUID()}@example.com`;
const roleOf = async (profileId: string) =>
  (await findActor(database.db, { profileId, tenant: tenant.slug }))?.role;

describe("a tenant", () => {
  test("is made once however often it is asked for, also at the same time", async () => {
    const name = `Twice ${randomUUID()}`;
    const made = await Promise.all(
      [name, ` ${name.toUpperCase()}  `, name].map((each) =>
        act((tx) => createTenant(tx, CLI, { name: each })),
      ),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    expect(
      await rows("select from tenants where lower(name) = lower(:name)", { name }),
    ).toHaveLength(1);
  });

  test("gets a number where another one has its slug", async () => {
    const names = ["Café Nord", "Cafe-Nord", "CAFE  (nord)"];
    const slugs = [];
    for (const name of names) slugs.push((await act((tx) => createTenant(tx, CLI, { name }))).slug);
    expect(slugs).toEqual(["cafe-nord", "cafe-nord-2", "cafe-nord-3"]);
  });

  test("of a name that exists is made with a slug of its own", async () => {
    const slug = `own-${randomUUID().slice(0, 8)}`;
    const other = await act((tx) => createTenant(tx, CLI, { name: tenant.name, slug }));
    expect(other).toMatchObject({ slug, name: tenant.name, created: true });
    expect(other.id).not.toBe(tenant.id);
  });

  test.each([
    [{ name: " " }, "needs a name"],
    [{ name: "x".repeat(201) }, "needs a name"],
    [{ name: "A", slug: "Not a slug" }, "cannot stand in an address"],
    [{ name: "A", slug: "-a" }, "cannot stand in an address"],
    [{ name: "A", slug: "x".repeat(64) }, "cannot stand in an address"],
    [{ name: "A", slug: randomUUID() }, "cannot stand in an address"],
  ])("is refused: %j", async (input, words) => {
    await expect(act((tx) => createTenant(tx, CLI, input))).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining(words),
    });
  });

  test("cannot take another one's slug", async () => {
    const taken = act((tx) => createTenant(tx, CLI, { name: "Another", slug: tenant.slug }));
    await expect(taken).rejects.toMatchObject({
      code: "CONFLICT",
      details: { errorCode: "SLUG_TAKEN" },
    });
  });

  test("that another program made is found by id and name, and gets a slug", async () => {
    const id = randomUUID();
    const name = `Älterer Mandant ${id.slice(0, 8)}`;
    await rows("insert into tenants (id, name) values (:id::uuid, :name)", { id, name });
    expect((await listTenants(database.db)).find((one) => one.id === id)).toMatchObject({
      slug: null,
    });
    const found = await act((tx) => getTenant(tx, name.toUpperCase()));
    expect(found).toEqual({ id, name, slug: `alterer-mandant-${id.slice(0, 8)}` });
    expect(await act((tx) => getTenant(tx, id))).toEqual(found);
    expect(await act((tx) => getTenant(tx, found.slug))).toEqual(found);
  });

  test("that is unknown is answered with those there are", async () => {
    await expect(act((tx) => getTenant(tx, "nowhere"))).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("There are: "),
    });
  });
});

describe("a person", () => {
  test("is added once, whatever the case of the address and the spaces around it", async () => {
    const email = fresh();
    const first = await add(` ${email.toUpperCase()} `, "Owner", { name: "  Ann   Ber " });
    expect(first).toMatchObject({ email, role: "owner", how: "new" });
    expect(await add(email, "owner")).toEqual({ ...first, how: "member" });
    expect(await roleOf(first.profileId)).toBe("owner");
    expect(await act((tx) => getPerson(tx, email))).toMatchObject({
      name: "Ann Ber",
      active: true,
    });
  });

  test("is added once by two at the same time", async () => {
    const email = fresh();
    const made = await Promise.all([add(email), add(email), add(email)]);
    expect(new Set(made.map(({ profileId }) => profileId)).size).toBe(1);
    expect(made.map(({ how }) => how).toSorted()).toEqual(["member", "member", "new"]);
  });

  test("of another tenant becomes a member of this one and keeps home and name", async () => {
    const email = fresh();
    const home = await act((tx) => createTenant(tx, CLI, { name: `Home ${randomUUID()}` }));
    const { profileId } = await add(email, "owner", { name: "Ann" }, home);
    expect(await add(email, "viewer", { name: "Somebody" })).toMatchObject({
      profileId,
      how: "joined",
    });
    expect(await findActor(database.db, { profileId })).toMatchObject({
      tenantId: home.id,
      name: "Ann",
    });
    expect(await roleOf(profileId)).toBe("viewer");
  });

  test("that is a member with another role keeps it", async () => {
    const email = fresh();
    const { profileId } = await add(email, "viewer");
    await expect(add(email, "owner")).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await roleOf(profileId)).toBe("viewer");
  });

  test.each([
    "",
    "ann",
    "ann@",
    "ann@example",
    "a b@example.com",
    "ann@exa mple.com",
    `${"a".repeat(250)}@example.com`,
  ])("with the address %j is refused in words", async (email) => {
    await expect(add(email)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining("is no e-mail address"),
    });
  });

  test("with an unknown role is refused with the roles there are, and nothing is kept", async () => {
    const email = fresh();
    await expect(add(email, "boss")).rejects.toMatchObject({
      code: "NOT_FOUND",
      message:
        'There is no role "boss". There are: owner, admin, operator, viewer, auditor, developer.',
    });
    expect(await rows("select from profiles where email = :email", { email })).toEqual([]);
  });

  test("of the first system, without membership and inactive, gets in by being added", async () => {
    const id = randomUUID();
    const email = fresh();
    await rows(
      "insert into profiles (id, tenant_id, email, active) values (:id::uuid, :tenant::uuid, :email, false)",
      { id, tenant: tenant.id, email: `  ${email.toUpperCase()}` },
    );
    expect(await add(email, "operator")).toMatchObject({ profileId: id, how: "new" });
    expect(await roleOf(id)).toBe("operator");
  });

  test("whose address stands on several profiles is asked for by id", async () => {
    const email = fresh();
    const ids = [randomUUID(), randomUUID()];
    for (const id of ids) {
      await rows(
        "insert into profiles (id, tenant_id, email, active) values (:id::uuid, :tenant::uuid, :email, true)",
        { id, tenant: tenant.id, email },
      );
    }
    await expect(act((tx) => getPerson(tx, email))).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await act((tx) => getPerson(tx, ids[1]!))).toMatchObject({ id: ids[1], email });
  });

  test("goes to the first of the memberships when the home tenant is none of them", async () => {
    const { profileId } = await add(fresh(), "viewer");
    const home = await act((tx) => createTenant(tx, CLI, { name: `Elsewhere ${randomUUID()}` }));
    await rows("update profiles set tenant_id = :home::uuid where id = :id::uuid", {
      home: home.id,
      id: profileId,
    });
    expect(await findActor(database.db, { profileId })).toMatchObject({ tenantId: tenant.id });
    const first = await act((tx) => createTenant(tx, CLI, { name: `A first ${randomUUID()}` }));
    const { email } = await act((tx) => getPerson(tx, profileId));
    await add(email, "owner", {}, first);
    expect(await findActor(database.db, { profileId })).toMatchObject({ tenantId: first.id });
    await rows("update tenants set is_active = false where id = :id::uuid", { id: first.id });
    expect(await findActor(database.db, { profileId })).toMatchObject({ tenantId: tenant.id });
  });
});

test("a tenant without a slug is entered by its id", async () => {
  const { profileId } = await add(fresh(), "viewer");
  await rows("delete from app.tenant_slugs where tenant_id = :id::uuid", { id: tenant.id });
  expect(await findActor(database.db, { profileId })).toMatchObject({ tenantSlug: tenant.id });
  expect(await findActor(database.db, { profileId, tenant: tenant.id })).toMatchObject({
    tenantId: tenant.id,
  });
});

test("whoever signs in with another address than the one typed is called by the one that signs in", async () => {
  const { profileId, email } = await add(fresh(), "viewer");
  const typed = fresh();
  await rows("update app.users set email = :other where id = :profileId::uuid", {
    profileId,
    other: `own-${email}`,
  });
  await rows("update profiles set email = :typed where id = :profileId::uuid", {
    profileId,
    typed,
  });
  expect(await act((tx) => getPerson(tx, typed))).toMatchObject({
    id: profileId,
    email: `own-${email}`,
  });
});

describe("the last owner", () => {
  test("can neither be disabled nor demoted; after a second one, can", async () => {
    const owner = await add(fresh(), "owner");
    const of = { personId: owner.profileId, tenant };
    const refused = { code: "INVALID_STATE", details: { errorCode: "LAST_OWNER" } };
    await expect(act((tx) => disablePerson(tx, CLI, of.personId))).rejects.toMatchObject(refused);
    await expect(act((tx) => assignRole(tx, CLI, { ...of, role: "viewer" }))).rejects.toMatchObject(
      refused,
    );
    const second = await add(fresh(), "owner");
    await act((tx) => disablePerson(tx, CLI, second.profileId));
    await expect(act((tx) => disablePerson(tx, CLI, of.personId))).rejects.toMatchObject(refused);
    await act((tx) => enablePerson(tx, CLI, second.profileId));
    expect(await act((tx) => assignRole(tx, CLI, { ...of, role: "Admin" }))).toEqual({
      role: "admin",
      changed: true,
    });
    expect(await roleOf(of.personId)).toBe("admin");
  });

  test("stays when two owners are disabled at the same moment", async () => {
    const owners = await Promise.all([add(fresh(), "owner"), add(fresh(), "owner")]);
    const ends = await Promise.allSettled(
      owners.map(({ profileId }) => act((tx) => disablePerson(tx, CLI, profileId))),
    );
    expect(ends.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("counts also where the first system keeps roles, and a role given here takes the place of those", async () => {
    const { profileId } = await add(fresh(), "viewer");
    await rows(
      `insert into user_roles (user_id, role_id, tenant_id)
       select :profileId::uuid, id, :tenant::uuid from roles where name = 'owner'`,
      { profileId, tenant: tenant.id },
    );
    expect(await roleOf(profileId)).toBe("owner");
    await expect(act((tx) => disablePerson(tx, CLI, profileId))).rejects.toMatchObject({
      details: { errorCode: "LAST_OWNER" },
    });
    await add(fresh(), "owner");
    await act((tx) => assignRole(tx, CLI, { personId: profileId, tenant, role: "viewer" }));
    expect(await roleOf(profileId)).toBe("viewer");
  });
});

describe("who runs the platform", () => {
  const grant = (word: string) =>
    act(async (tx) => grantPlatform(tx, CLI, await getPerson(tx, word)));
  const revoke = (word: string) =>
    act(async (tx) => revokePlatform(tx, CLI, await getPerson(tx, word)));
  const mayQuery = async (profileId: string) =>
    (await findActor(database.db, { profileId }))?.permissions.has("platform:db.query");

  test("is made so and unmade, each once and told in the audit log", async () => {
    const { email, profileId } = await add(fresh());
    expect(await mayQuery(profileId)).toBe(false);
    expect([await grant(email), await grant(email)]).toEqual([true, false]);
    expect(await mayQuery(profileId)).toBe(true);
    const staff = (await listStaff(database.db)).filter((one) => one.isPlatformStaff);
    expect(staff.map(({ id }) => id)).toEqual([profileId]);
    expect([await revoke(email), await revoke(email)]).toEqual([true, false]);
    expect(await mayQuery(profileId)).toBe(false);
    const told = await rows(
      "select action, source, detail from app.audit_log where target_id = :profileId and action like 'platform.%' order by id",
      { profileId },
    );
    expect(told).toEqual([
      {
        action: "platform.grant",
        source: "cli",
        detail: { before: { role: "USER" }, after: { role: "GLOBAL_ADMIN" } },
      },
      {
        action: "platform.revoke",
        source: "cli",
        detail: { before: { role: "GLOBAL_ADMIN" }, after: { role: "USER" } },
      },
    ]);
  });

  test("is nobody who cannot come in", async () => {
    const { email, profileId } = await add(fresh());
    await act((tx) => disablePerson(tx, CLI, profileId));
    await expect(grant(email)).rejects.toMatchObject({ details: { errorCode: "DISABLED" } });
    await act((tx) => enablePerson(tx, CLI, profileId));
    await rows("delete from user_tenants where user_id = :profileId::uuid", { profileId });
    await expect(grant(email)).rejects.toMatchObject({ details: { errorCode: "NO_TENANT" } });
  });
});

describe("a link", () => {
  const WEB = "https://sky.example/";
  const makeLink = async (email: string) => {
    const { link } = await act(async (tx) =>
      createSignInLink(tx, CLI, await getPerson(tx, email), WEB),
    );
    const [page, token = ""] = link.split("#");
    expect(page).toBe("https://sky.example/sign-in/link");
    return token;
  };
  const use = (token: string) =>
    act((tx) => useSignInLink(tx, { token, passwordHash: "a hash", requestId: "test" }));

  test("is open until it is used, which succeeds once of many times at once", async () => {
    const { email, profileId } = await add(fresh());
    const token = await makeLink(email);
    expect(await findSignInLink(database.db, token)).toEqual({ state: "open", email });
    expect(await findSignInLink(database.db, token)).toEqual({ state: "open", email });
    const states = (await Promise.all([use(token), use(token), use(token)])).map(
      ({ state }) => state,
    );
    expect(states.toSorted()).toEqual(["open", "used", "used"]);
    expect(await findSignInLink(database.db, token)).toEqual({ state: "used", email });
    expect(
      await rows("select password from app.accounts where user_id = :profileId::uuid", {
        profileId,
      }),
    ).toEqual([{ password: "a hash" }]);
  });

  test("is kept as a hash, and nowhere else", async () => {
    const token = await makeLink((await add(fresh())).email);
    expect(token).toMatch(/^[\w-]{43}$/);
    const kept = await rows(
      "select l::text as text from app.sign_in_links l union all select a::text from app.audit_log a",
    );
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  test("that is newer voids the older one", async () => {
    const { email } = await add(fresh());
    const [older, newer] = [await makeLink(email), await makeLink(email)];
    expect(await use(older)).toMatchObject({ state: "replaced" });
    expect(await use(newer)).toMatchObject({ state: "open" });
  });

  test("ends after 24 hours", async () => {
    const { email, profileId } = await add(fresh());
    const token = await makeLink(email);
    const move = (by: string) =>
      rows(
        "update app.sign_in_links set expires_at = expires_at - :by::interval where user_id = :id::uuid",
        {
          by,
          id: profileId,
        },
      );
    await move("23 hours 59 minutes");
    expect(await findSignInLink(database.db, token)).toMatchObject({ state: "open" });
    await move("2 minutes");
    expect(await use(token)).toMatchObject({ state: "expired" });
    expect(
      await rows("select from app.accounts where user_id = :profileId::uuid", { profileId }),
    ).toEqual([]);
  });

  test("of somebody disabled does nothing, and none is made", async () => {
    const { email, profileId } = await add(fresh());
    const token = await makeLink(email);
    await act((tx) => disablePerson(tx, CLI, profileId));
    expect(await use(token)).toMatchObject({ state: "disabled" });
    await expect(makeLink(email)).rejects.toMatchObject({ details: { errorCode: "DISABLED" } });
    await expect(add(email)).rejects.toMatchObject({ details: { errorCode: "DISABLED" } });
    await act((tx) => enablePerson(tx, CLI, profileId));
    expect(await use(token)).toMatchObject({ state: "replaced" });
  });

  test.each(["", "x", "x".repeat(10_000)])("with a wrong token is unknown", async (token) => {
    expect(await use(token)).toEqual({ state: "unknown", email: null });
  });

  test("lets a person of the first system in who never signed in here", async () => {
    const id = randomUUID();
    const email = fresh();
    const of = { id, tenant: tenant.id };
    await rows(
      "insert into profiles (id, tenant_id, email, active) values (:id::uuid, :tenant::uuid, :email, true)",
      { ...of, email },
    );
    await expect(makeLink(email)).rejects.toMatchObject({ details: { errorCode: "NO_TENANT" } });
    await rows(
      "insert into user_tenants (user_id, tenant_id) values (:id::uuid, :tenant::uuid)",
      of,
    );
    expect(await use(await makeLink(email))).toEqual({ state: "open", email });
    expect(await rows("select id, email from app.users where id = :id::uuid", { id })).toEqual([
      { id, email },
    ]);
  });
});

test("links that are made at the same time leave one that works, also for somebody who never signed in here", async () => {
  const [id, email] = [randomUUID(), fresh()];
  const of = { id, tenant: tenant.id };
  await rows(
    "insert into profiles (id, tenant_id, email, active) values (:id::uuid, :tenant::uuid, :email, true)",
    { ...of, email },
  );
  await rows("insert into user_tenants (user_id, tenant_id) values (:id::uuid, :tenant::uuid)", of);
  const makeLink = () =>
    act(async (tx) => createSignInLink(tx, CLI, await getPerson(tx, email), "http://a.example"));
  for (const _round of ["first", "second", "third"]) {
    const links = await Promise.all([makeLink(), makeLink(), makeLink(), makeLink()]);
    const states = await Promise.all(
      links.map(({ link }) => findSignInLink(database.db, link.split("#")[1]!)),
    );
    expect(states.filter(({ state }) => state === "open")).toHaveLength(1);
  }
});

describe("a key of a service account", () => {
  const make = (scopes: string[], name = "Nightly import") =>
    act((tx) => createServiceKey(tx, CLI, { tenantId: tenant.id, name, scopes }));

  test("of the same name belongs to the same account, and is revoked by id or by its beginning", async () => {
    const made = [
      await make(["batches:read"]),
      await make(["Batches:Create ", "", "batches:create"]),
    ];
    expect(made[1]?.scopes).toEqual(["batches:create"]);
    const accounts = await rows("select from app.service_accounts where tenant_id = :id::uuid", {
      id: tenant.id,
    });
    expect(accounts).toHaveLength(1);
    const beginning = made[1]!.key.slice(0, "sk_live_".length + 12);
    for (const [word, id] of [
      [made[0]!.id, made[0]!.id],
      [beginning, made[1]!.id],
    ] as const) {
      expect(await act((tx) => revokeApiKey(tx, CLI, word))).toMatchObject({ id, revoked: true });
      expect(await act((tx) => revokeApiKey(tx, CLI, word))).toMatchObject({ id, revoked: false });
    }
    const listed = await listApiKeys(database.db, tenant.id);
    expect(listed.map(({ name, person, revokedAt }) => [name, person, revokedAt !== null])).toEqual(
      [
        ["Nightly import", null, true],
        ["Nightly import", null, true],
      ],
    );
    expect(JSON.stringify(listed)).not.toContain(made[0]!.key.split("_")[3]);
  });

  test.each([
    [["batches:creat"], '"batches:creat"'],
    [["batches:read", "platform:health"], '"platform:health"'],
    [[" ", ""], "at least one scope"],
  ])("with the scopes %j is refused with those there are", async (scopes, words) => {
    const refusal = make(scopes);
    await expect(refusal).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining(words),
    });
    await expect(refusal).rejects.toThrow("The scopes are: overview:read, batches:read");
  });
});

test("everybody is listed, with tenants, roles and whether there is a password", async () => {
  const { email, profileId } = await add(fresh(), "auditor", { name: "Ann" });
  expect(await listStaff(database.db, tenant.id)).toEqual([
    {
      id: profileId,
      email,
      name: "Ann",
      active: true,
      hasPassword: false,
      isPlatformStaff: false,
      memberships: [{ tenant: tenant.slug, role: "auditor" }],
    },
  ]);
});

test("each act leaves its row in the audit log, and none is done where that cannot be written", async () => {
  const { email, profileId } = await add(fresh(), "viewer");
  await add(fresh(), "owner");
  const key = await act((tx) =>
    createServiceKey(tx, CLI, { tenantId: tenant.id, name: "Program", scopes: ["jobs:read"] }),
  );
  const acts: [string, (tx: Tx) => Promise<unknown>][] = [
    ["tenants.create", (tx) => createTenant(tx, CLI, { name: `Audited ${randomUUID()}` })],
    ["profiles.invite", (tx) => addPerson(tx, CLI, { email: fresh(), role: "viewer", tenant })],
    ["rbac.assign", (tx) => assignRole(tx, CLI, { personId: profileId, tenant, role: "admin" })],
    [
      "signInLinks.create",
      async (tx) => createSignInLink(tx, CLI, await getPerson(tx, email), "http://a.example"),
    ],
    ["profiles.disable", (tx) => disablePerson(tx, CLI, profileId)],
    ["profiles.enable", (tx) => enablePerson(tx, CLI, profileId)],
    [
      "keys.create",
      (tx) => createServiceKey(tx, CLI, { tenantId: tenant.id, name: "P", scopes: ["jobs:read"] }),
    ],
    ["keys.revoke", (tx) => revokeApiKey(tx, CLI, key.id)],
  ];
  const entries = () =>
    rows<{ action: string }>(
      "select action, actor_id, source from app.audit_log order by id desc limit 1",
    );
  for (const [action, work] of acts) {
    await rows("alter table app.audit_log rename to audit_log_away");
    await expect(act(work), action).rejects.toMatchObject({ sqlstate: "42P01" });
    await rows("alter table app.audit_log_away rename to audit_log");
    await act(work);
    expect(await entries()).toEqual([{ action, actor_id: null, source: "cli" }]);
  }
});
