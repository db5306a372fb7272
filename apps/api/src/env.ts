import { withoutEmpty } from "@scrapersky/machine/settings";
import { z } from "zod";
import { LIMITS } from "./limit/default-limits.ts";
import { createTrust } from "./http/trusted-proxies.ts";

const SECRET = "set it to at least 32 random characters";

/** Addresses and CIDR ranges with commas between. */
const ranges = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter((range) => range !== ""))
  .superRefine((list, ctx) => {
    try {
      createTrust(list);
    } catch (error) {
      ctx.addIssue({ code: "custom", message: (error as RangeError).message });
    }
  });

/** So many of something; 0: without limit. */
const limit = (most: number) => z.coerce.number().int().min(0).max(1_000_000).default(most);

const schema = z.object({
  DATABASE_URL: z.string("set it to postgresql://user:password@host:port/database"),
  /** Address without a pooler, for the health of the direct way. Default: DATABASE_URL. */
  DATABASE_MIGRATION_URL: z.string().optional(),
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
  API_PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  API_HOST: z.string().default("127.0.0.1"),
  /** Proxies that are believed in `X-Forwarded-For`: addresses and CIDR ranges with commas between. */
  TRUSTED_PROXIES: ranges,
  /** Calls a minute of one API key, and how many more it may make at once, every five minutes. */
  LIMIT_KEY: limit(LIMITS.LIMIT_KEY),
  LIMIT_KEY_BURST: limit(LIMITS.LIMIT_KEY_BURST),
  /** Calls a minute of one person, whatever the browsers. */
  LIMIT_PERSON: limit(LIMITS.LIMIT_PERSON),
  /** Calls a minute of one address, of those who are nobody. */
  LIMIT_ADDRESS: limit(LIMITS.LIMIT_ADDRESS),
  /** Failed sign-ins of one person from one address within five minutes. */
  LIMIT_SIGN_IN_FAILURES: limit(LIMITS.LIMIT_SIGN_IN_FAILURES),
  /** Event streams that are open at once with one key, or of one person. */
  LIMIT_STREAMS: limit(LIMITS.LIMIT_STREAMS),
  /**
   * After SIGTERM, milliseconds in which /health/ready says 503 and everything is still served: time for
   * a proxy to see it. Longer than the pause between two of its looks.
   */
  SHUTDOWN_WAIT_MS: z.coerce.number().int().min(0).max(600_000).default(5_000),
  /** Told by /health, so that whoever started this process knows that it is the one that answers. */
  INSTANCE_TOKEN: z.string().optional(),
  /** Where people open the dashboard: the origin sign-ins come from. */
  WEB_URL: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:3000"),
  /** Signs session cookies. At least 32 characters; changing it signs everybody out, unless AUTH_SECRET_FORMER has the one before. */
  AUTH_SECRET: z.string(SECRET).min(32, SECRET),
  /** The secret before: its sessions go on for as long as it is set here. */
  AUTH_SECRET_FORMER: z.string().min(32, "set it to what AUTH_SECRET was").optional(),
  /** A project of Supabase whose tokens are accepted, by its published keys: `https://ref.supabase.co`. */
  SUPABASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The secret that signs tokens of a project without published keys. */
  SUPABASE_JWT_SECRET: z.string().min(32, "set it to the project's JWT secret").optional(),
  /** People may sign in with the password that Supabase knows, once; from then on it is ours. */
  SUPABASE_PASSWORDS: z.stringbool().default(false),
  /** A mail server that takes invitations and links: `smtps://user:password@host:465`. Unset: none are sent. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Whom messages are from. */
  MAIL_FROM: z.string().default("ScraperSky <scrapersky@localhost>"),
  /** What secrets of webhooks are made of, in api and workers alike; changing it changes all of them. Unset: there are no webhooks. */
  WEBHOOKS_KEY: z.string().min(32, SECRET).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  /** Any other name counts as production. */
  NODE_ENV: z.enum(["production", "development", "test"]).catch("production"),
});

/** The text of a statement may hold a value somebody wrote into it. */
const complete = schema.refine((env) => !(env.DATABASE_ECHO && env.NODE_ENV === "production"), {
  path: ["DATABASE_ECHO"],
  message: "is for development: unset it, or set NODE_ENV to development",
});

export type Env = z.infer<typeof schema>;

/** @throws Error that names each wrong variable and what to set, never a value */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const parsed = complete.safeParse(withoutEmpty(source));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join(".")}: ${issue.message}`,
  );
  throw new Error(`The api's settings are not complete:\n${problems.join("\n")}`);
}
