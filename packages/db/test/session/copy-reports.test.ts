import { AsyncLocalStorage } from "node:async_hooks";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { integer, pgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  copyIn,
  copyOut,
  createDatabase,
  type Database,
  executeRawSql,
  withStatementTags,
} from "../../src/index.ts";
import type { QueryEvent } from "../../src/session/config/hooks.ts";

const part = pgTable("part", { id: integer("id").primaryKey() });
const ROWS = "copy (select n from generate_series(1, 12345) n) to stdout";

const context = new AsyncLocalStorage<string>();
const events: (QueryEvent & { context: string | undefined })[] = [];
let server: EmbeddedPostgres;
let database: Database;

beforeAll(async () => {
  server = await startTemporaryPostgres();
  const query = (event: QueryEvent) => void events.push({ ...event, context: context.getStore() });
  database = createDatabase({ url: server.url, max: 1, hooks: [{ query }] });
  await executeRawSql(database.db, "create table part (id int primary key)");
});
beforeEach(() => {
  events.length = 0;
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

test("what is copied is told like any statement, to the context of its caller", async () => {
  const tags = { procedure: "parts.copy", requestId: "r1" };
  await context.run("caller", () =>
    withStatementTags(tags, async () => {
      await copyIn(database.db, part, ["id"], [[1], [2], [3]], { name: "parts in" });
      await database.db.transaction((tx) => copyOut(tx, ROWS, () => {}));
    }),
  );
  const common = { command: "COPY", failure: undefined, tags, context: "caller" };
  expect(events.filter(({ command }) => command === "COPY")).toEqual([
    {
      ...common,
      name: "parts in",
      text: 'copy "part" ("id") from stdin',
      rows: 3,
      durationMs: expect.any(Number),
    },
    { ...common, name: undefined, text: ROWS, rows: 12_345, durationMs: expect.any(Number) },
  ]);
});

test("the server sees on whose behalf it copies", async () => {
  const pieces: Buffer[] = [];
  const own = "copy (select query from pg_stat_activity where pid = pg_backend_pid()) to stdout";
  await withStatementTags({ requestId: "it's */ 7" }, () =>
    copyOut(database.db, own, (piece) => pieces.push(piece)),
  );
  expect(Buffer.concat(pieces).toString()).toBe(`/*request_id='it%27s%20%2A%2F%207'*/ ${own}\n`);
});

test.each([
  ["that the server refuses", () => copyIn(database.db, part, ["id"], [[9], [9]]), "constraint"],
  [
    "whose taker throws",
    () =>
      copyOut(database.db, ROWS, () => {
        throw new Error("disk full");
      }),
    "aborted",
  ],
  [
    "whose taker never comes back",
    () => copyOut(database.db, ROWS, () => new Promise(() => {}), { stallTimeoutMs: 20 }),
    "statement_timeout",
  ],
])("a copy %s is told as failed, once", async (_what, copy, failure) => {
  await expect(copy()).rejects.toBeInstanceOf(Error);
  expect(events.filter(({ command }) => command === "COPY")).toMatchObject([{ failure, rows: 0 }]);
});
