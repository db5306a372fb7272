import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { between, eq, sql as drizzleSql } from "drizzle-orm";
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzleStock } from "drizzle-orm/postgres-js";
import pg from "pg";
import postgres from "postgres";
import { GROUP_ROWS, GROUPS, notes, pages, selectText } from "./statement.ts";
import { withStockDialect, withStockMapper } from "./stock-parts.ts";

/** A driver as its users set it up, connected to one address. */
export interface Client {
  /** The 20 rows of one site, or those of the contender's own reading. */
  rows(siteId: number): Promise<object[]>;
  /** One write, committed by a transaction of its own. */
  write(text: string): Promise<unknown>;
  end(): Promise<void>;
}

export interface Contender {
  who: string;
  /** Rows of one answer. Default: those of one site. */
  rowCount?: number;
  open(url: string, max: number): Client;
}

const TIMESTAMPTZ = 1184;
const asText = (text: string): string => text;
const SELECT = selectText("$1");
const SELECT_NAMED = selectText(":siteId");

const openOurs = (url: string, max: number): Database => createDatabase({ url, max });

/** No named statements: they fail behind a pooler in transaction mode. Dates as text, as ours gives them. */
const openStock = (url: string, max: number) =>
  postgres(url, {
    max,
    prepare: false,
    fetch_types: false,
    types: {
      date: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ], serialize: asText, parse: asText },
    },
  });

/** Keeps its connections between rounds, as the others do. Dates as text, as ours gives them. */
const openPg = (url: string, max: number) =>
  new pg.Pool({
    connectionString: url,
    max,
    idleTimeoutMillis: 0,
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === TIMESTAMPTZ ? asText : pg.types.getTypeParser(oid, format as "text"),
    } as pg.CustomTypesConfig,
  });

type Builder = Pick<PgDatabase<PgQueryResultHKT, Record<string, never>>, "select" | "insert">;

const built = (db: Builder) => (siteId: number) =>
  db.select().from(pages).where(eq(pages.siteId, siteId)).orderBy(pages.id);

const SITES = 5;
/** A hundred rows: those of five sites. */
const builtHundred = (db: Builder) => (siteId: number) => {
  const first = 1 + (siteId % (GROUPS - SITES));
  const isWanted = between(pages.siteId, first, first + SITES - 1);
  return db.select().from(pages).where(isWanted).orderBy(pages.id);
};

/** An empty name is the unnamed statement, the only one that every pooler lets through. */
function prepared(db: Builder) {
  const query = db
    .select()
    .from(pages)
    .where(eq(pages.siteId, drizzleSql.placeholder("siteId")))
    .orderBy(pages.id)
    .prepare("");
  return (siteId: number) => query.execute({ siteId }) as Promise<object[]>;
}

function ours(read: (database: Database) => Client["rows"]): Contender["open"] {
  return (url, max) => {
    const database = openOurs(url, max);
    return {
      rows: read(database),
      write: (text) => database.db.transaction((tx) => tx.insert(notes).values({ text })),
      end: () => database.close(),
    };
  };
}

/** A builder on the factory's session, with or without a part of Drizzle that the factory replaces. */
const oursOn = (
  builderOf: (database: Database) => unknown,
  read: (builder: Builder) => Client["rows"] = built,
): Contender["open"] => ours((database) => read(builderOf(database) as Builder));

const dbOf = ({ db }: Database) => db;

type Stock = ReturnType<typeof openStock>;

function stock(read: (sql: Stock) => Client["rows"]): Contender["open"] {
  return (url, max) => {
    const sql = openStock(url, max);
    return {
      rows: read(sql),
      write: (text) =>
        sql.begin((tx) => tx.unsafe("insert into bench_notes (text) values ($1)", [text])),
      end: () => sql.end(),
    };
  };
}

function nodePostgres(read: (pool: pg.Pool) => Client["rows"]): Contender["open"] {
  return (url, max) => {
    const pool = openPg(url, max);
    return {
      rows: read(pool),
      write: async (text) => {
        const client = await pool.connect();
        await client.query("begin");
        await client.query("insert into bench_notes (text) values ($1)", [text]);
        await client.query("commit");
        client.release();
      },
      end: () => pool.end(),
    };
  };
}

export const OURS = "factory";
export const STOCK = "postgres.js";
export const PG = "node-postgres";
export const onTop = (driver: string, form: "built" | "prepared"): string =>
  `Drizzle on ${driver}, ${form}`;

/** The three drivers first; those on Drizzle after them. */
export const CONTENDERS: readonly Contender[] = [
  {
    who: OURS,
    open: ours(
      ({ db }) =>
        (siteId) =>
          executeRawSql(db, SELECT_NAMED, { siteId }),
    ),
  },
  { who: STOCK, open: stock((sql) => (siteId) => sql.unsafe(SELECT, [siteId])) },
  {
    who: PG,
    open: nodePostgres((pool) => async (siteId) => (await pool.query(SELECT, [siteId])).rows),
  },
  { who: onTop(OURS, "built"), open: oursOn(dbOf) },
  { who: onTop(STOCK, "built"), open: stock((sql) => built(drizzleStock(sql))) },
  { who: onTop(PG, "built"), open: nodePostgres((pool) => built(drizzlePg(pool))) },
  { who: onTop(OURS, "prepared"), open: oursOn(dbOf, prepared) },
  { who: onTop(STOCK, "prepared"), open: stock((sql) => prepared(drizzleStock(sql))) },
  { who: onTop(PG, "prepared"), open: nodePostgres((pool) => prepared(drizzlePg(pool))) },
];

export const DRIVERS = CONTENDERS.slice(0, 3);

const HUNDRED = GROUP_ROWS * SITES;

/** The factory beside itself with a part of Drizzle taken back. */
export const PARTS = {
  ours: { who: "Drizzle on factory, 20 rows", open: oursOn(dbOf) },
  stockDialect: { who: "the same with Drizzle's dialect", open: oursOn(withStockDialect) },
  stockMapper: { who: "the same with Drizzle's mapper", open: oursOn(withStockMapper) },
  hundred: {
    who: "Drizzle on factory, 100 rows",
    rowCount: HUNDRED,
    open: oursOn(dbOf, builtHundred),
  },
  hundredStockMapper: {
    who: "100 rows with Drizzle's mapper",
    rowCount: HUNDRED,
    open: oursOn(withStockMapper, builtHundred),
  },
} satisfies Record<string, Contender>;

export function contenderNamed(who: string | undefined): Contender {
  const found = [...CONTENDERS, ...Object.values(PARTS)].find((contender) => contender.who === who);
  if (found === undefined) throw new Error(`There is no contender ${who}.`);
  return found;
}
