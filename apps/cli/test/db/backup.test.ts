import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { createDatabase, executeForLibrary, executeRawSql } from "@scrapersky/db";
import { getTestServer } from "@scrapersky/testing/database";
import { createOwnedDatabase, makeSupabaseLike } from "@scrapersky/testing/fixtures";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenDatabase, openEmpty, openMigrated } from "../databases.ts";
import { runCommand } from "./run-command.ts";

/** What ends lines elsewhere, what COPY writes with a backslash, and what ends its rows. */
const ODD = "a\\tb\\\\c\\nd\\r\u2028e\\n\\\\.\\nf";
const ROWS = `
  insert into domains (id, tenant_id, domain, title)
  select gen_random_uuid(), id, 'odd.example', E'${ODD}' from tenants limit 1;
  insert into domains (id, tenant_id, domain) select gen_random_uuid(), t.id, 'site-' || n || '.example'
  from (select id from tenants limit 1) t, generate_series(1, 5000) n;
  select nextval('batch_jobs_id_seq'), nextval('batch_jobs_id_seq');`;

let folder: string;
let file: string;
let source: OpenDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrapersky-backup-"));
  file = join(folder, "kept.sql.gz");
  source = await openMigrated();
  await runCommand(["seed"], { DATABASE_URL: source.url });
  await executeForLibrary(source.db, ROWS);
});
afterAll(() => rm(folder, { recursive: true }));

const backup = (...words: string[]) =>
  runCommand(["backup", ...words], { DATABASE_URL: source.url });
const restore = (url: string, ...words: string[]) =>
  runCommand(["restore", ...words], { DATABASE_URL: url });
const odd = async ({ db }: OpenDatabase) =>
  (
    await executeRawSql<{ title: string }>(
      db,
      "select title from domains where domain = 'odd.example'",
    )
  )[0]?.title;

test("rows come back as they were: into an empty database, and in the place of others once its name is typed", async () => {
  const kept = await backup("--out", file, "--json");
  expect(kept).toMatchObject({ code: 0 });
  const { rows } = JSON.parse(kept.stdout) as { rows: Record<string, number> };
  expect(rows['"public"."domains"']).toBe(5_001);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const empty = await openEmpty();
  const restored = await restore(empty.url, "--from", file, "--json");
  expect(restored).toMatchObject({ code: 0 });
  expect(JSON.parse(restored.stdout)).toMatchObject({ ok: true, rows });
  expect(await odd(empty)).toBe(await odd(source));
  expect((await runCommand(["doctor"], { DATABASE_URL: empty.url })).code).toBe(0);
  const next = "select nextval('batch_jobs_id_seq')::int as next";
  expect(await executeRawSql(empty.db, next)).toEqual([{ next: 3 }]);

  const [untouched, refused] = [
    await restore(empty.url, "--from", file),
    await restore(empty.url, "--from", file, "--confirm", "another"),
  ];
  expect([untouched.code, refused.code]).toEqual([2, 2]);
  expect(untouched.stderr).toContain(`Pass --confirm ${empty.name}.`);
  expect(refused.stderr).toContain('"another" is not the name of this database');
  await executeRawSql(
    empty.db,
    "update domains set title = 'changed' where domain = 'odd.example'",
  );
  const epoch = "select epoch from app.revision_epochs";
  const before = await executeRawSql(empty.db, epoch);
  expect(await restore(empty.url, "--from", file, "--confirm", empty.name)).toMatchObject({
    code: 0,
  });
  expect(await odd(empty)).toBe(await odd(source));
  expect(await executeRawSql(empty.db, epoch)).not.toEqual(before);
});

test("in a project of Supabase everybody who can sign in has an account again", async () => {
  const { user, host, port } = getTestServer();
  const target = await createOwnedDatabase(`postgres://${user}@${host}:${port}/postgres`);
  await makeSupabaseLike(target);
  const restored = await restore(target.url, "--from", file);
  expect(restored).toMatchObject({ code: 0 });
  const database = createDatabase({ url: target.url, max: 1 });
  expect(
    await executeRawSql(
      database.db,
      `select (select count(*)::int from profiles p join auth.users a on a.id = p.id) as accounts,
         (select count(*)::int from auth.identities) as identities, (select count(*)::int from profiles) as profiles`,
    ),
  ).toEqual([{ accounts: 5, identities: 5, profiles: 5 }]);
  await database.close();
});

test("a file that is cut or changed changes nothing", async () => {
  const text = gunzipSync(await readFile(file)).toString();
  const target = await openMigrated();
  await executeRawSql(
    target.db,
    "insert into tenants (id, name) values (gen_random_uuid(), 'Here')",
  );
  const broken = {
    cut: text.slice(0, text.lastIndexOf("-- whole")),
    within: text.slice(0, text.indexOf("site-99.example")),
    changed: text.replace("site-99.example\t", "site-98.example\t"),
    foreign: text.replace("-- whole", "drop table tenants;\n-- whole"),
  };
  for (const [name, content] of Object.entries(broken)) {
    const path = join(folder, name);
    await writeFile(path, gzipSync(content, { level: 1 }));
    const { code, stderr } = await restore(target.url, "--from", path, "--confirm", target.name);
    expect([name, code]).toEqual([name, 1]);
    if (name !== "changed") expect(stderr).toMatch(/not whole|was changed/);
  }
  expect(await executeRawSql(target.db, "select name from tenants")).toEqual([{ name: "Here" }]);
});

test("no file is written over, columns of an owner's own are not left behind in silence, nothing is restored from later versions", async () => {
  expect(await backup()).toMatchObject({ code: 2 });
  expect((await backup("--out", file)).stderr).toContain("is there already");
  await executeForLibrary(
    source.db,
    "alter table tenants add column note text; create table public.theirs (id int)",
  );
  const refused = await backup("--out", join(folder, "second"));
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("tenants.note")]);
  await executeForLibrary(source.db, "alter table tenants drop column note");
  const told = await backup("--out", join(folder, "second"));
  expect([told.code, told.stderr]).toEqual([0, expect.stringContaining("public.theirs")]);

  const { url } = await openEmpty();
  const later = gunzipSync(await readFile(file))
    .toString()
    .replace(/"newest":"\d+/, '"newest":"9998');
  await writeFile(join(folder, "later"), gzipSync(later, { level: 1 }));
  expect((await restore(url, "--from", join(folder, "later"))).stderr).toContain(
    "Restore it with that version.",
  );
});
