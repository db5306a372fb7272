import { randomUUID } from "node:crypto";
import {
  addPerson,
  createSignInLink,
  createTenant,
  getPerson,
  type Outsider,
} from "@scrapersky/api/services";
import { seedDemo } from "@scrapersky/api/demo";
import { createDatabase, type Database, executeRawSql, type Tx } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { installQueue } from "@scrapersky/queue";
import {
  addProfileTrigger,
  unreadableAccounts,
  useVariants,
  type VariantDatabase,
} from "@scrapersky/testing/fixtures";
import { hash } from "bcryptjs";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSupabasePasswords } from "../src/auth/supabase-passwords.ts";
import { type ServerSettings, startServer } from "../src/server.ts";
import { collectLog, ownAddress, WEB_URL } from "./stack.ts";

// People of a project of Supabase: as they are written, found again, and let in.

const CLI: Outsider = { actor: null, source: "cli" };
const PASSWORD = "what GoTrue knows";
const variants = await useVariants();
const variant = variants.list.find(
  ({ postgres, role, way }) =>
    postgres === "embedded 18" && role === "ordinary owner" && way === "directly",
)!;

let project: VariantDatabase;
let database: Database;
let tenant: { id: string; name: string; slug: string };
/** A project whose owner has migrated it, with a tenant, and rows that GoTrue wrote. */
beforeAll(async () => {
  project = await variants.createDatabase(variant, { supabase: true });
  await migrate({ url: project.url });
  database = createDatabase({ url: project.url, max: 4 });
  await installQueue(database);
  tenant = await act((tx) => createTenant(tx, CLI, { name: "Firma" }));
});
afterAll(() => database.close());

const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction(work);
const rows = <T extends object>(sql: string, params: Record<string, unknown> = {}) =>
  executeRawSql<T>(database.db, sql, params);
const add = (email: string, role = "viewer", name?: string) =>
  act((tx) => addPerson(tx, CLI, { email, role, tenant, name }));
let count = 0;
const fresh = () => `Ann.${++count}@Example.com`;

/** Somebody as GoTrue wrote them, with changes; the profile is the usual trigger's business or the caller's. */
async function signUp(email: string, changes: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID();
  const account = {
    id,
    instance_id: "00000000-0000-0000-0000-000000000000",
    aud: "authenticated",
    role: "authenticated",
    email,
    encrypted_password: await hash(PASSWORD, 4),
    email_confirmed_at: "2025-01-01",
    is_sso_user: false,
    is_anonymous: false,
    ...changes,
  };
  const names = Object.keys(account).join(", ");
  await rows(
    `insert into auth.users (${names}) select ${names} from jsonb_populate_record(null::auth.users, :account::jsonb)`,
    { account },
  );
  return id;
}

/** A member as the first system made one: an account, a profile and a membership, nothing of ours. */
async function makeMember(email: string, changes: Record<string, unknown> = {}): Promise<string> {
  const id = await signUp(email, changes);
  await rows(
    "insert into profiles (id, tenant_id, email, active) values (:id::uuid, :tenant::uuid, :email, true)",
    { id, tenant: tenant.id, email },
  );
  await rows(
    `insert into user_tenants (user_id, tenant_id, role_id)
     select :id::uuid, :tenant::uuid, id from roles where name = 'operator'`,
    { id, tenant: tenant.id },
  );
  return id;
}

describe("whoever is added", () => {
  test("is the user who has the address already, in whatever case", async () => {
    const email = fresh();
    const id = await signUp(email);
    expect(await add(email.toUpperCase(), "owner")).toMatchObject({ profileId: id, how: "new" });
    expect(
      await rows("select from auth.users where lower(email) = lower(:email)", { email }),
    ).toHaveLength(1);
    expect(await add(email, "owner")).toMatchObject({ profileId: id, how: "member" });
  });

  test("is written once, whole, and as GoTrue can read it", async () => {
    const { profileId, email } = await add(fresh(), "viewer", "Ann");
    expect(
      await rows(
        `select email, role, aud, encrypted_password, raw_app_meta_data, raw_user_meta_data, is_sso_user,
           is_anonymous, email_confirmed_at is not null as confirmed, phone
         from auth.users where id = :profileId::uuid`,
        { profileId },
      ),
    ).toEqual([
      {
        email,
        role: "authenticated",
        aud: "authenticated",
        encrypted_password: "",
        raw_app_meta_data: { provider: "email", providers: ["email"] },
        raw_user_meta_data: { name: "Ann", full_name: "Ann", email_verified: true },
        is_sso_user: false,
        is_anonymous: false,
        confirmed: true,
        phone: null,
      },
    ]);
    expect(
      await rows(`select * from (${unreadableAccounts}) wrong where id = :profileId`, {
        profileId,
      }),
    ).toEqual([]);
  });

  test("has an account in older versions of the tables as well", async () => {
    const older = await variants.createDatabase(variant, { supabase: true });
    const admin = createDatabase({ url: older.adminUrl, max: 1 });
    for (const column of [
      "is_anonymous",
      "is_sso_user",
      "email_change_confirm_status",
      "reauthentication_token",
    ]) {
      await executeRawSql(admin.db, `alter table auth.users drop column ${column} cascade`);
    }
    await executeRawSql(
      admin.db,
      "alter table auth.users add column future_token text, add column note text",
    );
    await executeRawSql(
      admin.db,
      "alter table auth.identities drop column id, drop column provider_id cascade",
    );
    await executeRawSql(admin.db, "alter table auth.identities add column id text not null");
    await migrate({ url: older.url });
    const own = createDatabase({ url: older.url, max: 1 });
    await own.db.transaction(async (tx) => {
      const home = await createTenant(tx, CLI, { name: "Firma" });
      await addPerson(tx, CLI, { email: "ann@example.com", role: "owner", tenant: home });
    });
    const [row] = await executeRawSql<{ id: string }>(
      admin.db,
      "select u.id, future_token, note, i.id as identity from auth.users u join auth.identities i on i.user_id = u.id",
    );
    expect(row).toEqual({ id: row?.id, future_token: "", note: null, identity: row?.id });
    await own.close();
    await admin.close();
  });

  test("is refused in words when the role may not write accounts, and nothing is kept", async () => {
    const closed = await variants.createDatabase(variant, { supabase: true });
    await migrate({ url: closed.url });
    const admin = createDatabase({ url: closed.adminUrl, max: 1 });
    const { user } = closed.owner;
    const own = createDatabase({ url: closed.url, max: 1 });
    const home = await own.db.transaction((tx) => createTenant(tx, CLI, { name: "Firma" }));
    for (const revoke of ["revoke insert on auth.users from", "revoke usage on schema auth from"]) {
      await executeRawSql(admin.db, `${revoke} ${user}`);
      const adding = own.db.transaction((tx) =>
        addPerson(tx, CLI, { email: "ann@example.com", role: "owner", tenant: home }),
      );
      await expect(adding).rejects.toMatchObject({ details: { errorCode: "AUTH_USERS_CLOSED" } });
    }
    expect(await executeRawSql(admin.db, "select from profiles")).toEqual([]);
    await own.close();
    await admin.close();
  });

  test("of the demo has an account too, beside the usual trigger", async () => {
    const demo = await variants.createDatabase(variant, { supabase: true });
    await migrate({ url: demo.url });
    await addProfileTrigger(demo);
    const own = createDatabase({ url: demo.url, max: 1 });
    const { users } = await own.db.transaction((tx) => seedDemo(tx, { resetAccess: false }));
    expect(users).toHaveLength(5);
    const read = (sql: string) => executeRawSql(own.db, sql);
    expect(
      await read("select from auth.users u join profiles p on p.id = u.id and p.name is not null"),
    ).toHaveLength(5);
    expect(await read(unreadableAccounts)).toEqual([]);
    expect(await read("select from tenants")).toHaveLength(2);
    await own.close();
  });
});

describe("who was there before", () => {
  let api: Awaited<ReturnType<typeof serve>>;
  beforeEach(async () => (api = await serve({ SUPABASE_PASSWORDS: true })));
  afterEach(() => api.close());

  test("gets in by a link", async () => {
    const email = fresh();
    const id = await makeMember(email);
    const { link } = await act(async (tx) =>
      createSignInLink(tx, CLI, await getPerson(tx, email), WEB_URL),
    );
    const token = link.split("#")[1];
    expect(
      (await api.post("/api/auth/sign-in/link", { token, password: "a new password" })).status,
    ).toBe(200);
    expect(await api.signIn(email, "a new password")).toBe(200);
    expect(await api.signIn(email, PASSWORD), "the other one is over").toBe(401);
    expect(await rows("select email from app.users where id = :id::uuid", { id })).toEqual([
      { email: email.toLowerCase() },
    ]);
  });

  test("gets in with the password of Supabase, which is ours from then on", async () => {
    const email = fresh();
    const id = await makeMember(email);
    expect(await api.signIn(email, "a guess")).toBe(401);
    expect(await rows("select from app.users where id = :id::uuid", { id })).toEqual([]);
    const statuses = await Promise.all([1, 2, 3].map(() => api.signIn(email, PASSWORD)));
    expect(statuses).toEqual([200, 200, 200]);
    await rows("update auth.users set encrypted_password = :hash where id = :id::uuid", {
      id,
      hash: await hash("changed there", 4),
    });
    expect(await api.signIn(email, "changed there")).toBe(401);
    expect(await api.signIn(email, PASSWORD)).toBe(200);
    expect(
      await rows("select password from app.accounts where user_id = :id::uuid", { id }),
    ).toHaveLength(1);
    expect(
      await rows(
        "select action, source from app.audit_log where actor_id = :id::uuid and action like 'passwords.%'",
        { id },
      ),
    ).toEqual([{ action: "passwords.keep", source: "sign-in" }]);
  });

  test("gets in although another sign-in makes the password ours in between", async () => {
    const email = fresh();
    await makeMember(email);
    const passwords = await createSupabasePasswords(database.db, pino({ enabled: false }));
    const known = await passwords.find(email);
    expect(await api.signIn(email, PASSWORD)).toBe(200);
    const call = { email, password: PASSWORD, requestId: randomUUID() };
    expect(await passwords.adopt(known, call)).toBe(true);
    expect(await passwords.find(email)).toBeUndefined();
    expect(await passwords.adopt(known, { ...call, password: "a guess" })).toBe(false);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["banned", { banned_until: "2999-01-01" }, ""],
    ["deleted", { deleted_at: "2025-01-01" }, ""],
    ["not confirmed", { email_confirmed_at: null }, ""],
    ["of a company's own sign-in", { is_sso_user: true }, ""],
    ["without a password", { encrypted_password: "" }, ""],
    [
      "with something else for a password",
      { encrypted_password: "$argon2id$v=19$m=1,t=1,p=1$AAAA$AAAA" },
      "",
    ],
    ["disabled here", {}, "update profiles set active = false where id = :id::uuid"],
    ["of no tenant", {}, "delete from user_tenants where user_id = :id::uuid"],
  ])("does not get in with it when %s", async (_state, changes, sql) => {
    const email = fresh();
    const id = await makeMember(email, changes);
    if (sql !== "") await rows(sql, { id });
    expect(await api.signIn(email, PASSWORD)).toBe(401);
    expect(await api.signIn(email, "")).not.toBe(200);
    expect(await rows("select from app.accounts where user_id = :id::uuid", { id })).toEqual([]);
  });

  test("is guessed at no more often than anybody", async () => {
    const email = fresh();
    await makeMember(email);
    const guesses = await Promise.all(
      Array.from({ length: 14 }, (_, at) => api.signIn(email, `guess ${at}`)),
    );
    expect(guesses.filter((status) => status === 401)).toHaveLength(10);
    expect(await api.signIn(email, PASSWORD)).toBe(429);
  });
});

test("without the setting nobody gets in with a password of Supabase", async () => {
  const api = await serve({});
  const email = fresh();
  await makeMember(email);
  expect(await api.signIn(email, PASSWORD)).toBe(401);
  await api.close();
});

test("a setting that can have no effect is said in the log", async () => {
  const { user } = project.owner;
  const admin = createDatabase({ url: project.adminUrl, max: 1 });
  await executeRawSql(admin.db, `revoke select on auth.users from ${user}`);
  const api = await serve({ SUPABASE_PASSWORDS: true });
  expect(api.logged()).toContain("the role may not read auth.users");
  expect(await api.signIn("ann.1@example.com", PASSWORD)).toBe(401);
  await executeRawSql(admin.db, `grant select on auth.users to ${user}`);
  await api.close();
  await admin.close();
});

test("a role that may read the password and not whether its owner is banned lets nobody in by it", async () => {
  const { user } = project.owner;
  const admin = createDatabase({ url: project.adminUrl, max: 1 });
  const email = fresh();
  await makeMember(email, { banned_until: "2999-01-01" });
  await executeRawSql(admin.db, `revoke select on auth.users from ${user}`);
  await executeRawSql(
    admin.db,
    `grant select (id, email, encrypted_password) on auth.users to ${user}`,
  );
  const api = await serve({ SUPABASE_PASSWORDS: true });
  try {
    expect(await api.signIn(email, PASSWORD)).toBe(401);
    expect(api.logged()).toContain("the role may not read auth.users");
  } finally {
    await executeRawSql(admin.db, `grant select on auth.users to ${user}`);
    await api.close();
    await admin.close();
  }
});

async function serve(settings: Partial<ServerSettings>) {
  const { sink, logged } = collectLog();
  const server = await startServer(
    {
      DATABASE_URL: project.url,
      API_PORT: 0,
      API_HOST: "127.0.0.1",
      WEB_URL,
      AUTH_SECRET: "a secret of forty characters for the test",
      ...settings,
    },
    pino({ level: "info" }, sink),
  );
  const address = ownAddress();
  const post = (path: string, body: unknown) =>
    fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: WEB_URL, ...address },
      body: JSON.stringify(body),
    });
  return {
    post,
    logged,
    signIn: async (email: string, password: string) =>
      (await post("/api/auth/sign-in/email", { email, password })).status,
    close: () => server.close(),
  };
}
