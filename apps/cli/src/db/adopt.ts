import { access, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createDatabase } from "@scrapersky/db";
import {
  applyAdoption,
  describeAdoption,
  type PlannedAdoption,
  readAdoptionPlan,
  scriptsOf,
} from "@scrapersky/db/adopt";
import { readMigrations } from "@scrapersky/db/migrate";
import { type Command, EXIT, type Outcome } from "../command.ts";
import { migrationsFolder } from "../env.ts";

/** Tables with millions of rows are read and written anew. */
const STATEMENT_TIMEOUT_MS = 3_600_000;

export const adoptCommand: Command = async ({ env, flags, progress, ask }) => {
  const database = createDatabase({
    url: env.migrationUrl,
    // The mode is that of DATABASE_URL: of another address nothing is said.
    mode: env.migrationUrl === env.url ? env.mode : "auto",
    max: 1,
    applicationName: "scrapersky adopt",
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  const { out, confirm } = flags;
  const { apply } = flags.adopt;
  try {
    const migrations = await readMigrations(migrationsFolder);
    const plan = await readAdoptionPlan(database.db, migrations);
    const { forward: _forward, back: _back, ...told } = plan;
    const outcome = (exitCode: number, text: string, more: object = {}): Outcome => ({
      exitCode,
      text,
      json: { plan: told, applied: false, ...more },
    });
    if (flags.adopt.plan !== undefined && flags.adopt.plan !== plan.fingerprint) {
      const error = `rows or tables changed since plan ${flags.adopt.plan}: this one is ${plan.fingerprint}. Nothing was done.`;
      return outcome(EXIT.problem, error, { error });
    }
    const isReady = plan.steps.length > 0 && plan.obstacles.length === 0;
    const files = out !== undefined && isReady ? await writeScripts(plan, out) : undefined;
    const written = files ? `\n\nWritten: ${files.script}\nThe way back: ${files.wayBack}` : "";
    const shown = `${describeAdoption(plan)}${written}`;
    if (!apply || !isReady) {
      return outcome(plan.obstacles.length > 0 ? EXIT.problem : 0, shown, { files });
    }
    if (confirm === undefined) progress(shown);
    const typed = confirm ?? (await ask(`\nType the name of the database to adopt it: `));
    if (typed === undefined || typed !== plan.database) {
      const error =
        typed === undefined
          ? `Nothing was done: nobody is here to type the name. Pass --confirm ${plan.database}.`
          : `Nothing was done: "${typed}" is not the name of this database, which is ${plan.database}.`;
      return outcome(EXIT.usage, error, { error, files });
    }
    await applyAdoption(database.db, migrations, plan.fingerprint, progress);
    const gone = Object.values(plan.merged).reduce((sum, rows) => sum + rows, 0);
    return outcome(
      0,
      `Adopted by plan ${plan.fingerprint}: ${gone} rows merged or put aside, each kept in app.adopted_rows.${written}\nNow: npm run db -- migrate`,
      { applied: true, files, wayBack: files ? undefined : scriptsOf(plan).back },
    );
  } finally {
    await database.close();
  }
};

/** The script and beside it the way back; neither takes the place of a file. */
async function writeScripts(
  plan: PlannedAdoption,
  out: string,
): Promise<{ script: string; wayBack: string }> {
  const script = resolve(out);
  const wayBack = `${script.replace(/\.sql$/, "")}.back.sql`;
  for (const file of [script, wayBack]) {
    const isFree = await access(file).then(
      () => false,
      () => true,
    );
    if (!isFree) {
      throw new Error(
        `${file} is there already, and may be the way back from an earlier adoption: choose another --out`,
      );
    }
  }
  const { forward, back } = scriptsOf(plan);
  await writeFile(script, forward, { flag: "wx" });
  await writeFile(wayBack, back, { flag: "wx" });
  return { script, wayBack };
}
