import { createDatabase } from "@scrapersky/db";
import { findLaterMigrations } from "@scrapersky/db/migrate";
import { type Command, EXIT } from "../command.ts";
import { bringUpAll, type LeadsBroughtUp } from "./leads.step.ts";

/** Progress is told so often in all. */
const TOLD_TIMES = 20;

export const leadsCommand: Command = async ({ env, progress }) => {
  const database = createDatabase({
    url: env.url,
    mode: env.mode,
    max: 1,
    applicationName: "scrapersky leads",
  });
  let told = 0;
  try {
    await findLaterMigrations(database.db);
    const done = await bringUpAll(database.db, (leads, total) => {
      const reached = Math.floor((leads / total) * TOLD_TIMES);
      if (reached > told) progress(`${leads} of ${total}`);
      told = reached;
    });
    return { exitCode: done.left > 0 ? EXIT.problem : 0, text: describe(done), json: done };
  } finally {
    await database.close();
  }
};

function describe({ leads, unread, chosen, left }: LeadsBroughtUp): string {
  const parts = [
    leads === 0
      ? "Every domain that was scanned has its lead."
      : `${leads === 1 ? "1 domain has its lead" : `${leads} domains have their leads`} now.`,
    unread === 0
      ? ""
      : `${unread} of their values could not be read and stay in the domain's own columns.`,
    chosen === 0 ? "" : `The best e-mail of ${chosen} was chosen by its tenant's rule.`,
    left === 0 ? "" : `${left} were in use: run it again.`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}
