import {
  addProfileTrigger,
  prepareDebianPostgres,
  startDebianPostgres,
} from "@scrapersky/embedded/fixtures";
import { describe, expect, test } from "vitest";
import { checkDrift, findDrift } from "../../src/drift/index.ts";
import { createDatabase, executeForLibrary, executeRawSqlOne } from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import { companions, plants } from "./drift-plants.ts";
import { runScript, useVariants } from "./harness.ts";

const variants = await useVariants();
const none = { differences: [], unknownTables: [] };

for (const variant of variants.list) {
  describe.runIf(variant.available)(`on ${variant.name}`, () => {
    test("a database that was migrated has no drift", async () => {
      const database = await variants.create(variant);
      await migrate({ url: database.directUrl });
      expect(await checkDrift(database)).toMatchObject(none);
    });

    test("nor has a project of Supabase, with the trigger that most of them have", async () => {
      const database = await variants.create(variant, { supabase: true });
      await migrate({ url: database.directUrl });
      expect(await checkDrift(database)).toMatchObject(none);
      await addProfileTrigger({ ...database, url: database.directUrl }, runScript);
      expect(await checkDrift(database)).toMatchObject(none);
    });
  });
}

const canDebian = await prepareDebianPostgres();

/** What only later servers have: virtual columns and constraints that are not enforced. */
const isOfLaterServers = ({ sql }: { sql: string }) => /\bvirtual\b|not enforced/i.test(sql);

test.runIf(canDebian)(
  "each planted difference is found on the older server as well, and nothing else",
  async () => {
    const [variant] = variants.list.filter(({ postgres }) => postgres === "Debian 15");
    const database = await variants.create(variant!);
    await migrate({ url: database.directUrl });
    const stop = new Error("undone");
    for (const { sql, what, says } of plants.filter((plant) => !isOfLaterServers(plant))) {
      const undone = database.db.transaction(async (tx) => {
        await executeForLibrary(tx, sql);
        const found = await findDrift(tx);
        const expected = [what, ...(companions[what] ?? [])].sort();
        expect(found.map((one) => one.what).sort(), sql).toEqual(expected);
        expect(found.find((one) => one.what === what)?.sentence).toContain(says);
        throw stop;
      });
      await expect(undone).rejects.toBe(stop);
    }
  },
);

test.runIf(canDebian)("a view that somebody wrote in other words is the same view", async () => {
  for (const variant of variants.list.filter(({ way }) => way === "directly")) {
    const database = await variants.create(variant);
    await migrate({ url: database.directUrl });
    const columns = "id, name, email, role, bio, tenant_id, active, created_at, updated_at";
    const write = (list: string, from: string) =>
      executeForLibrary(
        database.db,
        `drop view profile;
         create view profile with (security_invoker = on) as select ${list} from ${from}`,
      );
    await write(columns.replaceAll(/\w+/g, "p.$&"), "public.profiles as p");
    expect(await checkDrift(database), variant.name).toMatchObject(none);
    await write(columns, "profiles where active");
    expect(await checkDrift(database), variant.name).toMatchObject({
      differences: [{ what: "view profile", severity: "harmful" }],
    });
  }
});

test.runIf(canDebian)(
  "neither migrations nor drift have a statement compiled, which takes seconds",
  async () => {
    const server = await startDebianPostgres({
      settings: { shared_preload_libraries: "pg_stat_statements" },
    });
    const database = createDatabase({ url: server.url, max: 1 });
    const countCompiled = () =>
      executeRawSqlOne(
        database.db,
        "select coalesce(sum(jit_functions), 0)::int as compiled from pg_stat_statements",
      );
    try {
      await executeForLibrary(database.db, "create extension pg_stat_statements");
      // Once with tables to make, and once with tables to verify.
      await migrate({ url: server.url });
      await executeForLibrary(database.db, "drop schema app cascade");
      await migrate({ url: server.url });
      await checkDrift(database);
      expect(await countCompiled()).toEqual({ compiled: 0 });

      await executeForLibrary(
        database.db,
        "set local jit_above_cost = 0; select count(*) from pg_class",
      );
      expect(await countCompiled(), "it counts what is").not.toEqual({ compiled: 0 });
    } finally {
      await database.close();
      await server.stop();
    }
  },
);
