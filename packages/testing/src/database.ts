// Real databases for tests: one PostgreSQL per vitest run, a migrated template, a clone per test file.
import { createDatabase, executeRawSql, type Database } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeScratchFolder, startPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";

export {
  installPgBouncer,
  pgBouncerAvailable,
  preparePgBouncer,
  startPgBouncer,
  type PgBouncer,
  type PgBouncerOptions,
} from "@scrapersky/embedded/pgbouncer";

/** The server that one vitest run shares; what tests inject. */
export interface TestServer {
  host: string;
  port: number;
  user: string;
}

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

const template = "scrapersky_template";
const addressOf = (server: TestServer, database: string) =>
  `postgres://${server.user}@${server.host}:${server.port}/${database}`;

/**
 * For a package's `globalSetup`: starts PostgreSQL, migrates the template, tells the tests where it
 * is, and gives back the teardown. `prepare` completes the template, with the queue's schema say.
 */
export async function startTestDatabases(
  project: TestProject,
  prepare: (database: Database) => Promise<void> = async () => {},
): Promise<() => Promise<void>> {
  const postgres = await startTemporaryPostgres({ database: template });
  const { host, port, user } = postgres;
  const server: TestServer = { host, port, user };
  try {
    await migrate({ url: addressOf(server, template) });
    await withDatabase(addressOf(server, template), prepare);
    await withDatabase(addressOf(server, "postgres"), (admin) =>
      // A template somebody is connected to cannot be cloned.
      run(admin, `alter database ${template} with is_template true allow_connections false`),
    );
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  project.provide("testServer", server);
  return () => postgres.stop();
}

/** A database of its own: migrated, empty, gone after `drop()`. */
export interface TestDatabase {
  name: string;
  url: string;
  drop(): Promise<void>;
}

let made = 0;

/** Clones the template. To be called in tests whose run has `startTestDatabases` as global setup. */
export const createTestDatabase = (): Promise<TestDatabase> => create(` template ${template}`);

/** The same without anything in it. */
export const createEmptyDatabase = (): Promise<TestDatabase> => create("");

async function create(options: string): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = `test_${process.pid}_${++made}_${Date.now().toString(36)}`;
  const admin = addressOf(server, "postgres");
  await withDatabase(admin, (database) =>
    // Copying files takes a third of the time of logging every page.
    run(database, `create database ${name}${options} strategy file_copy`),
  );
  return {
    name,
    url: addressOf(server, name),
    drop: () =>
      withDatabase(admin, (database) =>
        run(database, `drop database if exists ${name} with (force)`),
      ),
  };
}

/** A migrated database on a server of its own, which counts its transactions from the beginning. */
export async function startOwnServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const postgres = await startTemporaryPostgres({ database: template });
  const url = addressOf(postgres, template);
  await migrate({ url });
  return { url, stop: () => postgres.stop() };
}

/** A server of its own whose files can be copied and put back while it is stopped. */
export interface ServerOfFiles {
  /** Of its migrated database, until it is stopped. */
  start(): Promise<{ url: string }>;
  stop(): Promise<void>;
  copy(): Promise<void>;
  putBack(): Promise<void>;
  /** Stops it and removes all files. */
  remove(): Promise<void>;
}

export async function makeServerOfFiles(): Promise<ServerOfFiles> {
  const folder = await makeScratchFolder("scrapersky-files-");
  const dataDir = join(folder.path, "data");
  const kept = join(folder.path, "kept");
  // With their owner: a server that root starts runs as somebody else.
  const copyFiles = async (from: string, to: string) => {
    await rm(to, { recursive: true, force: true });
    await promisify(execFile)("cp", ["-a", from, to]);
  };
  let running: Awaited<ReturnType<typeof startPostgres>> | undefined;
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };
  return {
    async start() {
      running = await startPostgres({ dataDir, database: template, durable: false });
      const url = addressOf(running, template);
      await migrate({ url });
      return { url };
    },
    stop,
    copy: () => copyFiles(dataDir, kept),
    putBack: () => copyFiles(kept, dataDir),
    async remove() {
      await stop();
      await folder.remove();
    },
  };
}

/** The server the tests of this run share, for a pooler or proxy in front of it. */
export const getTestServer = (): TestServer => inject("testServer");

async function withDatabase(
  url: string,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  const database = createDatabase({ url, max: 2, applicationName: "scrapersky testing" });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

async function run(database: Database, sql: string): Promise<void> {
  await executeRawSql(database.db, sql);
}
