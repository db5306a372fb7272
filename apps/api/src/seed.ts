import { parseArgs } from "node:util";
import { createDatabase } from "@scrapersky/db";
import { readSeedEnv } from "./env.ts";
import { seed } from "./seed/seed.step.ts";

// Prints `{ tenant, users }` on standard output: `users` is empty when the staff exist already and
// no --reset-access was given.
const USAGE = 2;

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      "reset-access": { type: "boolean", default: false },
      /** Adds no tenant and no staff to a database that has tenants. */
      "only-empty": { type: "boolean", default: false },
    },
  });
  const env = readSeedEnv();
  const database = createDatabase({
    url: env.DATABASE_URL,
    mode: env.DATABASE_MODE,
    max: 2,
    applicationName: "scrapersky-seed",
  });
  try {
    const options = { resetAccess: values["reset-access"], onlyEmpty: values["only-empty"] };
    console.log(JSON.stringify(await seed(database.db, options)));
  } finally {
    await database.close();
  }
}

await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = USAGE;
});
