import { resolve } from "node:path";
import { createDatabase } from "@scrapersky/db";
import { type BackupFacts, findTarget, readFacts, type Target } from "@scrapersky/db/backup";
import { migrate, readMigrations } from "@scrapersky/db/migrate";
import { installQueue } from "@scrapersky/queue";
import { type Command, type Context, EXIT, type Outcome } from "../command.ts";
import { migrationsFolder } from "../env.ts";
import { readPackedLines } from "./backup-file.ts";
import { bringBackRows } from "./backup.step.ts";

/** Making indexes of millions of rows takes its time. */
const STATEMENT_TIMEOUT_MS = 3_600_000;

const refused = (error: string, exitCode: number = EXIT.problem): Outcome => ({
  exitCode,
  text: error,
  json: { error },
});

export const restoreCommand: Command = async (context) => {
  const { from } = context.flags;
  if (from === undefined) {
    return refused("From what? Pass --from and the file that backup wrote.", EXIT.usage);
  }
  const lines = readPackedLines(resolve(from));
  try {
    return await restoreFrom(lines, context);
  } finally {
    // One that was not read to its end is still open.
    await lines.return(undefined);
  }
};

async function restoreFrom(
  lines: AsyncGenerator<string>,
  { env, flags, progress, ask }: Context,
): Promise<Outcome> {
  const { confirm } = flags;
  const first = await lines.next();
  const facts = readFacts(first.done ? "" : first.value);
  const known = (await readMigrations(migrationsFolder)).map(({ name }) => name);
  if (!known.includes(facts.newest)) {
    return refused(
      `Nothing was done: the backup was made by version ${facts.version}, whose migration ${facts.newest} ` +
        "this program does not know. Restore it with that version.",
    );
  }
  const mode = env.migrationUrl === env.url ? env.mode : "auto";
  const url = env.migrationUrl;
  const database = createDatabase({
    url,
    mode,
    max: 3,
    applicationName: "scrapersky restore",
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  try {
    const before = await findTarget(database.db);
    const problem = await judge(before, facts, async () => {
      if (confirm !== undefined) return confirm;
      return ask(`\nAll rows of ${before.database} will be gone. Type its name to go on: `);
    });
    if (problem !== undefined) return problem;
    const folder = migrationsFolder;
    await migrate({ url, mode, folder, upTo: facts.newest, log: progress });
    await installQueue(database);
    if ((await findTarget(database.db)).queue !== facts.queue) {
      return refused(
        `No row was brought in: version ${facts.version} kept its queue in another form. ` +
          "Restore the backup with that version into an empty database, then upgrade.",
      );
    }
    const totals = await bringBackRows(database.db, lines);
    await migrate({ url, mode, folder, log: progress });
    const rows = Object.values(totals).reduce((sum, one) => sum + one, 0);
    return {
      exitCode: 0,
      text:
        `${rows} rows of ${Object.keys(totals).length} tables are back, as of ${facts.at}. What was under way goes on.\n` +
        "Look over it: npm run db -- doctor",
      json: { ...facts, rows: totals },
    };
  } finally {
    await database.close();
  }
}

/** Why this backup does not go into this database; undefined when it does. */
async function judge(
  { database, newest, hasTenants }: Target,
  facts: BackupFacts,
  name: () => Promise<string | undefined>,
): Promise<Outcome | undefined> {
  if (newest === undefined && hasTenants) {
    return refused(
      `Nothing was done: ${database} has tables of the first system. Make an empty database, and restore there.`,
    );
  }
  if (newest !== undefined && newest !== facts.newest) {
    return refused(
      `Nothing was done: ${database} is at migration ${newest} and the backup at ${facts.newest}. ` +
        "Make an empty database, and restore there.",
    );
  }
  if (!hasTenants) return undefined;
  const typed = await name();
  if (typed === database) return undefined;
  return refused(
    typed === undefined
      ? `Nothing was done: ${database} has rows, and nobody is here to type its name. Pass --confirm ${database}.`
      : `Nothing was done: "${typed}" is not the name of this database, which is ${database}.`,
    EXIT.usage,
  );
}
