import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z.string().min(1, "set it to postgresql://user:password@host:port/database"),
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(100).default(10),
  /** Domains scraped at the same time by this process. */
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(500).default(32),
  /** Loopback port of the health answer; unset: none. */
  WORKER_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** JSON file of host names that resolve to loopback servers, for tests and demos only. */
  SCRAPER_SITES_FILE: z.string().min(1).optional(),
  /** Pause between two requests to one host, milliseconds. */
  SCRAPER_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(500),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  NODE_ENV: z.string().default("development"),
});

export type Env = z.infer<typeof schema>;

/** @throws Error that names each wrong variable and what to set, never a value */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join(".")}: ${issue.message}`,
  );
  throw new Error(`The worker's settings are not complete:\n${problems.join("\n")}`);
}
