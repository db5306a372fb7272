import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  gt,
  ilike,
  inArray,
  isNull,
  or,
  placeholder,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import {
  alias,
  boolean,
  date,
  integer,
  jsonb,
  numeric,
  PgDialect,
  pgEnum,
  pgSchema,
  pgTable,
  pgView,
  QueryBuilder,
  serial,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase, type Database, json } from "../../src/index.ts";
import { SlotDialect } from "../../src/session/drizzle/dialect.ts";

const mood = pgEnum("mood", ["calm", "busy"]);
const shops = pgTable("shop", {
  id: serial("id").primaryKey(),
  name: text("name").notNull(),
  rating: numeric("rating", { precision: 6, scale: 2 }),
  opened: date("opened"),
  seenAt: timestamp("seen_at", { withTimezone: true }),
  seenText: timestamp("seen_text", { withTimezone: true, mode: "string" }),
  localTime: timestamp("local_time"),
  tags: text("tags").array(),
  scores: integer("scores").array(),
  detail: jsonb("detail"),
  open: boolean("open").notNull().default(true),
  mood: mood("mood"),
  key: uuid("key"),
});
const owners = pgTable("owner", {
  id: serial("id").primaryKey(),
  shopId: integer("shop_id"),
  name: text("name"),
});
const elsewhere = pgSchema("else where").table('odd"name', {
  id: integer("id"),
  text: text("te xt"),
});
const busy = pgView("busy_shop").as((query) =>
  query.select().from(shops).where(eq(shops.open, true)),
);

describe("the SQL of a query", () => {
  const boss = alias(owners, "boss");
  const stock = new PgDialect();
  const slots = () => new SlotDialect() as unknown as PgDialect;

  const queriesOf = (builder: QueryBuilder): Record<string, SQLWrapper> => {
    const recent = builder
      .$with("recent")
      .as(
        builder
          .select({ id: shops.id, upper: sql<string>`upper(${shops.name})`.as("upper") })
          .from(shops),
      );
    const counted = builder
      .select({ shopId: owners.shopId, many: count().as("many") })
      .from(owners)
      .groupBy(owners.shopId)
      .as("counted");

    return {
      "a whole table": builder.select().from(shops),
      "a condition, an order, a limit": builder
        .select()
        .from(shops)
        .where(and(eq(shops.name, "a"), or(gt(shops.id, 5), isNull(shops.rating))))
        .orderBy(desc(shops.name), asc(shops.id))
        .limit(10)
        .offset(5),
      "values that are mapped": builder
        .select()
        .from(shops)
        .where(
          and(
            eq(shops.seenAt, new Date(0)),
            eq(shops.detail, { a: [1] }),
            eq(shops.tags, ["a", 'b"']),
            eq(shops.mood, "calm"),
            eq(shops.rating, "1.50"),
          ),
        ),
      "some columns under other names": builder
        .select({ number: shops.id, called: shops.name })
        .from(shops)
        .orderBy(sql`lower(${shops.name})`)
        .limit(0),
      "an alias alone": builder.select().from(boss).where(eq(boss.id, 1)),
      "another schema, in an order": builder
        .select({ text: elsewhere.text })
        .from(elsewhere)
        .orderBy(elsewhere.id, desc(elsewhere.text))
        .offset(3),
      "a lock": builder.select().from(shops).where(eq(shops.id, 1)).for("update"),
      "every value once": builder.selectDistinct({ name: shops.name }).from(shops),
      "a table by the name of another": builder
        .select({ id: owners.id, more: counted.many })
        .from(counted)
        .innerJoin(owners, eq(owners.shopId, counted.shopId)),
      "a query for a table": builder.select().from(builder.select().from(shops).limit(3).as("few")),
      "a list": builder
        .select()
        .from(shops)
        .where(inArray(shops.id, [1, 2, 3])),
      "no list": builder.select().from(shops).where(inArray(shops.id, [])),
      "a column on both sides": builder.select().from(shops).where(eq(shops.id, owners.shopId)),
      "joins with an alias": builder
        .select()
        .from(shops)
        .leftJoin(owners, eq(owners.shopId, shops.id))
        .innerJoin(boss, eq(boss.shopId, owners.id)),
      "nested and computed fields": builder
        .select({
          id: shops.id,
          more: { name: shops.name, low: sql`lower(${shops.name})`.as("low") },
        })
        .from(shops),
      "a field that is a query": builder
        .select({ id: shops.id, many: counted.many })
        .from(shops)
        .leftJoin(counted, eq(counted.shopId, shops.id)),
      with: builder.with(recent).select().from(recent).where(eq(recent.upper, "A")),
      exists: builder
        .select()
        .from(shops)
        .where(exists(builder.select().from(owners).where(eq(owners.shopId, shops.id)))),
      "a union": builder
        .select({ id: shops.id })
        .from(shops)
        .where(eq(shops.id, 1))
        .union(builder.select({ id: owners.id }).from(owners).where(eq(owners.id, 2))),
      "distinct, groups, locks": builder
        .selectDistinct({ name: shops.name, many: count() })
        .from(shops)
        .groupBy(shops.name)
        .having(({ many }) => gt(many, 1))
        .for("update", { skipLocked: true }),
      "a view": builder.select().from(busy).where(ilike(busy.name, "%a%")),
      "another schema and odd names": builder
        .select()
        .from(elsewhere)
        .where(eq(elsewhere.text, 'x"')),
      placeholders: builder
        .select()
        .from(shops)
        .where(and(eq(shops.id, placeholder("id")), eq(shops.name, sql.placeholder("name"))))
        .limit(placeholder("most")),
      "pieces of SQL": sql`select ${1}, ${"two"}, ${null}, ${undefined}, ${[1, "x"]}, ${sql.raw("now()")},
      ${sql.identifier('a"b')}, ${shops}, ${shops.id}, ${mood}, ${json([1])}, ${new Date(0)},
      ${sql.param("p", shops.detail)}, ${sql.join([sql`a`, sql`${2}`], sql`, `)}, ${sql.empty()}, ${true}`,
      "values written into the text":
        sql`select ${shops.id} in ${[1, 2]} and ${"it's"}`.inlineParams(),
    };
  };
  const statements: Record<string, (dialect: PgDialect) => SQL> = {
    "an update": (dialect) =>
      dialect.buildUpdateQuery({
        table: shops,
        set: { name: sql.param("n", shops.name), rating: sql`${shops.rating} + 1` },
        where: eq(shops.id, 1),
        returning: [{ path: ["id"], field: shops.id as never }],
        joins: [],
      }),
    "a delete": (dialect) => dialect.buildDeleteQuery({ table: shops, where: eq(shops.id, 1) }),
    "expressions beside columns of a join": (dialect) =>
      new QueryBuilder(dialect)
        .select({
          low: sql`lower(${shops.name}) || ${"x"}`,
          id: shops.id,
          bossId: boss.id,
          one: sql`${1}::int`,
        })
        .from(shops)
        .leftJoin(boss, eq(boss.shopId, shops.id))
        .where(eq(shops.name, "a"))
        .getSQL(),
    "expressions of one table": (dialect) =>
      new QueryBuilder(dialect)
        .select({ id: shops.id, low: sql`lower(${shops.name})`, two: sql`${2}::int` })
        .from(shops)
        .getSQL(),
    "a page chosen by its keys": (dialect) => {
      const build = new QueryBuilder(dialect);
      const page = build
        .select({ id: sql`${elsewhere.id}`.as("page_id"), key: sql`${shops.name}`.as("page_key") })
        .from(shops)
        .innerJoin(elsewhere, eq(elsewhere.id, shops.id))
        .limit(2)
        .as("page");
      return build
        .select({ place: sql`array[${page.key}::text]`, id: shops.id, key: page.key })
        .from(page)
        .innerJoin(shops, eq(shops.id, page.id))
        .orderBy(desc(page.key))
        .getSQL();
    },
  };

  test.for(Object.keys(queriesOf(new QueryBuilder())))(
    "%s is what Drizzle's own dialect makes of it",
    (name) => {
      const madeBy = (dialect: PgDialect) =>
        dialect.sqlToQuery(queriesOf(new QueryBuilder(dialect))[name]!.getSQL());
      const { sql: text, params } = madeBy(stock);
      expect(madeBy(slots())).toEqual({ sql: text, params });
    },
  );

  test("a column of a table that is not read is refused as Drizzle refuses it", () => {
    const select = (dialect: PgDialect) => () =>
      new QueryBuilder(dialect).select({ id: shops.id, bossId: owners.id }).from(shops).getSQL();
    expect(select(stock)).toThrow("is not part of the query");
    expect(select(slots())).toThrow("is not part of the query");
  });

  test.for(Object.entries(statements))(
    "%s is what Drizzle's own dialect makes of it",
    ([, make]) => {
      const dialect = slots();
      const { sql: text, params } = stock.sqlToQuery(make(stock));
      expect(dialect.sqlToQuery(make(dialect))).toEqual({ sql: text, params });
    },
  );
});

describe("rows", () => {
  let server: EmbeddedPostgres;
  let database: Database;
  beforeAll(async () => {
    server = await startTemporaryPostgres();
    database = createDatabase({ url: server.url, max: 2 });
    await database.db.execute(
      sql.raw(`
      create type mood as enum ('calm', 'busy');
      create table shop (id serial primary key, name text not null, rating numeric(6,2), opened date,
        seen_at timestamptz, seen_text timestamptz, local_time timestamp, tags text[], scores int[],
        detail jsonb, open bool not null default true, mood mood, key uuid);
      create table owner (id serial primary key, shop_id int, name text)`),
    );
    await database.db.insert(shops).values([
      {
        name: "größe",
        rating: "1.50",
        opened: "2026-02-28",
        seenAt: new Date("2026-11-21T10:00:00.123Z"),
        seenText: "2026-11-21 10:00:00.123456+00",
        localTime: new Date("2026-11-21T10:00:00Z"),
        tags: ["a,b", 'q"', "NULL"],
        scores: [1, -2],
        detail: { list: [1, "x", null] },
        mood: "busy",
        key: "00000000-0000-4000-8000-000000000001",
      },
      { name: "bare" },
    ]);
    await database.db.insert(owners).values([{ shopId: 1, name: null }, { name: "nobody's" }]);
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  test("every type comes back as it was given, and null as null", async () => {
    const [full, bare] = await database.db.select().from(shops).orderBy(shops.id);
    expect(full).toEqual({
      id: 1,
      name: "größe",
      rating: "1.50",
      opened: "2026-02-28",
      seenAt: new Date("2026-11-21T10:00:00.123Z"),
      seenText: "2026-11-21 10:00:00.123456+00",
      localTime: new Date("2026-11-21T10:00:00Z"),
      tags: ["a,b", 'q"', "NULL"],
      scores: [1, -2],
      detail: { list: [1, "x", null] },
      open: true,
      mood: "busy",
      key: "00000000-0000-4000-8000-000000000001",
    });
    expect(Object.values(bare!)).toEqual([2, "bare", ...Array(8).fill(null), true, null, null]);
  });

  test.each(["123", "true", '{"a":1}', '"q"', 5, false, [1, "x"], null])(
    "the jsonb value %o stays itself",
    async (detail) => {
      const [row] = await database.db
        .insert(shops)
        .values({ name: "json", detail })
        .returning({ id: shops.id, detail: shops.detail });
      expect(row?.detail).toEqual(detail);
      await database.db.delete(shops).where(eq(shops.id, row!.id));
    },
  );

  test("a joined table without a row is null; one whose row has nulls is not", async () => {
    const select = () => database.db.select({ shop: { name: shops.name }, owner: owners });
    const left = await select()
      .from(shops)
      .leftJoin(owners, eq(owners.shopId, shops.id))
      .orderBy(shops.id);
    expect(left).toEqual([
      { shop: { name: "größe" }, owner: { id: 1, shopId: 1, name: null } },
      { shop: { name: "bare" }, owner: null },
    ]);
    const right = await select()
      .from(shops)
      .rightJoin(owners, eq(owners.shopId, shops.id))
      .orderBy(owners.id);
    expect(right.map(({ shop, owner }) => [shop, owner.id])).toEqual([
      [{ name: "größe" }, 1],
      [null, 2],
    ]);
    const whole = await database.db
      .select()
      .from(shops)
      .fullJoin(owners, eq(owners.shopId, shops.id))
      .orderBy(shops.id, owners.id);
    expect(whole.map((row) => [row.shop?.id ?? null, row.owner?.id ?? null])).toEqual([
      [1, 1],
      [2, null],
      [null, 2],
    ]);
  });

  test("an object of columns of two tables stays even when all are null", async () => {
    const rows = await database.db
      .select({ both: { owner: owners.name, rating: shops.rating }, only: { owner: owners.name } })
      .from(shops)
      .leftJoin(owners, eq(owners.shopId, shops.id))
      .where(eq(shops.id, 2));
    expect(rows).toEqual([{ both: { owner: null, rating: null }, only: null }]);
  });

  test("nested and computed fields, sub-queries and counts", async () => {
    const many = database.db.$count(owners, eq(owners.shopId, shops.id));
    const [row] = await database.db
      .select({
        id: shops.id,
        more: { upper: sql<string>`upper(${shops.name})`, open: shops.open },
        asNumber: sql`${shops.rating}`.mapWith(Number),
        many,
      })
      .from(shops)
      .where(eq(shops.id, 1));
    expect(row).toMatchObject({
      id: 1,
      more: { upper: "GRÖßE", open: true },
      asNumber: 1.5,
    });
    expect(Number(row?.many)).toBe(1);
    expect(await database.db.$count(shops)).toBe(2);
  });

  test("returning, of an insert, an update and a delete", async () => {
    const fields = { id: owners.id, name: owners.name };
    const [made] = await database.db.insert(owners).values({ name: "new" }).returning(fields);
    expect(made?.name).toBe("new");
    const changed = database.db.update(owners).set({ name: "old" }).where(eq(owners.id, made!.id));
    expect(await changed.returning()).toEqual([{ id: made!.id, shopId: null, name: "old" }]);
    const gone = database.db.delete(owners).where(eq(owners.id, made!.id));
    expect(await gone.returning(fields)).toEqual([{ id: made!.id, name: "old" }]);
  });

  test("a prepared query takes other values each time, mapped as its columns want them", async () => {
    const seen = database.db
      .select({ name: shops.name })
      .from(shops)
      .where(and(eq(shops.seenAt, placeholder("at")), eq(shops.open, placeholder("open"))))
      .prepare("seen");
    const at = new Date("2026-11-21T10:00:00.123Z");
    expect(await seen.execute({ at, open: true })).toEqual([{ name: "größe" }]);
    expect(await seen.execute({ at, open: false })).toEqual([]);
    expect(await seen.execute({ at: new Date(0), open: true })).toEqual([]);
    await expect(seen.execute({ open: true })).rejects.toThrow('"at"');
  });

  test("a query runs each time it is awaited, and tells its SQL", async () => {
    const query = database.db.select({ id: shops.id }).from(shops).where(eq(shops.name, "bare"));
    expect(query.toSQL()).toEqual({
      sql: 'select "id" from "shop" where "shop"."name" = $1',
      params: ["bare"],
    });
    expect([await query, await query]).toEqual([[{ id: 2 }], [{ id: 2 }]]);
  });
});
