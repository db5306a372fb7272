// Databases as their owners have them, for tests: on an old server with JIT, of an ordinary role,
// behind a pooler, of a Supabase project. For whole files, and for single databases.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createDatabase, executeForLibrary } from "@scrapersky/db";
import { migrationsFolder } from "@scrapersky/db/migrate";
import * as fixtures from "@scrapersky/embedded/fixtures";
import { afterAll } from "vitest";

export {
  caddySample,
  FIRST_PERSON,
  FIRST_TENANT,
  type FirstSystemOptions,
  type Login,
  nginxSample,
  type OwnedDatabase,
  prepareDebianPostgres,
  prepareProxies,
  type Proxy,
  startCaddy,
  startDebianPostgres,
  startNginx,
  unreadableAccounts,
  type Variant,
  type VariantDatabase,
} from "@scrapersky/embedded/fixtures";

/** Runs a script of statements on the database of an address. */
export const runScript: fixtures.RunScript = async (url, script) => {
  const database = createDatabase({ url, max: 1, applicationName: "scrapersky testing" });
  try {
    await executeForLibrary(database.db, script);
  } finally {
    await database.close();
  }
};

/** A login role that is no superuser, by an address of its server as superuser. */
export const createOrdinaryOwner = (adminUrl: string) =>
  fixtures.createOrdinaryOwner(adminUrl, runScript);

/** An empty database of an owner, or of the superuser of the address. */
export const createOwnedDatabase = (adminUrl: string, owner?: fixtures.Login) =>
  fixtures.createOwnedDatabase(adminUrl, owner, runScript);

/** Makes an empty database look like a Supabase project's; its owner is what they call `postgres`. */
export const makeSupabaseLike = (database: fixtures.OwnedDatabase) =>
  fixtures.makeSupabaseLike(database, runScript);

/** The trigger that gives each new account a profile; to be added where the table `profiles` is. */
export const addProfileTrigger = (database: fixtures.OwnedDatabase) =>
  fixtures.addProfileTrigger(database, runScript);

/** Makes an empty database one of the first system, with rows of every kind that stands in our way. */
export const makeFirstSystem = async (
  database: Pick<fixtures.OwnedDatabase, "url">,
  options?: fixtures.FirstSystemOptions,
) => {
  const realTables = await readFile(join(migrationsFolder, "0001_real_tables.sql"), "utf8");
  await fixtures.makeFirstSystem(database, realTables, runScript, options);
};

/**
 * The eight variants of a server, for one test file; what was started for them ends with it.
 *
 *     const variants = await useVariants();
 *     for (const variant of variants.list) {
 *       describe.runIf(variant.available)(`on ${variant.name}`, () => {
 *         test("…", async () => {
 *           const { url, directUrl } = await variants.createDatabase(variant, { supabase: true });
 */
export async function useVariants() {
  const servers = fixtures.createVariantServers(runScript);
  afterAll(() => servers.stop());
  return { list: await fixtures.listVariants(), createDatabase: servers.createDatabase };
}
