import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { eq, placeholder, sql } from "drizzle-orm";
import { integer, json as jsonColumn, jsonb, pgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  copyIn,
  createDatabase,
  type Database,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
  json,
} from "../../src/index.ts";

const paper = pgTable("paper", {
  id: integer("id").primaryKey(),
  detail: jsonb("detail"),
  plain: jsonColumn("plain"),
  many: jsonb("many").array(),
  nested: jsonb("nested").array().array(),
});

let server: EmbeddedPostgres;
let database: Database;
const one = (text: string, params?: Record<string, unknown>) =>
  executeRawSqlOne(database.db, text, params);

beforeAll(async () => {
  server = await startTemporaryPostgres();
  database = createDatabase({ url: server.url, max: 2 });
  await executeRawSql(
    database.db,
    "create table paper (id int primary key, detail jsonb, plain json, many jsonb[], nested jsonb[][])",
  );
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

describe("columns that share a name", () => {
  test("the last one's value is read once, as its own type", async () => {
    expect(await one(`select '1'::jsonb a, '"12"'::jsonb a`)).toEqual({ a: "12" });
    expect(await one(`select '{"x":1}'::jsonb as a, 'my own text' as a`)).toEqual({
      a: "my own text",
    });
    expect(await one(`select 'my own text' as a, '{"x":1}'::jsonb as a`)).toEqual({ a: { x: 1 } });
    const { rows } = await executeForLibrary(
      database.db,
      "select date '2026-11-21' as a, 'my own text' as a",
    );
    expect(rows).toEqual([{ a: "my own text" }]);
  });
});

describe("JSON through the query builder", () => {
  const dirty = { "k\0\ud800é": ["a\0b", "half \udc00", "🐘 \\u0000 \\", 'q"'], n: null };
  const clean = { "k\ufffdé": ["ab", "half \ufffd", "🐘 \\u0000 \\", 'q"'], n: null };
  const all = (value: unknown) => ({
    detail: value,
    plain: value,
    many: [value, null],
    nested: [[value], [value]],
  });
  const stored = async () => {
    const [row] = await database.db.select().from(paper);
    return row;
  };

  beforeEach(() => executeRawSql(database.db, "truncate paper"));

  test("loses what the server refuses, in keys and values, and nothing else", async () => {
    await database.db.insert(paper).values({ id: 1, ...all(dirty) });
    expect(await stored()).toEqual({ id: 1, ...all(clean) });
    await database.db.update(paper).set(all({ a: "🐘" }));
    expect(await stored()).toEqual({ id: 1, ...all({ a: "🐘" }) });
    await database.db.update(paper).set(all("x\0y"));
    expect(await stored()).toEqual({ id: 1, ...all("xy") });
    await database.db.update(paper).set({ detail: sql`'{"by": "the server"}'::jsonb` });
    expect((await stored())?.detail).toEqual({ by: "the server" });
  });

  test("also when its value comes later, and where the builder writes the piece itself", async () => {
    const insert = database.db
      .insert(paper)
      .values({ id: placeholder("id"), detail: placeholder("detail"), many: placeholder("many") })
      .prepare("papers.add");
    await insert.execute({ id: 1, detail: dirty, many: [dirty] });
    expect(await stored()).toMatchObject({ detail: clean, many: [clean] });
    const within = (value: unknown) =>
      database.db.select({ id: paper.id }).from(paper).where(eq(paper.detail, value)).as("within");
    expect(await database.db.select().from(within(dirty))).toEqual([{ id: 1 }]);
    const later = database.db
      .select()
      .from(within(placeholder("detail")))
      .prepare("papers.find");
    expect(await later.execute({ detail: dirty })).toEqual([{ id: 1 }]);
    expect(await later.execute({ detail: {} })).toEqual([]);
  });

  test("and through COPY and json()", async () => {
    await copyIn(database.db, paper, ["id", "detail", "many"], [[1, dirty, [dirty, null]]]);
    expect(await stored()).toMatchObject({ detail: clean, many: [clean, null] });
    expect(await one("select :a::jsonb as a", { a: json(dirty) })).toEqual({ a: clean });
    expect(await one("select :a::jsonb as a", { a: dirty })).toEqual({ a: clean });
  });
});

test("bytes come in whichever form the role's setting gives them", async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at));
  for (const output of ["hex", "escape"]) {
    const row = await database.db.transaction(async (tx) => {
      await executeRawSql(tx, `set local bytea_output = ${output}`);
      return executeRawSqlOne(
        tx,
        "select :bytes::bytea as bytes, ''::bytea as none, array[:bytes::bytea, null, '\\x'::bytea] as list",
        { bytes },
      );
    });
    expect(row).toEqual({
      bytes,
      none: Buffer.alloc(0),
      list: [bytes, null, Buffer.alloc(0)],
    });
  }
});

describe("arrays", () => {
  test("of every type that every server has are arrays", async () => {
    const types = await executeRawSql<{ type: string }>(
      database.db,
      `select a.typname as type from pg_type a
       where a.typcategory = 'A' and a.typlen = -1 and a.oid < 10000 and a.typname ~ '^_'`,
    );
    expect(types.length).toBeGreaterThan(70);
    for (const { type } of types) {
      expect(await one(`select '{null}'::pg_catalog.${type} as list`)).toEqual({
        list: [null],
      });
    }
  });

  test.each([
    ["array['a', 'b,c']::name[]", ["a", "b,c"]],
    ["array[1, 2]::oid[]", [1, 2]],
    ["array['(2,2),(1,1)', '(4,4),(3,3)']::box[]", ["(2,2),(1,1)", "(4,4),(3,3)"]],
    ["array['10.0.0.0/8']::cidr[]", ["10.0.0.0/8"]],
    [`array['{"a":[1]}', null, '"x"']::jsonb[]`, [{ a: [1] }, null, "x"]],
    [`array[array['1'], array['{}']]::json[]`, [[1], [{}]]],
  ])("%s", async (text, list) => {
    expect(await one(`select ${text} as list`)).toEqual({ list });
  });

  test("of a type the database made come as text, and as an array once cast", async () => {
    await executeRawSql(
      database.db,
      "create type mood as enum ('calm', 'busy'); create domain words as text[]",
    );
    expect(
      await one(
        `select array['calm']::mood[] as enums, array['calm']::mood[]::text[] as texts,
                array['a']::words as words, '{a}'::text as text`,
      ),
    ).toEqual({ enums: "{calm}", texts: ["calm"], words: ["a"], text: "{a}" });
  });
});
