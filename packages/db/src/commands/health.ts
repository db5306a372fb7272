import { createDatabase } from "../session/database.ts";
import type { HealthResult } from "../session/health.ts";
import { type Command, EXIT } from "./command.ts";
import { adviceFor } from "./advice.ts";

const line = (name: string, { ok, latencyMs, reason }: HealthResult) =>
  ok
    ? `${name}  well, ${latencyMs} ms`
    : `${name}  ${reason ?? "other"} after ${latencyMs} ms: ${adviceFor(reason)}`;

export const healthCommand: Command = async ({ env }) => {
  const database = createDatabase({
    url: env.url,
    migrationUrl: env.migrationUrl,
    max: 1,
    applicationName: "scrapersky health",
  });
  try {
    const { pooled, direct } = await database.health();
    const separate = env.url !== env.migrationUrl;
    return {
      exitCode:
        pooled.ok && direct.ok ? 0 : pooled.ok || direct.ok ? EXIT.problem : EXIT.unreachable,
      text: separate
        ? `${line("DATABASE_URL       ", pooled)}\n${line("DATABASE_MIGRATION_URL", direct)}`
        : line("DATABASE_URL", pooled),
      json: { pooled, direct },
    };
  } finally {
    await database.close();
  }
};
