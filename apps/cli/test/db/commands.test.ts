import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeStack } from "@scrapersky/machine";
import { beforeAll, describe, expect, test } from "vitest";
import { executeForLibrary, executeRawSql } from "@scrapersky/db";
import { type OpenDatabase, openEmpty, openMigrated } from "../databases.ts";
import { runCommand, startCommand } from "./run-command.ts";

const firstMigration = join(
  import.meta.dirname,
  "../../../../packages/db/migrations/0001_real_tables.sql",
);
let original: OpenDatabase;

beforeAll(async () => (original = await openMigrated()));

describe("the program", () => {
  test("ends with the exit code, results on one stream and problems on the other", async () => {
    const run = (args: string[], DATABASE_URL: string) =>
      startCommand(args, { DATABASE_URL }).ended;
    const [help, wrong, well, away] = await Promise.all([
      run(["--help"], ""),
      run(["destroy"], ""),
      run(["drift", "--json"], original.url),
      run(["health"], await deadAddress()),
    ]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("Usage: npm run db");
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(well).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(well.stdout)).toMatchObject({ command: "drift", ok: true });
    expect(away).toMatchObject({ code: 3, stdout: "" });
    expect(away.stderr).toContain("connect_failed");
  });
});

test.each([
  [["drift", "--json"], "stdout", 0],
  [["--help"], "stdout", 0],
  [["destroy"], "stderr", 2],
] as const)("%j ends quietly when nobody reads its %s", async (args, stream, code) => {
  const { child, ended } = startCommand([...args], { DATABASE_URL: original.url });
  child[stream].destroy();
  expect(await ended).toEqual({ code, stdout: "", stderr: "" });
});

describe("the command line", () => {
  test("--help lists the commands, settings and exit codes", async () => {
    const { code, stdout } = await runCommand(["--help"]);
    expect(code).toBe(0);
    for (const word of [
      "migrate",
      "drift",
      "health",
      "doctor",
      "leads",
      "seed",
      "DATABASE_URL",
      "--json",
    ]) {
      expect(stdout).toContain(word);
    }
  });

  test("takes every line that the documents tell operators to type", async () => {
    const { stdout: help } = await runCommand(["--help"]);
    for (const name of ["server.md", "runbook.md", "adopt.md"]) {
      const text = await readFile(join(import.meta.dirname, "../../../../docs", name), "utf8");
      const lines = text.matchAll(/npm run db -- ([^\n#`]+?) *(?=\n|#|`| {3})/g);
      for (const [, line] of lines) {
        const words = line!.split(" ").filter((word) => word !== "X");
        if (words[0] !== undefined) expect(help).toContain(`\n  ${words[0]} `);
        expect([line, (await runCommand([...words, "--help"])).code]).toEqual([line, 0]);
      }
    }
  });

  test.each([
    [[], "Which command?"],
    [["destroy"], 'There is no command "destroy".'],
    [["constructor"], 'There is no command "constructor".'],
    [["drift", "now"], '"now" is one word too many.'],
    [["drift", "--fast"], "Unknown option '--fast'"],
    [["drift", "--fail-on", "all"], "--fail-on takes breaking, harmful or harmless."],
  ])("%j is refused with the usage", async (args, problem) => {
    const { code, stderr, stdout } = await runCommand(args);
    expect(code).toBe(2);
    expect(stderr).toContain(problem);
    expect(stderr).toContain("Usage: npm run db");
    expect(stdout).toBe("");
    const json = await runCommand([...args, "--json"]);
    expect([json.code, json.stderr]).toEqual([2, ""]);
    expect(JSON.parse(json.stdout)).toEqual({
      command: args[0] ?? null,
      ok: false,
      error: expect.stringContaining(problem) as string,
    });
  });

  test("a setting that is empty says what to set", async () => {
    const { code, stderr } = await runCommand(["health"], { DATABASE_URL: " " });
    expect(code).toBe(2);
    expect(stderr).toContain(
      "DATABASE_URL is empty: set it to postgresql://user:password@host:port/database",
    );
    const json = await runCommand(["health", "--json"]);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({ command: "health", ok: false });
  });

  test("without an address the running stack's database is taken, and said; without one, nothing", async () => {
    const folder = await mkdtemp(join(tmpdir(), "scrapersky-stack-"));
    const settings = { DATABASE_URL: undefined, DATA_DIR: folder };
    const none = await runCommand(["health"], settings);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("no stack")]);

    const stack = await takeStack(folder);
    if ("taken" in stack) throw new Error("a new folder is taken");
    Object.assign(stack.record, { databaseUrl: original.url, web: "http://localhost:3000" });
    await stack.save();
    const found = await runCommand(["health", "--json"], settings);
    expect(found.stderr).toContain("this is the database of http://localhost:3000");
    expect(JSON.parse(found.stdout)).toMatchObject({ ok: true });
    expect((await runCommand(["health"], { ...settings, DATABASE_URL: "" })).code).toBe(2);
    stack.release();
    await rm(folder, { recursive: true });
  });

  test("an address with a parameter nobody knows is a wrong setting", async () => {
    const { code, stderr } = await runCommand(["drift"], {
      DATABASE_URL: `${original.url}?speed=11`,
    });
    expect(code).toBe(2);
    expect(stderr).toContain("unknown parameter speed");
  });

  test("a server that is not there is another exit code", async () => {
    const url = await deadAddress();
    await Promise.all(
      ["migrate", "drift", "health", "doctor"].map(async (command) => {
        const { code, stderr } = await runCommand([command], { DATABASE_URL: url });
        expect([command, code]).toEqual([command, 3]);
        expect(stderr).not.toContain("secret");
        expect(stderr).toContain("check that the server runs");
      }),
    );
  });

  test("each fault of the way is told with what to set, what the server refuses in its own words", async () => {
    const missing = original.url.replace(/[^/]+$/, "nowhere");
    for (const command of ["migrate", "drift", "health", "doctor"]) {
      const { stderr } = await runCommand([command], { DATABASE_URL: missing });
      expect(stderr).toContain("check the database name at the end of the address");
    }
    const { url } = await openMigrated("alter table app.migrations rename column checksum to sum");
    const refused = await runCommand(["migrate"], { DATABASE_URL: url });
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('column "checksum" does not exist; at character '),
    ]);
    expect(refused.stderr).not.toContain("→");
  });
});

describe("migrate", () => {
  test("an empty database gets everything; again, nothing", async () => {
    const { url, db } = await openEmpty();
    const first = await runCommand(["migrate"], { DATABASE_URL: url });
    expect(first.code).toBe(0);
    expect(
      await executeRawSql(db, "select to_regclass('pgboss.job') is not null as queue"),
    ).toEqual([{ queue: true }]);
    expect(first.stdout).toMatch(/^Migrations: \d+ applied\.\n$/);
    expect(first.stderr).toContain("migration 0002_app: applied");
    const again = await runCommand(["migrate", "--json"], { DATABASE_URL: url });
    expect(JSON.parse(again.stdout)).toEqual({
      command: "migrate",
      ok: true,
      applied: [],
      recorded: [],
      identity: expect.stringMatching(/^\d+\/\d+$/) as string,
    });
  });

  test("the direct address is used where there is one", async () => {
    const { url } = await openEmpty();
    const { code } = await runCommand(["migrate"], {
      DATABASE_URL: await deadAddress(),
      DATABASE_MIGRATION_URL: url,
    });
    expect(code).toBe(0);
  });

  test("the chosen mode holds for migrations and queue, but not for a direct address of their own", async () => {
    const { url, db } = await openEmpty();
    // Settings of an address are for connections of one's own: behind a transaction pooler none is sent.
    const readOnly = `${url}?options=-c%20default_transaction_read_only%3Don`;
    const DATABASE_MODE = "transaction";
    const apart = await runCommand(["migrate"], {
      DATABASE_URL: url,
      DATABASE_MIGRATION_URL: readOnly,
      DATABASE_MODE,
    });
    expect([apart.code, apart.stderr]).toEqual([1, expect.stringContaining("read-only")]);
    const pooled = await runCommand(["migrate"], { DATABASE_URL: readOnly, DATABASE_MODE });
    expect([pooled.code, pooled.stderr]).toEqual([0, expect.stringContaining("applied")]);
    expect(
      await executeRawSql(db, "select to_regclass('pgboss.job') is not null as queue"),
    ).toEqual([{ queue: true }]);
  });

  test("where domains were scanned before there were leads it says how to make them, once", async () => {
    const database = await openEmpty();
    await executeForLibrary(database.db, await readFile(firstMigration, "utf8"));
    await executeRawSql(
      database.db,
      "insert into domains (tenant_id, domain) values (gen_random_uuid(), 'shop.example')",
    );
    const settings = { DATABASE_URL: database.url };
    const first = await runCommand(["migrate"], settings);
    expect(first.stdout).toContain(
      "\nMake leads of what was scanned before: npm run db -- leads\n",
    );
    expect((await runCommand(["migrate"], settings)).stdout).toBe("The database is up to date.\n");
  });

  test("breaking drift of the real tables stops it with the report", async () => {
    const database = await openEmpty();
    await executeForLibrary(database.db, await readFile(firstMigration, "utf8"));
    await executeRawSql(database.db, "alter table roles add column tenant_id uuid not null");
    const { code, stderr } = await runCommand(["migrate"], { DATABASE_URL: database.url });
    expect(code).toBe(1);
    expect(stderr).toContain("nothing was touched");
    expect(stderr).toContain("creating a role will fail");
    const json = await runCommand(["migrate", "--json"], { DATABASE_URL: database.url });
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      drift: { counts: { breaking: 1 } },
    });
  });
});

describe("drift", () => {
  test("none: 0, and one line", async () => {
    const { code, stdout } = await runCommand(["drift"], { DATABASE_URL: original.url });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^\d+ tables compared in \d+ ms, no drift: the database is what the schema says\n$/,
    );
  });

  test("breaking: 1, with the sentence and the mending statement", async () => {
    const { url } = await openMigrated(
      "alter table roles add column tenant_id uuid not null default gen_random_uuid(); alter table roles alter tenant_id drop default",
    );
    const { code, stderr } = await runCommand(["drift"], { DATABASE_URL: url });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "roles.tenant_id exists in the database, is NOT NULL without default, and is unknown to the schema: creating a role will fail",
    );
    expect(stderr).toContain("alter table roles alter column tenant_id drop not null;");
    const json = await runCommand(["drift", "--json"], { DATABASE_URL: url });
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      command: "drift",
      ok: false,
      counts: { breaking: 1, harmful: 0, harmless: 0 },
      differences: [{ severity: "breaking", what: "column roles.tenant_id" }],
    });
  });

  test("--fail-on says from which severity on it fails", async () => {
    const { url } = await openMigrated("drop index idx_contacts_page_id");
    const codes = await Promise.all(
      [[], ["--fail-on", "harmful"], ["--fail-on", "harmless"]].map(
        async (flags) => (await runCommand(["drift", ...flags], { DATABASE_URL: url })).code,
      ),
    );
    expect(codes).toEqual([0, 1, 1]);
  });
});

test("health tells both ways, each with its time", async () => {
  const one = await runCommand(["health"], { DATABASE_URL: original.url });
  expect(one.stdout).toMatch(
    /^DATABASE_URL +well, [\d.]+ ms, PostgreSQL \d+\.\d+\nWay +mode direct, no pooler in between\n$/,
  );
  const both = await runCommand(["health"], {
    DATABASE_URL: original.url,
    DATABASE_MIGRATION_URL: await deadAddress(),
  });
  expect(both.code).toBe(1);
  expect(both.stderr).toMatch(/DATABASE_URL +well/);
  expect(both.stderr).toContain("DATABASE_MIGRATION_URL  connect_failed");
  expect(both.stderr).toContain("check that the server runs");
});

test("health tells a server that takes no writes, and the mode that was chosen", async () => {
  const database = await openMigrated(
    `do $$ begin
       execute format('alter database %I set default_transaction_read_only = on', current_database());
     end $$`,
  );
  const settings = { DATABASE_URL: database.url, DATABASE_MODE: "session" };
  const text = await runCommand(["health"], settings);
  expect(text.stdout).toMatch(/PostgreSQL [\d.]+, read-only\n/);
  const json = await runCommand(["health", "--json"], settings);
  expect(JSON.parse(json.stdout)).toMatchObject({
    ok: true,
    mode: "session",
    pooler: { kind: "none" },
    pooled: { ok: true, replica: false, readOnly: true },
    direct: { ok: true, readOnly: true },
  });
  const wrong = await runCommand(["health"], { ...settings, DATABASE_MODE: "fast" });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain(
    'DATABASE_MODE is "fast": set it to one of auto, transaction, session, direct.',
  );
});

test("seed makes the first tenant and its staff, once", async () => {
  const { url } = await openMigrated();
  const first = await runCommand(["seed", "--json"], { DATABASE_URL: url });
  expect(first.stderr).toBe("");
  const { tenant, users } = JSON.parse(first.stdout) as { tenant: string; users: object[] };
  expect(tenant).toBe("skyline");
  expect(users.length).toBeGreaterThan(2);
  const again = await runCommand(["seed"], { DATABASE_URL: url });
  expect([again.code, again.stdout]).toEqual([
    0,
    expect.stringContaining("Tenant skyline and its staff are there already"),
  ]);
});

/** An address at which nobody listens. */
async function deadAddress(): Promise<string> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return `postgresql://user:secret@127.0.0.1:${address.port}/database`;
}
