import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type EmbeddedPostgres, startPostgres } from "@scrapersky/embedded";
import type { Report } from "../bin/progress.mjs";
import type { Env } from "./env.ts";

const run = promisify(execFile);
const PREPARE = fileURLToPath(new URL("./prepare-database.ts", import.meta.url));

/** The database of the stack: an address, and the server when it was started here. */
export interface StackDatabase {
  url: string;
  server: EmbeddedPostgres | undefined;
}

/** Uses DATABASE_URL when it is set; starts PostgreSQL on the data folder otherwise. */
export async function openDatabase(
  env: Env,
  report: Report,
  log: (line: string) => void,
): Promise<StackDatabase> {
  if (env.databaseUrl !== undefined) {
    report.note(`DATABASE_URL: ${describeUrl(env.databaseUrl)}, none is started here`);
    return { url: env.databaseUrl, server: undefined };
  }
  const server = await startPostgres({
    dataDir: join(env.dataDir, "postgres"),
    database: "scrapersky",
    settings: { max_connections: "200" },
    log,
  });
  const how = server.adopted ? "found running and adopted" : "PostgreSQL 18 started";
  report.note(`${how}, data in ${server.dataDir}`);
  return { url: server.url, server };
}

/** Host, port and database of an address; never its user or password. */
export function describeUrl(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}:${port || 5432}${pathname}`;
  } catch {
    return "an address that cannot be read";
  }
}

/** Migrations and the queue's tables, in a process of its own: the supervisor stays small. */
export async function prepareDatabase(
  database: StackDatabase,
  env: Env,
  signal: AbortSignal,
): Promise<string> {
  const options = {
    env: { ...env.inherited, DATABASE_URL: database.url },
    signal,
    maxBuffer: 10_000_000,
  };
  try {
    const { stdout } = await run(process.execPath, [PREPARE], options);
    return stdout.trim();
  } catch (error) {
    signal.throwIfAborted();
    const { stderr } = error as { stderr?: string };
    throw new Error(stderr?.trim() || "The database could not be prepared.", { cause: error });
  }
}
