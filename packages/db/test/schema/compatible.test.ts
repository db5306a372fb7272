import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkDriftAtBoot, describeBootFailure } from "../../src/drift/index.ts";
import { executeForLibrary, executeRawSql } from "../../src/index.ts";
import { findLaterMigrations, migrate, migrationsFolder } from "../../src/migrate.ts";
import { useServer } from "./harness.ts";

// A program on a database that a newer version migrated.

const server = useServer();
let compatible: string;
let closing: string;

/** The migrations of a later version: ours, and one more. */
async function makeLater(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "later-"));
  await cp(migrationsFolder, folder, { recursive: true });
  await writeFile(join(folder, "9998_later.sql"), text);
  return folder;
}

beforeAll(async () => {
  compatible = await makeLater("create table app.later (id int);\n");
  closing = await makeLater("-- lowest program: 9998\ncreate table app.later (id int);\n");
});
afterAll(async () => {
  for (const folder of [compatible, closing]) await rm(folder, { recursive: true });
});

async function open(folder: string) {
  const database = await server.createEmpty();
  await migrate({ url: database.url, folder });
  const lines: string[] = [];
  const remember = (_fields: object, message: string) => void lines.push(message);
  const log = { info: remember, warn: remember, error: remember };
  return { database, lines, boot: () => checkDriftAtBoot(database, { log, allow: true }) };
}

test("a newer version that this program may run on is said in a line", async () => {
  const { database, lines, boot } = await open(compatible);
  await boot();
  const line = "a newer version migrated the database to 9998_later; this program may run on it";
  expect(lines).toContain(line);
  const told: string[] = [];
  await migrate({ url: database.url, log: (text) => told.push(text) });
  expect(told).toEqual([line]);
});

test("one that it may not run on stops start and migration, whatever drift is allowed", async () => {
  const { database, boot } = await open(closing);
  const says =
    /this program is too old for the database: .* to 9998_later, .* knows migration 9998/;
  const error = await boot().catch((thrown: unknown) => thrown);
  expect(describeBootFailure(error)).toMatch(says);
  await expect(migrate({ url: database.url })).rejects.toThrow(says);
  expect(await findLaterMigrations(database.db, "9998_later")).toEqual([]);
});

test("tables of a version that said nothing of programs are run on, and get the column when migrated", async () => {
  const { database, boot } = await open(compatible);
  await executeForLibrary(database.db, "alter table app.migrations drop column lowest_program");
  await boot();
  expect(await findLaterMigrations(database.db)).toEqual(["9998_later"]);
  await executeForLibrary(
    database.db,
    "delete from app.migrations where name = '9998_later'; drop table app.later",
  );
  await migrate({ url: database.url, folder: closing });
  expect(
    await executeRawSql(
      database.db,
      "select lowest_program from app.migrations where name like '9998%'",
    ),
  ).toEqual([{ lowest_program: "9998" }]);
});

test("a role that lacks a right is offered the statement that gives it, and may go on by it", async () => {
  const database = await server.createEmpty();
  const role = `plain "${database.name}"`;
  const quoted = `"${role.replaceAll('"', '""')}"`;
  await executeForLibrary(database.db, `create role ${quoted} login`);
  const address = new URL(database.url);
  address.username = encodeURIComponent(role);
  const offers: string[] = [];
  for (let tries = 0; tries < 10; tries++) {
    const failure = await migrate({ url: address.href }).catch((error: Error) => error);
    if (!(failure instanceof Error)) break;
    const [, grant] =
      /Have the owner or a superuser run: (.*;) Then run it again\./.exec(failure.message) ?? [];
    expect(grant, failure.message).toBeDefined();
    offers.push(grant!);
    await executeForLibrary(database.db, grant!);
  }
  expect(offers).toEqual([
    `grant create on database ${database.name} to ${quoted};`,
    `grant usage, create on schema public to ${quoted};`,
  ]);
});
