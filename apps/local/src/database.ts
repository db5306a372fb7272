import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type EmbeddedPostgres, startPostgres } from "@scrapersky/embedded";
import type { Report } from "../bin/progress.mjs";
import { describeUrl } from "./describe-url.ts";
import { type Env, root } from "./env.ts";

const run = promisify(execFile);

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
    password: true,
    settings: { max_connections: "200" },
    log,
  });
  const how = server.adopted ? "found running and adopted" : "PostgreSQL 18 started";
  report.note(`${how}, data in ${server.dataDir}`);
  return { url: server.url, server };
}

/** Migrations and the queue's tables, in a process of its own: the supervisor stays small. */
export async function prepareDatabase(
  database: StackDatabase,
  env: Env,
  built: boolean,
  signal: AbortSignal,
): Promise<string> {
  const program = built ? "dist/prepare-database.js" : "src/prepare-database.ts";
  const options = {
    env: { ...env.inherited, DATABASE_URL: database.url },
    signal,
    maxBuffer: 10_000_000,
  };
  try {
    const { stdout } = await run(process.execPath, [join(root, "apps/local", program)], options);
    return stdout.trim();
  } catch (error) {
    signal.throwIfAborted();
    const { stderr } = error as { stderr?: string };
    throw new Error(stderr?.trim() || "The database could not be prepared.", { cause: error });
  }
}
