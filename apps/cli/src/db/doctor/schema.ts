import { checkDrift, needsDecisions } from "@scrapersky/db/drift";
import { checkQueueTables, describeMigrations, type Finding } from "@scrapersky/db/findings";
import { findLaterMigrations, findPending, readMigrations } from "@scrapersky/db/migrate";
import { migrationsFolder } from "../../env.ts";
import type { Examination } from "./examination.ts";

// What is in the database, and whether our statements find it.

const ADOPT =
  "run `npm run db -- adopt`: it lists what the owner decides on these tables, and what `migrate` does then";

/** Whether the real tables need an owner's decisions before anything else can be done. */
const mustDecide = async ({ database }: Examination): Promise<boolean> =>
  needsDecisions(await checkDrift(database, undefined, { countRows: false }));

export async function checkMigrations(at: Examination): Promise<Finding> {
  const { database } = at;
  const migrations = await readMigrations(migrationsFolder);
  const later = await findLaterMigrations(database.db, migrations.at(-1)?.name);
  const pending = await findPending(database.db, migrations);
  const names = pending.map(({ name }) => name);
  const found = describeMigrations({ pending: names, of: migrations.length, later });
  return names.length > 0 && (await mustDecide(at)) ? { ...found, todo: ADOPT } : found;
}

export async function checkQueue(at: Examination): Promise<Finding> {
  const found = await checkQueueTables(at.database.db);
  return found.status !== "ok" && (await mustDecide(at)) ? { ...found, todo: ADOPT } : found;
}

export async function checkDriftHere({ database }: Examination): Promise<Finding> {
  const report = await checkDrift(database, undefined, { countRows: false });
  const found = Object.entries(report.counts).filter(([, count]) => count > 0);
  if (found.length === 0)
    return { status: "ok", says: `${report.tables} tables are what the schema says` };
  return {
    status: report.counts.breaking > 0 ? "fail" : "warn",
    says: found.map(([severity, count]) => `${count} ${severity}`).join(", "),
    todo: needsDecisions(report)
      ? ADOPT
      : "run `npm run db -- drift` for what breaks, and what would mend it",
  };
}
