import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Catalogue, readCatalogue } from "../../src/drift/catalogue.ts";
import { type Database, executeForLibrary, executeRawSql } from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import { useServer } from "./harness.ts";

// The committed description of the running system's tables is the truth that a migrated database
// is held against: every row of it, and no row beyond it.

const server = useServer();

type Row = Record<string, string>;
const columns = readCsv("columns");
const constraints = readCsv("constraints");
const indexes = readCsv("indexes");
const enums = readCsv("enums");
const tables = [...new Set(columns.map((row) => row["table"]))];

test("the description speaks of 17 tables", () => {
  expect(tables).toHaveLength(17);
  expect([columns.length, constraints.length, indexes.length, enums.length]).toEqual([
    343, 57, 34, 9,
  ]);
});

describe("on a database with Supabase's accounts", () => {
  let live: Catalogue;
  beforeAll(async () => {
    const database = await server.createEmpty();
    await executeForLibrary(
      database.db,
      "create schema auth; create table auth.users (id uuid primary key)",
    );
    await migrate({ url: database.url });
    live = await readPublic(database);
  });

  test("the tables are these", () => {
    const found = new Set(live.columns.map(({ table }) => table));
    expect([...found].sort()).toEqual(tables.toSorted());
  });
  test("columns: place, type, nullability and default of each", () => {
    expect(sorted(liveColumns(live))).toEqual(sorted(columns));
  });
  test("constraints: keys, references with their actions, checks", () => {
    expect(sorted(liveConstraints(live))).toEqual(sorted(constraints));
  });
  test("indexes, besides our own", () => {
    const theirs = liveIndexes(live).filter(({ name }) => !name?.startsWith("app_"));
    expect(sorted(theirs)).toEqual(sorted(indexes));
  });
  test("enums and their labels in order", () => {
    const found = live.enums.map((row) => ({ enum: row.enum, labels: row.labels.join("|") }));
    expect(sorted(found)).toEqual(sorted(enums));
  });
  test("no reference does anything on update, and no index of theirs is unique", () => {
    const updates = live.constraints.map((row) => row.onUpdate);
    expect(new Set(updates)).toEqual(new Set([null, "no action"]));
    expect(live.indexes.filter((row) => row.unique)).toEqual([]);
  });
});

describe("on any other database", () => {
  let live: Catalogue;
  let database: Database & { url: string };
  beforeAll(async () => {
    database = await server.createEmpty();
    await migrate({ url: database.url });
    live = await readPublic(database);
  });

  test("only the references to Supabase's accounts are absent", () => {
    const without = constraints.filter((row) => !row["refers_to"]?.startsWith("auth."));
    expect(without.length).toBeLessThan(constraints.length);
    expect(sorted(liveConstraints(live))).toEqual(sorted(without));
    expect(sorted(liveColumns(live))).toEqual(sorted(columns));
  });

  test.each([
    ["a column more", "alter table roles add column tenant_id uuid"],
    ["a column less", "alter table jobs drop column metadata"],
    ["another default", "alter table domains alter status set default 'new'"],
    ["a key less", "alter table pages drop constraint uq_pages_domain_url"],
    ["an index more", "create index idx_jobs_status on jobs (status)"],
    ["a label more", "alter type task_status add value 'Lost'"],
  ])("a planted difference would be seen: %s", async (_name, sql) => {
    const undone = new Error("undone");
    const tell = (catalogue: Catalogue) => JSON.stringify(catalogue);
    await expect(
      database.db.transaction(async (tx) => {
        await executeRawSql(tx, sql);
        expect(tell(await readCatalogue(tx, ["public"]))).not.toBe(tell(live));
        throw undone;
      }),
    ).rejects.toBe(undone);
    expect(tell(await readPublic(database))).toBe(tell(live));
  });

  test("the function that sitemap_files names exists", async () => {
    await executeRawSql(
      database.db,
      `with t as (insert into tenants (name) values ('T') returning id),
       d as (insert into domains (tenant_id, domain) select id, 'a.example' from t returning id)
       select id from d`,
    );
    const [file] = await executeRawSql(
      database.db,
      `insert into sitemap_files (domain_id, url, sitemap_type)
       select id, 'https://a.example/sitemap.xml', 'STANDARD' from domains returning id`,
    );
    expect(file?.["id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("the view profile has the nine columns that older SQL reads", async () => {
    const [person] = await executeRawSql(
      database.db,
      `insert into profiles (id, tenant_id, name, email)
       select gen_random_uuid(), id, 'Ada', 'ada@a.example' from tenants returning id`,
    );
    const rows = await executeRawSql(database.db, "select * from profile");
    expect(rows).toEqual([expect.objectContaining({ id: person?.["id"], name: "Ada" })]);
    expect(Object.keys(rows[0] ?? {})).toEqual(
      "id name email role bio tenant_id active created_at updated_at".split(" "),
    );
  });

  test("the entries below a sidebar entry go with it", async () => {
    await executeRawSql(
      database.db,
      "insert into sidebar_features (sidebar_name, url_path) values ('Top', '/')",
    );
    await executeRawSql(
      database.db,
      `insert into sidebar_features (sidebar_name, url_path, parent_id)
       select 'Below', '/below', id from sidebar_features`,
    );
    await executeRawSql(database.db, "delete from sidebar_features where parent_id is null");
    expect(await executeRawSql(database.db, "select id from sidebar_features")).toEqual([]);
  });
});

const readPublic = (database: Database) => readCatalogue(database.db, ["public"]);

const liveColumns = (live: Catalogue): Row[] =>
  live.columns.map((row) => ({
    table: row.table,
    position: String(row.position),
    column: row.column,
    type: row.type.replaceAll('"', ""),
    nullable: row.nullable ? "YES" : "NO",
    default: row.default ?? "",
  }));

const liveConstraints = (live: Catalogue): Row[] =>
  live.constraints.map((row) => ({
    table: row.table,
    name: row.name,
    kind: row.kind,
    columns: row.columns,
    refers_to: row.refersTo ?? "",
    on_delete: row.onDelete ?? "",
    rule: row.rule ?? "",
  }));

const liveIndexes = (live: Catalogue): Row[] =>
  live.indexes.map(({ table, name, definition }) => ({ table, name, definition }));

const sorted = (rows: Row[]) =>
  rows.toSorted((one, two) => (JSON.stringify(one) < JSON.stringify(two) ? -1 : 1));

function readCsv(name: string): Row[] {
  const text = readFileSync(join(import.meta.dirname, "../../real-tables", `${name}.csv`), "utf8");
  const [head = [], ...lines] = text.trim().split(/\r?\n/).map(splitLine);
  return lines.map((line) =>
    Object.fromEntries(head.map((column, index) => [column, line[index] ?? ""])),
  );
}

function splitLine(line: string): string[] {
  const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return fields.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}
