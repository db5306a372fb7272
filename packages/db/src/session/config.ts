import type { ConnectionOptions } from "node:tls";
import { readFileSync } from "node:fs";
import { DatabaseError } from "./errors.ts";
import type { PoolOptions } from "./pool.ts";

/** How a database is reached. Times in milliseconds. */
export interface DatabaseConfig {
  /** `postgresql://user:password@host:port/database`, pooled or direct. */
  url: string;
  /** Address without a transaction pooler, for health of the direct way; default: `url`. */
  directUrl?: string | undefined;
  /** Connections at most. Default 10. */
  max?: number;
  /** Longest wait for a free connection. Default 10,000. */
  acquireTimeoutMs?: number;
  /** Callers that may wait at once. Default 10,000. */
  queueMax?: number;
  /** Longest wait for TCP, TLS and login. Default 5,000. */
  connectTimeoutMs?: number;
  /** Deadline of a statement that names none. Default 30,000. */
  statementTimeoutMs?: number;
  /** Age at which an unused connection is replaced. Default 1,800,000 (30 minutes). */
  lifetimeMs?: number;
  /** Time after which an unused connection is closed. Default 600,000. */
  idleTimeoutMs?: number;
  /** A connection idle for longer is asked for a sign of life before it is lent. Default 30,000. */
  validateAfterMs?: number;
  applicationName?: string;
}

/** Settings of other drivers and of the system before this one, with what becomes of them here. */
const TRANSLATED: Record<string, string> = {
  raw_sql: "not needed: every statement is plain SQL",
  no_prepare: "not needed: statements are never named",
  statement_cache_size: "not needed: statements are never named",
  prepare: "not needed: statements are never named",
  pgbouncer: "not needed: every connection is safe behind a pooler",
  supa: "not needed: every connection is safe behind a pooler",
  channel_binding: "not supported, ignored",
  uselibpqcompat: "not needed",
};

const NUMBERS: Record<string, "max" | "acquireTimeoutMs" | "connectTimeoutMs"> = {
  connection_limit: "max",
  max: "max",
  pool_timeout: "acquireTimeoutMs",
  connect_timeout: "connectTimeoutMs",
};

const wrong = (message: string) => new DatabaseError("configuration", message);

/** A parsed configuration and, for the log, what was found in the URL that this system does not send. */
export interface ParsedConfig {
  pool: PoolOptions;
  notes: string[];
}

/**
 * Reads a database URL; nothing is taken from the environment and nothing defaults to a local server.
 * @param name the setting's name, for error messages
 * @throws DatabaseError `configuration` naming what is missing, wrong or unknown; never the value
 */
export function parseConfig(config: DatabaseConfig, name = "DATABASE_URL"): ParsedConfig {
  const notes: string[] = [];
  const url = parseUrl(config.url, name, notes);
  const fromUrl: Partial<Record<"max" | "acquireTimeoutMs" | "connectTimeoutMs", number>> = {};
  let sslmode: string | undefined;
  let sslrootcert: string | undefined;
  let applicationName: string | undefined;
  for (const [key, value] of url.searchParams) {
    const numeric = NUMBERS[key];
    if (key in TRANSLATED) notes.push(`${name}: parameter ${key} is ${TRANSLATED[key]}`);
    else if (numeric)
      fromUrl[numeric] = positive(value, `${name}: ${key}`) * (numeric === "max" ? 1 : 1000);
    else if (key === "sslmode") sslmode = value;
    else if (key === "sslrootcert") sslrootcert = value;
    else if (key === "application_name") applicationName = value;
    else throw wrong(`${name}: unknown parameter ${key}: remove it`);
  }
  const host = decode(url.hostname.replace(/^\[|\]$/g, ""), name);
  return {
    notes,
    pool: {
      host: required(host, name, "host"),
      port: url.port === "" ? 5432 : Number(url.port),
      user: required(decode(url.username, name), name, "user"),
      password: url.password === "" ? undefined : decode(url.password, name),
      database: required(decode(url.pathname.slice(1), name), name, "database name"),
      tls: tlsOptions(sslmode, sslrootcert, host, name, notes),
      applicationName: config.applicationName ?? applicationName ?? "scrapersky",
      max: config.max ?? fromUrl.max ?? 10,
      acquireTimeoutMs: config.acquireTimeoutMs ?? fromUrl.acquireTimeoutMs ?? 10_000,
      connectTimeoutMs: config.connectTimeoutMs ?? fromUrl.connectTimeoutMs ?? 5_000,
      statementTimeoutMs: config.statementTimeoutMs ?? 30_000,
      queueMax: config.queueMax ?? 10_000,
      lifetimeMs: config.lifetimeMs ?? 1_800_000,
      idleTimeoutMs: config.idleTimeoutMs ?? 600_000,
      validateAfterMs: config.validateAfterMs ?? 30_000,
    },
  };
}

function parseUrl(text: string, name: string, notes: string[]): URL {
  if (text.trim() === "")
    throw wrong(`${name} is empty: set it to postgresql://user:password@host:port/database`);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) throw wrong(`${name} is not a URL: it must start with postgresql://`);
  if (scheme.includes("+")) notes.push(`${name}: the driver in ${scheme}:// is ignored`);
  if (!/^postgres(ql)?(\+\w+)?$/.test(scheme))
    throw wrong(`${name} must start with postgresql://, not ${scheme}://`);
  if (/^[^:]+:\/\/[^/?]*@(:\d*)?([/?]|$)/.test(text)) required("", name, "host");
  try {
    // The WHATWG parser reads user, password and port only of schemes it takes as hierarchical with a host.
    return new URL(text.replace(/^[^:]+:/, "postgresql:"));
  } catch {
    throw wrong(`${name} cannot be read: percent-encode special characters of the password`);
  }
}

function decode(part: string, name: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong(`${name} has a percent sign that is not an escape: write it as %25`);
  }
}

function required(value: string, name: string, what: string): string {
  if (value === "")
    throw wrong(
      `${name} names no ${what}: set it to postgresql://user:password@host:port/database`,
    );
  return value;
}

function positive(value: string, what: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw wrong(`${what} must be a whole number above 0`);
  return number;
}

const isLoopback = (host: string) =>
  host === "localhost" || host === "::1" || host.startsWith("127.");

/**
 * Certificates are verified unless somebody says otherwise. Without sslmode: TLS verified, but none
 * to a loopback address, where nobody can listen in between.
 */
function tlsOptions(
  sslmode: string | undefined,
  sslrootcert: string | undefined,
  host: string,
  name: string,
  notes: string[],
): ConnectionOptions | false {
  const ca =
    sslrootcert && sslrootcert !== "system" ? { ca: readCertificate(sslrootcert, name) } : {};
  switch (sslmode) {
    case undefined:
      return isLoopback(host) ? false : { ...ca, rejectUnauthorized: true };
    case "disable":
      return false;
    case "require":
      if (sslrootcert) return { ...ca, rejectUnauthorized: true };
      notes.push(
        `${name}: sslmode=require encrypts but does not verify the server: prefer verify-full`,
      );
      return { rejectUnauthorized: false };
    case "verify-ca":
      return { ...ca, rejectUnauthorized: true, checkServerIdentity: () => undefined };
    case "verify-full":
      return { ...ca, rejectUnauthorized: true };
    default:
      throw wrong(
        `${name}: sslmode=${sslmode} is not supported: use disable, require, verify-ca or verify-full`,
      );
  }
}

function readCertificate(path: string, name: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new DatabaseError(
      "configuration",
      `${name}: the file named by sslrootcert cannot be read`,
      { cause },
    );
  }
}
