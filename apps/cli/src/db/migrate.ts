import { createDatabase } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { installQueue } from "@scrapersky/queue";
import type { Command } from "../command.ts";
import { migrationsFolder } from "../env.ts";
import { identifyDatabase } from "./identify.ts";

export const migrateCommand: Command = async ({ env, progress }) => {
  // The mode is that of DATABASE_URL: of another address nothing is said.
  const mode = env.migrationUrl === env.url ? env.mode : "auto";
  const url = env.migrationUrl;
  const result = await migrate({ url, mode, folder: migrationsFolder, log: progress });
  const database = createDatabase({ url, mode, max: 3, applicationName: "scrapersky migrate" });
  let identity: string | null;
  try {
    await installQueue(database);
    identity = await identifyDatabase(database.db);
  } finally {
    await database.close();
  }
  const news = [
    result.applied.length > 0 ? `${result.applied.length} applied` : "",
    result.recorded.length > 0 ? `${result.recorded.length} recorded as there already` : "",
  ].filter((part) => part !== "");
  return {
    exitCode: 0,
    text: news.length > 0 ? `Migrations: ${news.join(", ")}.` : "The database is up to date.",
    json: { ...result, identity },
  };
};
