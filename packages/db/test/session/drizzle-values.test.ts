import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { eq, placeholder, sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  date,
  integer,
  jsonb,
  line,
  numeric,
  pgEnum,
  pgTable,
  point,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyIn, createDatabase, type Database, executeRawSql } from "../../src/index.ts";

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });
const settings = customType<{ data: { on: boolean }; driverData: { on: boolean } | string }>({
  dataType: () => "jsonb",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => (typeof value === "string" ? { on: false } : value),
});
const mood = pgEnum("mood", ["calm", "busy"]);

const lists = pgTable("list", {
  id: integer("id").primaryKey(),
  numbers: numeric("numbers", { mode: "number" }).array(),
  bigNumbers: numeric("big_numbers", { mode: "bigint" }).array(),
  texts: text("texts").array(),
  ints: integer("ints").array(),
  bigs: bigint("bigs", { mode: "number" }).array(),
  flags: boolean("flags").array(),
  days: date("days", { mode: "date" }).array(),
  instants: timestamp("instants", { withTimezone: true }).array(),
  local: timestamp("local").array(),
  lines: line("lines").array(),
  places: point("places", { mode: "xy" }).array(),
  moods: mood("moods").array(),
  keys: uuid("keys").array(),
  documents: jsonb("documents").array(),
  files: bytes("files").array(),
  grid: integer("grid").array().array(),
});
const things = pgTable("thing", {
  id: integer("id").primaryKey(),
  detail: jsonb("detail"),
  settings: settings("settings"),
  name: text("name"),
});

let server: EmbeddedPostgres;
let database: Database;
beforeAll(async () => {
  server = await startTemporaryPostgres();
  database = createDatabase({ url: server.url, max: 2 });
  await executeRawSql(
    database.db,
    `create type mood as enum ('calm', 'busy');
     create table list (id int primary key, numbers numeric[], big_numbers numeric[], texts text[], ints int[],
       bigs bigint[], flags bool[], days date[], instants timestamptz[], local timestamp[], lines line[],
       places point[], moods mood[], keys uuid[], documents jsonb[], files bytea[], grid int[][]);
     create table thing (id int primary key, detail jsonb, settings jsonb, name text)`,
  );
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const BYTES = Buffer.from([0, 1, 92, 34, 0, 255, 123, 44]);
const full: Omit<typeof lists.$inferInsert, "id"> = {
  numbers: [1.5, -2],
  bigNumbers: [12345678901234567890n],
  texts: ["a,b", 'q"', "NULL", "", "\\", "{}"],
  ints: [1, -2],
  bigs: [9007199254740991],
  flags: [true, false],
  days: [new Date("2026-02-28T00:00:00Z")],
  instants: [new Date("2026-11-21T10:00:00.123Z")],
  local: [new Date("2026-11-21T10:00:00Z")],
  lines: [[1, 2, 3]],
  places: [{ x: 1, y: -2 }],
  moods: ["busy", "calm"],
  keys: ["00000000-0000-4000-8000-000000000001"],
  documents: [{ a: 'x"' }, [1, null], "text"],
  files: [BYTES, Buffer.alloc(0)],
  grid: [
    [1, 2],
    [3, 4],
  ],
};
/** The same with a NULL at the end of each; those of two dimensions have one in each row. */
const withNulls = Object.fromEntries(
  Object.entries(full).map(([name, list]) => [
    name,
    name === "grid" ? (list as number[][]).map((row) => [...row, null]) : [...list!, null],
  ]),
) as typeof full;

describe("arrays come back as they were given", () => {
  test.each([
    ["full ones", 1, full],
    ["with NULL in them", 2, withNulls],
    ["empty ones", 3, Object.fromEntries(Object.keys(full).map((name) => [name, []]))],
    ["none", 4, Object.fromEntries(Object.keys(full).map((name) => [name, null]))],
  ])("%s", async (_, id, values) => {
    await database.db.insert(lists).values({ id, ...values });
    const [row] = await database.db.select().from(lists).where(eq(lists.id, id));
    expect(row).toEqual({ id, ...values });
    const [returned] = await database.db
      .update(lists)
      .set(values)
      .where(eq(lists.id, id))
      .returning();
    expect(returned).toEqual({ id, ...values });
  });

  test("by a placeholder, in a sub-query, in a COPY and beside a join", async () => {
    const { db } = database;
    const byPlaceholder = db
      .insert(lists)
      .values({ id: 10, files: placeholder("files"), numbers: placeholder("numbers") })
      .returning({ files: lists.files, numbers: lists.numbers })
      .prepare("by placeholder");
    const values = { files: [BYTES, null], numbers: [1, null] };
    expect(await byPlaceholder.execute(values)).toEqual([values]);
    const inside = db
      .select({ id: lists.id, files: lists.files })
      .from(lists)
      .where(eq(lists.files, [BYTES, null] as Buffer[]))
      .as("inside");
    const joined = await db
      .select({ files: inside.files, list: { numbers: lists.numbers } })
      .from(inside)
      .innerJoin(lists, eq(lists.id, inside.id));
    expect(joined).toEqual([{ files: values.files, list: { numbers: values.numbers } }]);
    await copyIn(db, lists, ["id", "files", "documents"], [[11, [BYTES, null], [{ a: 1 }, null]]]);
    const [copied] = await db.select().from(lists).where(eq(lists.id, 11));
    expect(copied).toMatchObject({ files: [BYTES, null], documents: [{ a: 1 }, null] });
  });

  test("bytes alone keep their NUL, a text alone loses it", async () => {
    const [row] = await executeRawSql<{ same: boolean; length: number }>(
      database.db,
      "select :bytes::bytea = '\\x00015c2200ff7b2c' as same, length(:word) as length",
      { bytes: BYTES, word: "a\0b" },
    );
    expect(row).toEqual({ same: true, length: 2 });
  });
});

describe("JSON that no json() or jsonb() column stands for is parsed", () => {
  beforeAll(async () => {
    await database.db.insert(things).values([
      { id: 1, detail: { tags: ["a"], n: 1, text: "1" }, settings: { on: true }, name: '{"a":1}' },
      { id: 2, detail: "just text", settings: null, name: null },
    ]);
  });
  const first = eq(things.id, 1);

  test("a part of a value, an aggregate and a function", async () => {
    const { db } = database;
    const [row] = await db
      .select({
        tags: sql`${things.detail}->'tags'`,
        text: sql`${things.detail}->'text'`,
        plain: sql`${things.detail}->>'n'`,
        built: sql`jsonb_build_object('name', ${things.name})`.as("built"),
        more: { list: sql`array[${things.detail}, null]` },
        column: things.detail,
        name: things.name,
      })
      .from(things)
      .where(first);
    const detail = { tags: ["a"], n: 1, text: "1" };
    expect(row).toEqual({
      tags: ["a"],
      text: "1",
      plain: "1",
      built: { name: '{"a":1}' },
      more: { list: [detail, null] },
      column: detail,
      name: '{"a":1}',
    });
    const all = await db
      .select({ details: sql`jsonb_agg(${things.detail} order by ${things.id})` })
      .from(things);
    expect(all).toEqual([{ details: [detail, "just text"] }]);
    const none = await db
      .select({ none: sql`json_agg(${things.id})` })
      .from(things)
      .where(sql`false`);
    expect(none).toEqual([{ none: null }]);
  });

  test("a type of one's own, and what a field makes of it", async () => {
    const rows = await database.db
      .select({
        settings: things.settings,
        mapped: sql`${things.settings}`.mapWith((value: { on: boolean } | null) => value?.on),
        through: sql`${things.detail}`.mapWith(things.detail),
      })
      .from(things)
      .orderBy(things.id);
    expect(rows).toEqual([
      { settings: { on: true }, mapped: true, through: { tags: ["a"], n: 1, text: "1" } },
      { settings: null, mapped: null, through: "just text" },
    ]);
  });

  test("in a prepared query whose columns change their type", async () => {
    const { db } = database;
    await executeRawSql(db, "create view shown as select '{\"a\":1}'::text as value");
    const shown = db
      .select({ value: sql`value` })
      .from(sql`shown`)
      .prepare("shown");
    expect(await shown.execute()).toEqual([{ value: '{"a":1}' }]);
    await executeRawSql(db, "drop view shown");
    await executeRawSql(db, "create view shown as select '{\"a\":1}'::jsonb as value");
    expect(await shown.execute()).toEqual([{ value: { a: 1 } }]);
  });
});
