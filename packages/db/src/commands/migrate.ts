import { migrate } from "../migrate.ts";
import type { Command } from "./command.ts";

export const migrateCommand: Command = async ({ env, progress }) => {
  const result = await migrate({ url: env.directUrl, log: progress });
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
