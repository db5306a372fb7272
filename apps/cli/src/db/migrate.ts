import { countWithoutLead } from "@scrapersky/api/services";
import { createDatabase } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { installQueue } from "@scrapersky/queue";
import type { Command } from "../command.ts";
import { migrationsFolder } from "../env.ts";
import { identifyDatabase } from "./identify.ts";
import { compareMigrated } from "./migrate.step.ts";

/** The migration that makes room for leads. */
const LEADS = "0009_leads";

export const migrateCommand: Command = async ({ env, progress }) => {
  // The mode is that of DATABASE_URL: of another address nothing is said.
  const mode = env.migrationUrl === env.url ? env.mode : "auto";
  const url = env.migrationUrl;
  const result = await migrate({ url, mode, folder: migrationsFolder, log: progress });
  const database = createDatabase({ url, mode, max: 3, applicationName: "scrapersky migrate" });
  let identity: string | null;
  let withoutLead = 0;
  try {
    await installQueue(database);
    await compareMigrated(database.db);
    if (result.applied.includes(LEADS)) withoutLead = await countWithoutLead(database.db);
    identity = await identifyDatabase(database.db);
  } finally {
    await database.close();
  }
  const news = [
    result.applied.length > 0 ? `${result.applied.length} applied` : "",
    result.recorded.length > 0 ? `${result.recorded.length} recorded as there already` : "",
  ].filter((part) => part !== "");
  const said = news.length > 0 ? `Migrations: ${news.join(", ")}.` : "The database is up to date.";
  const next =
    withoutLead === 0 ? "" : `\nMake leads of what was scanned before: npm run db -- leads`;
  return {
    exitCode: 0,
    text: `${said}${next}`,
    json: { ...result, identity },
  };
};
