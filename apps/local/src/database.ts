import { join } from "node:path";
import { type EmbeddedPostgres, startPostgres } from "@scrapersky/embedded";
import type { Report } from "../bin/progress.mjs";
import { describeUrl } from "./describe-url.ts";
import { runCommand } from "./operator-command.ts";
import type { Env } from "./env.ts";

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

/** Migrations and the queue's tables. */
export async function prepareDatabase(
  { url, server }: StackDatabase,
  env: Env,
  built: boolean,
  signal: AbortSignal,
): Promise<string> {
  // The direct address belongs to a database that was given.
  const direct = server ? { DATABASE_MIGRATION_URL: undefined } : {};
  const place = { built, env: { ...env.inherited, DATABASE_URL: url, ...direct }, signal };
  try {
    const { applied, recorded } = await runCommand<{
      applied: string[];
      recorded: string[];
    }>(["db", "migrate"], place);
    const news = [
      applied.length > 0 ? `${applied.length} applied` : "",
      recorded.length > 0 ? `${recorded.length} recorded as there already` : "",
    ].filter((part) => part !== "");
    return news.length > 0 ? news.join(", ") : "up to date";
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(
      `The database at ${describeUrl(url)} could not be prepared: ${(error as Error).message}\n` +
        "Check that it runs, that DATABASE_URL names it, and that its user may create tables.",
      { cause: error },
    );
  }
}
