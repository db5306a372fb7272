import { startTemporaryPostgres, type EmbeddedPostgres } from "@scrapersky/embedded";
import {
  createVariantServers,
  listVariants,
  type RunScript,
  type Variant,
} from "@scrapersky/embedded/fixtures";
import { afterAll, beforeAll } from "vitest";
import {
  createDatabase,
  executeForLibrary,
  executeRawSql,
  type Database,
} from "../../src/index.ts";

/** A server for the tests of one file, and empty databases on it. */
export function useServer() {
  const open: Database[] = [];
  let server: EmbeddedPostgres;
  let admin: Database;
  let count = 0;

  beforeAll(async () => {
    server = await startTemporaryPostgres();
    admin = connect(server.url);
  });
  afterAll(async () => {
    for (const database of open) await database.close();
    await server.stop();
  });

  const connect = (url: string): Database => {
    const database = createDatabase({ url });
    open.push(database);
    return database;
  };
  const create = async (options: string) => {
    const name = `empty_${++count}`;
    // Copying files takes a third of the time of logging every page.
    await executeRawSql(admin.db, `create database ${name}${options} strategy file_copy`);
    const url = server.url.replace(/[^/]+$/, name);
    return { name, url, ...connect(url) };
  };
  return {
    get target() {
      return server;
    },
    connect,
    /** A new empty database: its name, its address, and an open pool on it. */
    createEmpty: () => create(""),
    /** A copy of a database that nobody is connected to. */
    clone: (name: string) => create(` template ${name}`),
  };
}

/** Runs a script of statements on the database of an address. */
export const runScript: RunScript = async (url, script) => {
  const database = createDatabase({ url, max: 1 });
  try {
    await executeForLibrary(database.db, script);
  } finally {
    await database.close();
  }
};

/** The variants of a server that an owner's database may be on, and empty databases on each. */
export async function useVariants() {
  const servers = createVariantServers(runScript);
  const open: Database[] = [];
  afterAll(async () => {
    for (const database of open) await database.close();
    await servers.stop();
  });
  return {
    list: await listVariants(),
    async create(variant: Variant, options: { supabase?: boolean } = {}) {
      const made = await servers.createDatabase(variant, options);
      const database = createDatabase({ url: made.url, max: 2 });
      open.push(database);
      return { ...made, ...database };
    },
  };
}
