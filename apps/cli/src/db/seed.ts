import { createDatabase } from "@scrapersky/db";
import { findLaterMigrations } from "@scrapersky/db/migrate";
import type { Command } from "../command.ts";
import { seed } from "./seed.step.ts";

export const seedCommand: Command = async ({ env, flags }) => {
  const database = createDatabase({
    url: env.url,
    mode: env.mode,
    max: 2,
    applicationName: "scrapersky seed",
  });
  try {
    await findLaterMigrations(database.db);
    const seeded = await seed(database.db, flags);
    const people = seeded.users.map(
      ({ email, password, role }) => `  ${email.padEnd(32)} ${password.padEnd(24)} ${role}`,
    );
    return {
      exitCode: 0,
      text:
        people.length > 0
          ? `Tenant ${seeded.tenant}. Shown once:\n${people.join("\n")}`
          : `Tenant ${seeded.tenant} and its staff are there already; --reset-access gives new passwords.`,
      json: seeded,
    };
  } finally {
    await database.close();
  }
};
