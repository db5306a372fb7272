import { createDatabase } from "@scrapersky/db";
import { checkDrift, describeDrift } from "@scrapersky/db/drift";
import { type Command, EXIT } from "../command.ts";

const FAILING: Record<string, readonly ("breaking" | "harmful" | "harmless")[]> = {
  breaking: ["breaking"],
  harmful: ["breaking", "harmful"],
  harmless: ["breaking", "harmful", "harmless"],
};

export const driftCommand: Command = async ({ env, flags }) => {
  const database = createDatabase({
    url: env.url,
    mode: env.mode,
    max: 1,
    applicationName: "scrapersky drift",
  });
  try {
    const report = await checkDrift(database);
    const failing = FAILING[flags.failOn]?.some((severity) => report.counts[severity] > 0);
    return {
      exitCode: failing ? EXIT.problem : 0,
      text: describeDrift(report),
      json: report,
    };
  } finally {
    await database.close();
  }
};
