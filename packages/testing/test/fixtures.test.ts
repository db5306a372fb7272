import { createDatabase, type Database, executeForLibrary, executeRawSqlOne } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { afterEach, describe, expect, test } from "vitest";
import { addProfileTrigger, unreadableAccounts, useVariants } from "../src/fixtures.ts";

const variants = await useVariants();
const open: Database[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

function connect(url: string) {
  const database = createDatabase({ url, max: 2 });
  open.push(database);
  return database.db;
}

for (const variant of variants.list) {
  describe.runIf(variant.available)(`on ${variant.name}`, () => {
    test("is what its name says", async () => {
      const { url, directUrl } = await variants.createDatabase(variant);
      const found = await executeRawSqlOne(
        connect(url),
        `select current_setting('server_version_num')::int / 10000 as version,
           pg_jit_available() as jit, rolsuper as superuser, rolbypassrls as "bypassesRowSecurity",
           (select datdba from pg_database where datname = current_database()) = oid as owner
         from pg_roles where rolname = current_user`,
      );
      const isDebian = variant.postgres === "Debian 15";
      const isSuperuser = variant.role === "superuser";
      expect(found).toEqual({
        version: isDebian ? 15 : 18,
        jit: isDebian,
        superuser: isSuperuser,
        bypassesRowSecurity: isSuperuser,
        owner: true,
      });
      expect(new URL(url).port === new URL(directUrl).port).toBe(variant.way === "directly");
    });

    test("can look like a project of Supabase, whose owner writes accounts", async () => {
      const database = await variants.createDatabase(variant, { supabase: true });
      const db = connect(database.url);
      await executeForLibrary(
        db,
        `create table profiles (id uuid primary key references auth.users (id), name text, email text);
         create sequence numbers; create function answer() returns int language sql as 'select 42'`,
      );
      await addProfileTrigger({ ...database, url: database.directUrl });
      await executeForLibrary(
        db,
        `insert into auth.users (id, email, raw_user_meta_data)
         values (extensions.uuid_generate_v4(), 'ada@example.com', '{"full_name": "Ada"}')`,
      );
      expect(
        await executeRawSqlOne(
          db,
          `select (select name from profiles) as profile, auth.uid() as uid, auth.jwt() as jwt,
             (select count(*)::int from (${unreadableAccounts}) wrong) as unreadable,
             has_table_privilege('anon', 'profiles', 'delete') as table,
             has_sequence_privilege('anon', 'numbers', 'usage') as sequence,
             has_table_privilege('anon', 'auth.users', 'select') as accounts,
             rolsuper as superuser
           from pg_roles where rolname = current_user`,
        ),
      ).toEqual({
        profile: "Ada",
        uid: null,
        jwt: null,
        unreadable: 1,
        table: true,
        sequence: true,
        accounts: false,
        superuser: variant.role === "superuser",
      });
    });
  });
}

const first = variants.list.find(({ role }) => role === "ordinary owner");

test("two projects made at once on one server do not meet", async () => {
  const both = [1, 2].map(() => variants.createDatabase(first!, { supabase: true }));
  expect(new Set((await Promise.all(both)).map(({ name }) => name)).size).toBe(2);
});

test("a migrated project lets its owner add accounts", async () => {
  const database = await variants.createDatabase(first!, { supabase: true });
  await migrate({ url: database.directUrl });
  await addProfileTrigger(database);
  await executeForLibrary(
    connect(database.url),
    `insert into tenants (id, name) values ('550e8400-e29b-41d4-a716-446655440000', 'First');
     insert into auth.users (id, email) values (gen_random_uuid(), 'ada@example.com')`,
  );
  expect(await executeRawSqlOne(connect(database.url), "select email from profiles")).toEqual({
    email: "ada@example.com",
  });
});
