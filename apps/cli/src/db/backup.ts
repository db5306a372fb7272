import { resolve } from "node:path";
import { createDatabase } from "@scrapersky/db";
import { describeLeftOut, findTarget } from "@scrapersky/db/backup";
import { findLaterMigrations } from "@scrapersky/db/migrate";
import { readVersion } from "@scrapersky/machine/version";
import { type Command, EXIT } from "../command.ts";
import { manifest } from "../env.ts";
import { writePacked } from "./backup-file.ts";
import { copyRows } from "./backup.step.ts";

export const backupCommand: Command = async ({ env, flags, progress }) => {
  const { out } = flags;
  if (out === undefined) {
    const error = "Where to? Pass --out and the name of a file that is not there yet.";
    return { exitCode: EXIT.usage, text: error, json: { error } };
  }
  const database = createDatabase({
    url: env.migrationUrl,
    mode: env.migrationUrl === env.url ? env.mode : "auto",
    max: 1,
    applicationName: "scrapersky backup",
  });
  try {
    await findLaterMigrations(database.db);
    const { newest, queue } = await findTarget(database.db);
    if (newest === undefined || queue === undefined) {
      const error = "There is nothing to keep: this database has no tables of ScraperSky.";
      return { exitCode: EXIT.problem, text: error, json: { error } };
    }
    const at = new Date().toISOString();
    const facts = { version: readVersion(manifest), at, newest, queue };
    const file = resolve(out);
    const { totals, leftOut } = await writePacked(file, (write) =>
      copyRows(database.db, facts, write),
    );
    const rows = Object.values(totals).reduce((sum, one) => sum + one, 0);
    const told = describeLeftOut(leftOut);
    if (told !== undefined) progress(told);
    return {
      exitCode: 0,
      text:
        `${rows} rows of ${Object.keys(totals).length} tables are in ${file}, as of ${at}.\n` +
        "Keep beside it what is not in the database: AUTH_SECRET and WEBHOOKS_KEY, or the data folder that holds them.",
      json: { file, ...facts, rows: totals, leftOut },
    };
  } finally {
    await database.close();
  }
};
