import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, beforeAll } from "vitest";
import { createDatabase, type Database, type DatabaseConfig } from "../../src/index.ts";

/** A server for the tests of one file, and databases on it with whatever watches them. */
export function useWatchedServer() {
  const open: Database[] = [];
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    server = await startTemporaryPostgres();
  });
  afterAll(async () => {
    for (const database of open) await database.close();
    await server.stop();
  });
  return {
    get target() {
      return server;
    },
    open(config: Partial<DatabaseConfig>): Database {
      const database = createDatabase({ url: server.url, max: 2, ...config });
      open.push(database);
      return database;
    },
  };
}

/** A log that remembers what it was told. */
export function rememberLines() {
  const lines: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const remember = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, message, fields: { ...fields } });
  const log = { debug: remember("debug"), info: remember("info"), warn: remember("warn") };
  return { lines, log };
}
