import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import type { AdoptionPlan } from "@scrapersky/db/adopt";
import { getTestServer, preparePgBouncer, startPgBouncer } from "@scrapersky/testing/database";
import { FIRST_PERSON, makeFirstSystem, useVariants } from "@scrapersky/testing/fixtures";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommandLine } from "../../src/db/command-line.ts";
import { runStaff } from "../../src/staff/command-line.ts";
import { type OpenDatabase, openEmpty } from "../databases.ts";
import { runCommand, startCommand } from "./run-command.ts";

const variants = await useVariants();
const canPool = await preparePgBouncer();
const run = promisify(execFile);
const hasClient = await run("psql", ["--version"]).then(
  () => true,
  () => false,
);
let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "adopt-"))));
afterAll(() => rm(folder, { recursive: true }));

async function openFirstSystem(): Promise<OpenDatabase> {
  const database = await openEmpty();
  await makeFirstSystem(database);
  return database;
}

interface Told {
  ok: boolean;
  applied: boolean;
  plan: AdoptionPlan;
  files?: { script: string; wayBack: string };
  wayBack?: string;
  error?: string;
}

const settingsOf = ({ url }: { url: string }) => ({ DATABASE_URL: url });

async function adopt(database: OpenDatabase, ...args: string[]) {
  const { code, stdout } = await runCommand(["adopt", "--json", ...args], settingsOf(database));
  return { code, ...(JSON.parse(stdout) as Told) };
}

/** Every domain of the first system gets its lead. */
async function expectLeads({ db }: Pick<Database, "db">, settings: NodeJS.ProcessEnv) {
  const { code, stdout, stderr } = await runCommand(["leads", "--json"], settings);
  expect(code, stderr).toBe(0);
  const { leads, left } = JSON.parse(stdout) as { leads: number; left: number };
  const [domains] = await executeRawSql(db, "select count(*)::int as leads from domains");
  expect({ leads, left }).toEqual({ ...domains, left: 0 });
  expect(leads).toBeGreaterThan(0);
}

test("from a database of the first system to a person signed in by a link, by the lines each command suggests", async () => {
  const database = await openFirstSystem();
  const listed = await runCommand(["adopt"], settingsOf(database));
  expect(listed).toMatchObject({ code: 0, stderr: "" });
  expect(listed.stdout).toMatch(/^\d+\. Give every batch a uuid; its old text still finds it$/m);
  expect(listed.stdout).toMatch(/^\d+\. npm run db -- migrate$/m);
  expect(listed.stdout).toMatch(/^\d+\. npm run db -- leads$/m);
  expect(listed.stdout).toMatch(/^\d+\. npm run staff -- link EMAIL$/m);

  const done = await adopt(database, "--apply", "--confirm", database.name);
  expect(done).toMatchObject({ code: 0, ok: true, applied: true, plan: { obstacles: [] } });
  expect(done.wayBack).toContain("begin;");
  expect(await runCommand(["migrate"], settingsOf(database))).toMatchObject({ code: 0 });
  const drift = await runCommand(
    ["drift", "--json", "--fail-on", "breaking"],
    settingsOf(database),
  );
  expect(drift.code).toBe(0);
  await expectLeads(database, settingsOf(database));

  const said: string[] = [];
  const code = await runStaff(["link", FIRST_PERSON.email, "--json"], {
    settings: { ...settingsOf(database), DATA_DIR: "/nonexistent" },
    out: (text) => said.push(text),
    err: (text) => said.push(text),
  });
  expect(code, said.join("")).toBe(0);
  expect(JSON.parse(said.join(""))).toMatchObject({ email: FIRST_PERSON.email });
  expect(await adopt(database)).toMatchObject({ code: 0, plan: { state: "current", steps: [] } });
});

for (const variant of variants.list.filter(({ role }) => role === "ordinary owner")) {
  test.runIf(variant.available)(
    `a project of Supabase is adopted, and its person gets in: ${variant.name}`,
    async () => {
      const { name, url, directUrl } = await variants.createDatabase(variant, { supabase: true });
      await makeFirstSystem({ url: directUrl });
      const isPooled = variant.way === "through PgBouncer";
      const settings = {
        DATABASE_URL: url,
        DATABASE_MIGRATION_URL: directUrl,
        ...(isPooled ? { DATABASE_MODE: "transaction" } : {}),
      };
      const adopted = await runCommand(["adopt", "--apply", "--confirm", name], settings);
      expect(adopted.code, adopted.stderr).toBe(0);
      expect(await runCommand(["migrate"], settings)).toMatchObject({ code: 0 });
      const direct = createDatabase({ url: directUrl, max: 1 });
      try {
        await expectLeads(direct, settings);
      } finally {
        await direct.close();
      }
      const said: string[] = [];
      const code = await runStaff(["link", FIRST_PERSON.email], {
        settings: { ...settings, DATA_DIR: "/nonexistent" },
        out: (text) => said.push(text),
        err: (text) => said.push(text),
      });
      expect(code, said.join("")).toBe(0);
    },
  );
}

test.runIf(canPool)("a transaction pooler in between changes nothing", async () => {
  const database = await openFirstSystem();
  const pooler = await startPgBouncer({ target: getTestServer() });
  try {
    const { code, stdout, stderr } = await runCommand(
      ["adopt", "--apply", "--confirm", database.name],
      { DATABASE_URL: pooler.url(database.name), DATABASE_MODE: "transaction" },
    );
    expect(stdout + stderr).toContain("Adopted by plan");
    expect(code).toBe(0);
  } finally {
    await pooler.stop();
  }
});

describe.runIf(hasClient)("the script", () => {
  test("is written beside its way back, runs in psql, and takes the place of no file", async () => {
    const database = await openFirstSystem();
    const out = join(folder, "adopt it.sql");
    const first = await adopt(database, "--out", out);
    expect(first.files).toEqual({ script: out, wayBack: join(folder, "adopt it.back.sql") });
    const again = await adopt(database, "--out", out);
    expect(again).toMatchObject({
      code: 1,
      error: expect.stringContaining("is there already") as string,
    });

    const before = await executeRawSql(database.db, "select * from pages order by id");
    await psql(database, out);
    expect(await adopt(database)).toMatchObject({ plan: { state: "current" } });
    expect(await executeRawSql(database.db, "select * from pages")).toHaveLength(3);
    await psql(database, first.files?.wayBack ?? "");
    expect(await executeRawSql(database.db, "select * from pages order by id")).toEqual(before);
    expect(await readFile(out, "utf8")).toContain("Merge doubled pages");
  });
});

describe("doing it", () => {
  test("needs the name, typed or given", async () => {
    const database = await openFirstSystem();
    const nobody = await adopt(database, "--apply");
    expect(nobody).toMatchObject({
      code: 2,
      applied: false,
      error: `Nothing was done: nobody is here to type the name. Pass --confirm ${database.name}.`,
    });
    expect(await adopt(database, "--apply", "--confirm", "other")).toMatchObject({
      code: 2,
      applied: false,
    });
    expect(await typing(database, "othr")).toBe(2);
    expect((await adopt(database)).plan.state).toBe("first system");
    expect(await typing(database, database.name)).toBe(0);
    expect((await adopt(database)).plan.state).toBe("current");
  });

  test("refuses when rows changed since the plan that is named", async () => {
    const database = await openFirstSystem();
    const { plan } = await adopt(database);
    await executeRawSql(database.db, "update pages set title = 'Else' where title = 'Start'");
    const refused = await adopt(
      database,
      "--apply",
      "--confirm",
      database.name,
      "--plan",
      plan.fingerprint,
    );
    expect(refused).toMatchObject({ code: 1, applied: false });
    expect(refused.error).toContain("rows or tables changed since plan");
  });

  test("on an empty database there is nothing to do", async () => {
    const database = await openEmpty();
    const told = await adopt(database, "--apply", "--confirm", "whatever");
    expect(told).toMatchObject({ code: 0, applied: false, plan: { state: "empty", steps: [] } });
    const { code, stdout } = await startCommand(["adopt"], settingsOf(database)).ended;
    expect(code).toBe(0);
    expect(stdout).toContain("there is nothing to adopt");
  });
});

async function psql(database: OpenDatabase, file: string): Promise<void> {
  await run("psql", ["--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-f", file, database.url]);
}

/** @returns the exit code after a person typed an answer */
const typing = ({ url }: OpenDatabase, answer: string): Promise<number> =>
  runCommandLine(["adopt", "--apply"], {
    settings: { ...settingsOf({ url }), PATH: process.env["PATH"] },
    out: () => {},
    err: () => {},
    ask: () => Promise.resolve(answer),
  });
