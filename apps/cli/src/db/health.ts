import { adviceFor, createDatabase, type HealthResult } from "@scrapersky/db";
import { type Command, EXIT } from "../command.ts";
import { namePooler, nameServer } from "./describe-way.ts";

const NAME_LENGTH = "DATABASE_MIGRATION_URL".length;

const line = (name: string, says: string) => `${name.padEnd(NAME_LENGTH)}  ${says}`;

function describe(result: HealthResult): string {
  const { ok, latencyMs, reason, advice } = result;
  return ok
    ? `well, ${latencyMs} ms, ${nameServer(result)}`
    : `${reason ?? "other"} after ${latencyMs} ms: ${advice ?? adviceFor(reason)}`;
}

export const healthCommand: Command = async ({ env }) => {
  const database = createDatabase({
    url: env.url,
    migrationUrl: env.migrationUrl,
    mode: env.mode,
    max: 1,
    applicationName: "scrapersky health",
  });
  try {
    const { pooled, direct, pooler } = await database.health();
    const mode = String(database.describe().settings["mode"]);
    const lines = [line("DATABASE_URL", describe(pooled))];
    if (env.url !== env.migrationUrl) lines.push(line("DATABASE_MIGRATION_URL", describe(direct)));
    if (pooled.ok) lines.push(line("Way", `mode ${mode}, ${namePooler(pooler)} in between`));
    return {
      exitCode:
        pooled.ok && direct.ok ? 0 : pooled.ok || direct.ok ? EXIT.problem : EXIT.unreachable,
      text: lines.join("\n"),
      json: { mode, pooler, pooled, direct },
    };
  } finally {
    await database.close();
  }
};
