import { withoutEmpty } from "@scrapersky/machine/settings";
import { z } from "zod";

/** So many days the audit log is kept. Fewer than a month of it would answer no question that somebody asks later. */
export const AUDIT_DAYS = { min: 30, max: 3_650, default: 730 } as const;

const schema = z.object({
  DATABASE_URL: z.string("set it to postgresql://user:password@host:port/database"),
  /** What DATABASE_URL leads to; auto: told by its port and host. */
  DATABASE_MODE: z.enum(["auto", "transaction", "session", "direct"]).default("auto"),
  DATABASE_POOL_MIN: z.coerce.number().int().min(0).max(100).default(0),
  /** Default: 10; in development 5, in tests 4. */
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(100).optional(),
  /** Statements that take longer are logged, milliseconds. */
  DATABASE_SLOW_MS: z.coerce.number().int().min(1).default(500),
  /** Logs the text of every statement; refused in production. */
  DATABASE_ECHO: z.stringbool().default(false),
  /** allow: start in spite of breaking drift between schema and database. */
  DRIFT: z.enum(["stop", "allow"]).default("stop"),
  /** Whoever collects metrics sends it as a bearer token; unset: there is no page of metrics. */
  METRICS_TOKEN: z.string().min(16, "set it to at least 16 random characters").optional(),
  /** Where spans are sent by OTLP over HTTP; unset: none are kept. Its fellows OTEL_* are read by OpenTelemetry itself. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "set it to http://host:4318" })
    .optional(),
  /** Domains scraped at the same time by this process. */
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(500).default(32),
  /** Port of the health answer, 0: any free one; unset: there is none. */
  WORKER_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Interface of the health answer. */
  WORKER_HOST: z.string().default("127.0.0.1"),
  /** Told by /health, so that whoever started this process knows that it is the one that answers. */
  INSTANCE_TOKEN: z.string().optional(),
  /** JSON file of host names that resolve to loopback servers, for tests and demos; refused in production. */
  SCRAPER_SITES_FILE: z.string().optional(),
  /** Pause between two requests to one host, milliseconds. */
  SCRAPER_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(500),
  /** Asks name servers whether the domains of mailboxes take mail; never with SCRAPER_SITES_FILE, whose names no one knows. */
  SCRAPER_MAIL_CHECK: z.stringbool().default(true),
  /** Rows of the audit log that are older are removed. */
  AUDIT_DAYS: z.coerce
    .number()
    .int()
    .min(AUDIT_DAYS.min)
    .max(AUDIT_DAYS.max)
    .default(AUDIT_DAYS.default),
  /** Where owners of sites can write to: stands in the user agent. */
  SCRAPER_CONTACT: z
    .union(
      [
        z.email().max(200),
        z
          .url({ protocol: /^https?$/ })
          .max(200)
          .regex(/^[\x21-\x27\x2a-\x7e]*$/),
      ],
      "set it to the address of a page or a mailbox, such as https://example.com/bot",
    )
    .optional(),
  /** http://user:password@host:port that all visits go through. */
  SCRAPER_PROXY: z
    .url({
      protocol: /^http$/,
      error: "set it to http://host:port or http://user:password@host:port",
    })
    .optional(),
  /** What secrets of webhooks are made of, that of the api. Unset: this worker sends none. */
  WEBHOOKS_KEY: z.string().min(32, "set it to that of the api").optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  /** Any other name counts as production. */
  NODE_ENV: z.enum(["production", "development", "test"]).catch("production"),
});

const complete = schema
  // The text of a statement may hold a value somebody wrote into it.
  .refine((env) => !(env.DATABASE_ECHO && env.NODE_ENV === "production"), {
    path: ["DATABASE_ECHO"],
    message: "is for development: unset it, or set NODE_ENV to development",
  })
  // The scraper refuses the file too, but only with a job in its hand.
  .refine((env) => env.SCRAPER_SITES_FILE === undefined || env.NODE_ENV !== "production", {
    path: ["SCRAPER_SITES_FILE"],
    message:
      "replaces the internet by sites on this machine, for tests and demos: " +
      "unset it, or set NODE_ENV to development",
  });

export type Env = z.infer<typeof schema>;

/** @throws Error that names each wrong variable and what to set, never a value */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const parsed = complete.safeParse(withoutEmpty(source));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join(".")}: ${issue.message}`,
  );
  throw new Error(`The worker's settings are not complete:\n${problems.join("\n")}`);
}
