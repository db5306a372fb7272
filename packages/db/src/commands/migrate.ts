import { migrate } from "../migrate.ts";
import { type Command, EXIT } from "./command.ts";
import { runProgram } from "./run-program.ts";

export const migrateCommand: Command = async ({ env, progress }) => {
  // The mode is that of DATABASE_URL: of another address nothing is said.
  const mode = env.migrationUrl === env.url ? env.mode : "auto";
  const result = await migrate({ url: env.migrationUrl, mode, log: progress });
  // The queue brings its own schema, by the same program that every local start runs.
  const queue = await runProgram("apps/local/src/prepare-database.ts", [], {
    ...env.inherited,
    DATABASE_URL: env.migrationUrl,
    DATABASE_MODE: mode,
  });
  if (queue.failed) {
    return { exitCode: EXIT.problem, text: queue.stderr, json: { ...result, error: queue.stderr } };
  }
  const news = [
    result.applied.length > 0 ? `${result.applied.length} applied` : "",
    result.recorded.length > 0 ? `${result.recorded.length} recorded as there already` : "",
  ].filter((part) => part !== "");
  return {
    exitCode: 0,
    text: news.length > 0 ? `Migrations: ${news.join(", ")}.` : "The database is up to date.",
    json: result,
  };
};
