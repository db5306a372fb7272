import { pgTable, serial, integer, text, boolean, timestamp, index } from "drizzle-orm/pg-core";
import postgres from "postgres";

export const GROUPS = 500;
export const GROUP_ROWS = 20;

/** What is read: columns whose text every driver turns into the same JavaScript values, dates left as text. */
export const pages = pgTable(
  "bench_pages",
  {
    id: serial("id").primaryKey(),
    siteId: integer("site_id").notNull(),
    url: text("url").notNull(),
    title: text("title"),
    wordCount: integer("word_count").notNull(),
    isHome: boolean("is_home").notNull(),
    fetchedAt: timestamp("fetched_at", { withTimezone: true, mode: "string" }).notNull(),
  },
  (table) => [index("bench_pages_site").on(table.siteId, table.id)],
);

export const notes = pgTable("bench_notes", {
  id: serial("id").primaryKey(),
  text: text("text").notNull(),
});

/** The 20-row select with its parameter written as the driver wants it. */
export const selectText = (parameter: string): string =>
  `select id, site_id, url, title, word_count, is_home, fetched_at from bench_pages where site_id = ${parameter} order by id`;

/** Makes and fills the tables. */
export async function makeTables(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`
    create table bench_pages (
      id serial primary key, site_id int not null, url text not null, title text, word_count int not null,
      is_home bool not null, fetched_at timestamptz not null);
    insert into bench_pages (site_id, url, title, word_count, is_home, fetched_at)
      select 1 + row % ${GROUPS}, 'https://site-' || row % ${GROUPS} || '.example/page-' || row,
        case when row % 7 > 0 then 'Page ' || row || ', as a small business writes it' end, row % 900, row % 20 = 0,
        timestamptz '2026-01-01 00:00:00+00' + row * interval '1 minute 0.25 second'
      from generate_series(0, ${GROUPS * GROUP_ROWS - 1}) row;
    create index bench_pages_site on bench_pages (site_id, id);
    create table bench_notes (id serial primary key, text text not null);
  `);
  await sql.unsafe("vacuum analyze bench_pages");
  await sql.end();
}
