import { type DatabaseHooks, joinHooks } from "./hooks.ts";
import { type ConnectionMode, findMode, type Mode, modeNow } from "./mode.ts";
import type { PoolOptions, SlotOptions } from "./pool-options.ts";
import { TIME_MAX_MS } from "./time-limit.ts";
import { parseDatabaseUrl, wrong } from "./url.ts";

/** How a database is reached. Times in milliseconds. */
export interface DatabaseConfig {
  /** `postgresql://user:password@host:port/database`, pooled or direct. */
  url: string;
  /** The same database without a transaction pooler, for migrations and the health of the direct way; default: `url`. */
  migrationUrl?: string | undefined;
  /** What `url` leads to. Default `auto`: told by its port and host. */
  mode?: Mode | undefined;
  /** Chooses the defaults below: `production` (the default), or smaller ones. */
  environment?: Environment | undefined;
  /** Connections kept open even when nobody needs them. Default 0. */
  min?: number | undefined;
  /** Connections at most. Default 10; development 5, test 4. */
  max?: number | undefined;
  /** Longest wait for a free connection. Default 10,000. */
  acquireTimeoutMs?: number | undefined;
  /** Callers that may wait at once. Default 10,000. */
  queueMax?: number | undefined;
  /** Longest wait for TCP, TLS, login and a first answer. Default 5,000. */
  connectTimeoutMs?: number | undefined;
  /** Deadline of a statement that names none, its wait for a connection included. Default 30,000. */
  statementTimeoutMs?: number | undefined;
  /** Age at which an unused connection is replaced. Default 1,800,000 (30 minutes). */
  lifetimeMs?: number | undefined;
  /** Time after which an unused connection is closed, down to `min`. Default 600,000. */
  idleTimeoutMs?: number | undefined;
  /** A connection idle for longer is asked for a sign of life before it is lent. Default 30,000. */
  validateAfterMs?: number | undefined;
  /** A connection idle for longer is asked for a sign of life where it stands. Default 120,000. */
  keepaliveMs?: number | undefined;
  /** A transaction, session or stream that holds its connection for longer is reported. Default 60,000. */
  leakAfterMs?: number | undefined;
  applicationName?: string | undefined;
  /** What the program watches: metrics, traces, slow statements, leaks. */
  hooks?: readonly DatabaseHooks[] | undefined;
}

export type Environment = "production" | "development" | "test";

const MAX: Record<Environment, number> = { production: 10, development: 5, test: 4 };

const DEFAULTS = {
  min: 0,
  acquireTimeoutMs: 10_000,
  queueMax: 10_000,
  connectTimeoutMs: 5_000,
  statementTimeoutMs: 30_000,
  lifetimeMs: 1_800_000,
  idleTimeoutMs: 600_000,
  validateAfterMs: 30_000,
  keepaliveMs: 120_000,
  leakAfterMs: 60_000,
};

const POOL_LIMIT = 1_000;
const QUEUE_LIMIT = 1_000_000;

/** Smallest and largest value of each number. */
const LIMITS: Partial<Record<string, readonly [number, number]>> = {
  min: [0, POOL_LIMIT],
  max: [1, POOL_LIMIT],
  queueMax: [0, QUEUE_LIMIT],
  validateAfterMs: [0, TIME_MAX_MS],
};

function checkNumbers(numbers: Record<string, number>): void {
  for (const [name, value] of Object.entries(numbers)) {
    const [least, most] = LIMITS[name] ?? [1, TIME_MAX_MS];
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    throw wrong(`${name} of the database must be a whole number from ${least} to ${most}`);
  }
}

/** A parsed configuration and, for the log, what holds and what was translated. */
export interface ParsedConfig {
  pool: PoolOptions;
  direct: SlotOptions;
  mode: ConnectionMode;
  /** What holds, when it is known who answers: see `modeNow`. */
  describe(behindPooler: boolean | undefined): Description;
}

/** For the log: effective settings without secrets, and what was found and translated. */
export interface Description {
  settings: Record<string, string | number | boolean>;
  notes: string[];
}

/**
 * Completes a configuration: what the object says wins over the URL, the URL over the defaults.
 * @throws DatabaseError `configuration` naming what is missing, wrong or unknown; never the value
 */
export function parseConfig(config: DatabaseConfig): ParsedConfig {
  const url = parseDatabaseUrl(config.url, "DATABASE_URL");
  const migration =
    config.migrationUrl === undefined
      ? url
      : parseDatabaseUrl(config.migrationUrl, "DATABASE_MIGRATION_URL");
  const mode = findMode(config.mode ?? "auto", url);
  const environment = config.environment ?? "production";
  const number = (key: keyof typeof DEFAULTS) => {
    const fromUrl = key in url ? url[key as keyof typeof url] : undefined;
    return config[key] ?? (fromUrl as number | undefined) ?? DEFAULTS[key];
  };
  const numbers = Object.fromEntries(
    (Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]).map((key) => [key, number(key)]),
  ) as typeof DEFAULTS;
  const max = config.max ?? url.max ?? MAX[environment];
  checkNumbers({ max, ...numbers });
  if (numbers.min > max) {
    throw wrong(`DATABASE_POOL_MIN (${numbers.min}) is above DATABASE_POOL_MAX (${max})`);
  }
  const hooks = joinHooks(config.hooks ?? []);
  const tellsWords = environment === "development";
  const applicationName = config.applicationName ?? url.applicationName ?? "scrapersky";
  const { host, port, user, password, database, tls } = url;
  const notes = [...url.notes, ...mode.notes];
  if (migration !== url) notes.push(...migration.notes);
  const kept = Object.keys(url.startup).join(", ");
  const startup = mode.kind === "transaction" ? {} : url.startup;
  const settings = {
    environment,
    tls: tls !== false,
    separateMigrationUrl: migration !== url,
    max,
    ...numbers,
    applicationName,
  };
  return {
    pool: {
      host,
      port,
      user,
      password,
      database,
      tls,
      startup,
      startupIsOptional: !mode.chosen,
      applicationName,
      hooks,
      tellsWords,
      max,
      ...numbers,
    },
    direct: {
      host: migration.host,
      port: migration.port,
      user: migration.user,
      password: migration.password,
      database: migration.database,
      tls: migration.tls,
      startup: migration === url ? startup : migration.startup,
      startupIsOptional: !mode.chosen,
      applicationName,
      hooks,
      tellsWords,
      connectTimeoutMs: numbers.connectTimeoutMs,
    },
    mode,
    describe(behindPooler) {
      const { kind, told } = modeNow(mode, behindPooler);
      const lost =
        kind === "transaction" && kept !== ""
          ? `DATABASE_URL: ${kept} not sent, a transaction pooler would refuse or lose it: ` +
            "set it on the database role with ALTER ROLE"
          : undefined;
      const more = [told, lost].filter((note) => note !== undefined);
      return { settings: { mode: kind, ...settings }, notes: [...notes, ...more] };
    },
  };
}
