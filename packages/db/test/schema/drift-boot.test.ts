import { beforeAll, expect, test } from "vitest";
import {
  type BootLog,
  checkDriftAtBoot,
  describeDrift,
  DriftError,
} from "../../src/drift/index.ts";
import { executeForLibrary } from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import { useServer } from "./harness.ts";

const server = useServer();
let original: { url: string; name: string };

beforeAll(async () => {
  const created = await server.createEmpty();
  await migrate({ url: created.url });
  await created.close();
  original = created;
});

/** A clone with something planted, and a log that remembers. */
async function start(sql: string) {
  const database = await server.clone(original.name);
  await executeForLibrary(database.db, sql);
  const lines: [level: string, message: string][] = [];
  const remember = (level: string) => (_fields: object, message: string) =>
    void lines.push([level, message]);
  const log: BootLog = {
    info: remember("info"),
    warn: remember("warn"),
    error: remember("error"),
  };
  return { database, log, lines };
}

const breaking =
  "alter table roles add column tenant_id uuid not null default gen_random_uuid(); alter table roles alter tenant_id drop default";
const sentence =
  "roles.tenant_id exists in the database, is NOT NULL without default, and is unknown to the schema: creating a role will fail";

test("without drift a start says one line", async () => {
  const { database, log, lines } = await start("select 1");
  await checkDriftAtBoot(database, { log });
  expect(lines).toEqual([["info", "schema compared with the database"]]);
});

test("breaking drift stops the start with the report", async () => {
  const { database, log, lines } = await start(breaking);
  const error = await checkDriftAtBoot(database, { log }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DriftError);
  expect((error as DriftError).message).toContain(sentence);
  expect((error as DriftError).message).toContain("set DRIFT=allow to start all the same");
  expect((error as DriftError).report.counts).toEqual({ breaking: 1, harmful: 0, harmless: 0 });
  expect(lines).toEqual([]);
});

test("breaking drift that is allowed is told as an error, and the start goes on", async () => {
  const { database, log, lines } = await start(breaking);
  await checkDriftAtBoot(database, { log, allow: true });
  expect(lines).toContainEqual(["error", sentence]);
});

test("other drift only warns", async () => {
  const { database, log, lines } = await start(
    "drop index idx_contacts_page_id; create index on tenants (name)",
  );
  const report = await checkDriftAtBoot(database, { log });
  expect(report.counts).toEqual({ breaking: 0, harmful: 1, harmless: 1 });
  expect(lines.map(([level]) => level)).toEqual(["warn", "warn", "info"]);
});

test("the text names what was compared, every difference, its mending, and the unknown tables", async () => {
  const { database, log } = await start(`${breaking}; create table places_staging (id int)`);
  const text = describeDrift(await checkDriftAtBoot(database, { log, allow: true }));
  expect(text.replace(/^\d+ tables compared in \d+ ms/, "30 tables compared in 0 ms")).toBe(
    `30 tables compared in 0 ms, the database has drifted from the schema: 1 breaking

Breaking: something will fail
  - ${sentence}
      alter table roles alter column tenant_id drop not null;

Real tables of this database need decisions of its owner: \`npm run db -- adopt\` lists them in their order, and keeps what its statements change.

The statements are proposals: nothing was changed, and nothing runs them.

Unknown tables, left alone: places_staging`,
  );
});

test("a database that our migrations never saw is told to run them", async () => {
  const { database, log } = await start("drop schema app cascade");
  await expect(checkDriftAtBoot(database, { log })).rejects.toThrow("npm run db -- migrate");
});
