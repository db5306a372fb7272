import { randomUUID } from "node:crypto";
import { executeForLibrary, executeRawSql } from "@scrapersky/db";
import { beforeAll, describe, expect, test } from "vitest";
import { runStaff } from "../../src/staff/command-line.ts";
import { openEmpty, openMigrated, type OpenDatabase } from "../databases.ts";

let database: OpenDatabase;
beforeAll(async () => (database = await openMigrated()));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const settings = (given: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  DATABASE_URL: database.url,
  // Whatever runs in this checkout has nothing to do with it.
  DATA_DIR: "/nonexistent",
  ...given,
});

async function staff(args: string[], given: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  const code = await runStaff(args, {
    settings: settings(given),
    out: (text) => (said.stdout += text),
    err: (text) => (said.stderr += text),
  });
  return { code, ...said };
}
const json = async <T>(args: string[], given?: NodeJS.ProcessEnv): Promise<T> => {
  const { code, stdout, stderr } = await staff([...args, "--json"], given);
  if (code !== 0) throw new Error(`${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
};
const rows = (sql: string) => executeRawSql(database.db, sql);

let count = 0;
const fresh = () => `ann${++count}@example.com`;
async function makeTenant(): Promise<string> {
  const { slug } = await json<{ slug: string }>(["tenant", "create", `Tenant ${randomUUID()}`]);
  return slug;
}

test("a tenant, its owner and a key are made by the lines that each command suggests next", async () => {
  const made = await staff(["tenant", "create", "Grün & Söhne GmbH"]);
  expect(made).toMatchObject({ code: 0, stderr: "" });
  expect(made.stdout).toContain("npm run staff -- add EMAIL --tenant grun-sohne-gmbh --role owner");
  const added = await staff(
    [
      "add",
      "Grete@Example.com",
      "--tenant",
      "grun-sohne-gmbh",
      "--role",
      "owner",
      "--name",
      "Grete Grün",
    ],
    { WEB_URL: "https://sky.example/" },
  );
  expect(added.stdout).toMatch(
    /^grete@example\.com is now owner of "Grün & Söhne GmbH" \(grun-sohne-gmbh\)\. [^]+\n {2}https:\/\/sky\.example\/sign-in\/link#[\w-]{43}\n[^]+within 24 hours\. Its address is that of WEB_URL\.\n$/,
  );
  const key = [
    "key",
    "create",
    "--tenant",
    "grun-sohne-gmbh",
    "--name",
    "CRM",
    "--scopes",
    "batches:read, jobs:read",
  ];
  const made2 = await staff(key);
  expect(made2.stdout).toMatch(/\n {2}sk_live_[0-9a-f]{12}_[0-9a-f]{48}\n/);
  const [, revoke = ""] = /(key revoke [0-9a-f-]{36})/.exec(made2.stdout) ?? [];
  expect((await staff(revoke.split(" "))).stdout).toContain(
    'The key "CRM" does not work any more.',
  );
  const people = await staff(["list"]);
  expect(people.stdout).toMatch(
    /grete@example\.com +Grete Grün +grun-sohne-gmbh:owner +no password yet/,
  );
  expect((await staff(["tenant", "list"])).stdout).toMatch(/grun-sohne-gmbh +Grün & Söhne GmbH +1/);
  expect((await staff(["key", "list"])).stdout).toMatch(
    /CRM +grun-sohne-gmbh +service account .*revoked/,
  );
});

test("--json prints one object, of exactly what was promised", async () => {
  const tenant = await makeTenant();
  const email = fresh();
  const added = await json<Record<string, string>>([
    "add",
    email,
    "--tenant",
    tenant,
    "--role",
    "operator",
  ]);
  expect(added).toEqual({
    profileId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    email,
    tenant,
    role: "operator",
    link: expect.stringMatching(/^http:\/\/localhost:3000\/sign-in\/link#[\w-]{43}$/),
  });
  const key = ["key", "create", "--tenant", tenant, "--name", "CRM", "--scopes", "jobs:read"];
  const made = await json<{ id: string }>(key);
  expect(made).toEqual({ id: expect.any(String), key: expect.stringMatching(/^sk_live_/) });
  expect(await json(["link", email])).toMatchObject({ profileId: added["profileId"], email });
  const of = { profileId: added["profileId"], email };
  expect(await json(["role", email, "--tenant", tenant, "--role", "viewer"])).toEqual({
    ...of,
    tenant,
    role: "viewer",
    changed: true,
  });
  expect(await json(["disable", email])).toEqual({ ...of, active: false, changed: true });
  expect(await json(["disable", email])).toEqual({ ...of, active: false, changed: false });
  expect(await json(["enable", email])).toEqual({ ...of, active: true, changed: true });
  expect(await json(["list", "--tenant", tenant])).toMatchObject({
    people: [{ email, active: true }],
  });
  expect(await json(["key", "list", "--tenant", tenant])).toMatchObject({
    keys: [{ id: made.id }],
  });
  expect(await json(["key", "revoke", made.id])).toEqual({
    id: made.id,
    name: "CRM",
    revoked: true,
  });
});

test("somebody runs the platform by one line, and a tenant is switched off, deleted and had back", async () => {
  const tenant = await makeTenant();
  const email = fresh();
  await json(["add", email, "--tenant", tenant, "--role", "viewer"]);
  expect((await staff(["platform", "list"])).stdout).toContain("platform grant EMAIL");
  expect(await json(["platform", "grant", email])).toMatchObject({
    email,
    granted: true,
    changed: true,
  });
  expect((await staff(["platform", "grant", email])).stdout).toContain("already");
  expect((await staff(["platform", "list"])).stdout).toContain(email);
  expect(await json(["platform", "list"])).toMatchObject({
    people: [{ email, isPlatformStaff: true }],
  });
  expect(await staff(["tenant", "off", tenant])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Staff of the platform would be locked out"),
  });
  expect((await staff(["platform", "revoke", email])).stdout).toContain("any more");

  const of = { slug: tenant, active: false };
  expect(await json(["tenant", "off", tenant])).toMatchObject({ ...of, changed: true });
  expect(await json(["tenant", "off", tenant])).toMatchObject({ ...of, changed: false });
  expect((await staff(["tenant", "on", tenant])).stdout).toContain("goes on where it was");
  expect(await staff(["tenant", "delete", tenant, "--name", tenant])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("not the name of the tenant"),
  });
  const { tenants } = await json<{ tenants: { slug: string; name: string }[] }>(["tenant", "list"]);
  const { name = "" } = tenants.find(({ slug }) => slug === tenant) ?? {};
  const gone = await staff(["tenant", "delete", tenant, "--name", name]);
  expect(gone.stdout).toContain(`npm run staff -- tenant restore ${tenant}`);
  expect(await json(["tenant", "restore", tenant])).toMatchObject({ slug: tenant, active: true });
});

test("typed again, a line does nothing twice", async () => {
  const email = fresh();
  const lines = [
    ["tenant", "create", "Twice"],
    ["add", email, "--tenant", "twice", "--role", "owner"],
    ["role", email, "--tenant", "twice", "--role", "owner"],
  ];
  const count = () =>
    rows(
      "select (select count(*) from tenants) + (select count(*) from profiles) + (select count(*) from user_tenants) as n",
    );
  for (const line of lines) expect((await staff(line)).code).toBe(0);
  const before = await count();
  for (const line of lines) expect((await staff(line)).code).toBe(0);
  expect(await count()).toEqual(before);
  expect((await staff(["tenant", "create", "Twice"])).stdout).toContain("was there already");
});

describe("refused, with what to do", () => {
  test.each<[string[], number, string]>([
    [[], 2, "Which command?"],
    [["hire"], 2, 'There is no command "hire".'],
    [["tenant"], 2, 'There is no command "tenant".'],
    [["tenant", "drop"], 2, 'There is no command "tenant drop".'],
    [["platform", "grant"], 2, '"platform grant" needs EMAIL.'],
    [["tenant", "create"], 2, '"tenant create" needs NAME.'],
    [["tenant", "create", "Two", "Words"], 2, "put a name of several words in quotes"],
    [["tenant", "create", "  "], 2, "A tenant needs a name"],
    [["add", "a@example.com"], 2, '"add" needs --tenant.'],
    [["add", "a@example.com", "--tenant", "t"], 2, '"add" needs --role.'],
    [
      ["add", "a@example.com", "--tenant", "t", "--role", "owner", "--slug", "x"],
      2,
      '"add" takes no --slug.',
    ],
    [["add", "a@example.com", "--rolle", "owner"], 2, "Unknown option '--rolle'"],
    [
      ["add", "a@example.com", "--tenant", "nowhere", "--role", "owner"],
      2,
      'There is no tenant "nowhere". There are: ',
    ],
    [["link", "nobody@example.com"], 2, "`npm run staff -- list` shows everybody"],
    [["link", "nobody"], 2, '"nobody" is no e-mail address.'],
    [["key", "revoke", "sk_live_000000000000"], 2, "`npm run staff -- key list` shows all keys"],
  ])("%j", async (args, code, words) => {
    const plain = await staff(args);
    expect(plain).toMatchObject({ code, stdout: "" });
    expect(plain.stderr).toContain(words);
    const asJson = await staff([...args, "--json"]);
    expect(asJson).toMatchObject({ code, stderr: "" });
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      ok: false,
      error: expect.stringContaining(words),
    });
  });

  test("a role, a scope and an address that are none", async () => {
    const tenant = await makeTenant();
    const add = (email: string, role: string) =>
      staff(["add", email, "--tenant", tenant, "--role", role]);
    expect(await add("ann@example.com", "boss")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There are: owner, admin"),
    });
    const [, known] = /There are: (.*)\./.exec((await add("ann@example.com", "boss")).stderr) ?? [];
    expect((await staff(["--help"])).stdout).toContain(`Roles: ${known}.`);
    expect(await add("ann", "owner")).toMatchObject({ code: 2 });
    const key = await staff([
      "key",
      "create",
      "--tenant",
      tenant,
      "--name",
      "x",
      "--scopes",
      "batch:read",
    ]);
    expect(key).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("The scopes are: overview:read"),
    });
  });

  test("the last owner, somebody disabled, and a second role by adding", async () => {
    const tenant = await makeTenant();
    const [owner, other] = [fresh(), fresh()];
    await json(["add", owner, "--tenant", tenant, "--role", "owner"]);
    for (const line of [
      ["disable", owner],
      ["role", owner, "--tenant", tenant, "--role", "viewer"],
    ]) {
      expect(await staff(line)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("Make somebody else owner first"),
      });
    }
    await json(["add", other, "--tenant", tenant, "--role", "viewer"]);
    expect(await staff(["add", other, "--tenant", tenant, "--role", "admin"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Change it with `npm run staff -- role`"),
    });
    await json(["disable", other]);
    expect(await staff(["link", other])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("disabled"),
    });
  });

  test("an address of the dashboard that is none", async () => {
    expect(await staff(["list"], { WEB_URL: "sky.example" })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('WEB_URL is "sky.example"'),
    });
  });

  test("a database that is not migrated, and one that is not there", async () => {
    const empty = await openEmpty();
    expect(await staff(["list"], { DATABASE_URL: empty.url })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /lacks \d+ migrations\. Bring it up to date: npm run db -- migrate/,
      ),
    });
    expect(await staff(["list"], { DATABASE_URL: "" })).toMatchObject({ code: 2 });
    const url = database.url.replace(/:\d+\//, ":1/");
    expect(await staff(["list"], { DATABASE_URL: url })).toMatchObject({ code: 3 });
  });
});

describe("the way to a first sign-in", () => {
  test("is told from nothing, and from people without a password", async () => {
    const own = { DATABASE_URL: (await openMigrated()).url };
    expect(await staff(["first"], own)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('npm run staff -- tenant create "Your company"'),
    });
    await json(["tenant", "create", "Firma"], own);
    await json(["add", "ann@example.com", "--tenant", "firma", "--role", "owner"], own);
    expect((await staff(["first"], own)).stdout).toContain("npm run staff -- link EMAIL");
    expect(await json(["first"], own)).toEqual({ tenants: 1, canSignIn: false, made: null });
  });

  test("is gone once by several starts at once, for the owner that is named", async () => {
    const own = {
      DATABASE_URL: (await openMigrated()).url,
      OWNER_EMAIL: " Grete@Firma.example ",
      WEB_URL: "https://sky.example",
    };
    const ended = await Promise.all(
      [1, 2, 3].map(() => json<{ made: { link: string } | null }>(["first"], own)),
    );
    const made = ended.flatMap((one) => one.made ?? []);
    expect(made).toEqual([
      {
        email: "grete@firma.example",
        tenant: "firma-example",
        link: expect.stringMatching(/^https:\/\/sky\.example\/sign-in\/link#/),
      },
    ]);
    expect(await json(["list"], own)).toMatchObject({
      people: [{ memberships: [{ tenant: "firma-example", role: "owner" }] }],
    });
  });

  test("is refused in words for an owner whose address is none", async () => {
    const own = { DATABASE_URL: (await openMigrated()).url, OWNER_EMAIL: "grete" };
    expect(await staff(["first"], own)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('OWNER_EMAIL: "grete" is no e-mail address'),
    });
  });
});

test("help says every command and needs no database", async () => {
  for (const args of [["--help"], ["help"], ["tenant", "create", "-h"]]) {
    const { code, stdout } = await staff(args, { DATABASE_URL: "" });
    expect(code).toBe(0);
    for (const words of ["tenant create", "key revoke", "--json", "Exit codes"])
      expect(stdout).toContain(words);
  }
});

test("a database that needs a newer program gets nobody", async () => {
  const newer = await openMigrated(
    "insert into app.migrations (name, checksum, lowest_program) values ('9999_future', 'x', '9999')",
  );
  const refused = await staff(["tenant", "create", "Too late"], { DATABASE_URL: newer.url });
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("this program is too old for the database"),
  });
});

test("who adds a person to tables that are open to the web is warned until they are closed", async () => {
  const open = await openMigrated(`
    do $$ begin create role anon; exception when duplicate_object then null; end $$;
    grant usage on schema public to anon; grant select on contacts to anon`);
  const at = { DATABASE_URL: open.url };
  await staff(["tenant", "create", "Open house"], at);
  const add = (email: string) =>
    staff(["add", email, "--tenant", "open-house", "--role", "owner", "--json"], at);
  const warned = await add("ann@example.com");
  expect(warned.code).toBe(0);
  expect(Object.keys(JSON.parse(warned.stdout) as object)).not.toContain("warning");
  const [, statements = ""] =
    /^Warning: 1 table of schema public is open to anon, .*public\.contacts\. .* run: (.*)\n$/.exec(
      warned.stderr,
    ) ?? [];
  await executeForLibrary(open.db, statements);
  expect(await add("ben@example.com")).toMatchObject({ code: 0, stderr: "" });
});
