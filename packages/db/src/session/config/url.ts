import { readFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { DatabaseError } from "../errors/database-error.ts";

/** What a database URL says, in fields; the driver never sees the URL. */
export interface ParsedUrl {
  host: string;
  port: number;
  user: string;
  password: string | undefined;
  database: string;
  tls: ConnectionOptions | false;
  applicationName: string | undefined;
  max: number | undefined;
  min: number | undefined;
  /** Milliseconds, as the three below. */
  acquireTimeoutMs: number | undefined;
  connectTimeoutMs: number | undefined;
  statementTimeoutMs: number | undefined;
  /** Settings of the server, such as `search_path`, for connections of one's own. */
  startup: Record<string, string>;
  /** What was found, each with what becomes of it here. No value that a person wrote is among them but numbers. */
  notes: string[];
}

/** Settings of other drivers and of the system before this one, with what becomes of them here. */
const TRANSLATED: Record<string, string> = {
  raw_sql: "not needed: every statement is plain SQL",
  no_prepare: "not needed: statements are never named",
  statement_cache_size: "not needed: statements are never named",
  prepared_statement_cache_size: "not needed: statements are never named",
  prepare: "not needed: statements are never named",
  prepare_threshold: "not needed: statements are never named",
  pgbouncer: "not needed: every connection is safe behind a pooler",
  supa: "not needed: every connection is safe behind a pooler",
  workaround: "not needed",
  schema: "not sent: tables are named with their schema",
  client_encoding: "not needed: it is always UTF8",
  fetch_types: "not needed: types are known",
  channel_binding: "not supported, ignored",
  gssencmode: "not supported, ignored",
  uselibpqcompat: "not needed",
};

type NumberField = "max" | "min" | "acquireTimeoutMs" | "connectTimeoutMs" | "statementTimeoutMs";

const NUMBERS: Record<string, { field: NumberField; unitMs: number }> = {
  connection_limit: { field: "max", unitMs: 1 },
  max: { field: "max", unitMs: 1 },
  pool_size: { field: "max", unitMs: 1 },
  min: { field: "min", unitMs: 1 },
  pool_timeout: { field: "acquireTimeoutMs", unitMs: 1_000 },
  connect_timeout: { field: "connectTimeoutMs", unitMs: 1_000 },
  statement_timeout: { field: "statementTimeoutMs", unitMs: 1 },
};

/** `-c name=value` and `--name=value`, with backslash-escaped spaces. */
const OPTION = /(?:^|\s+)(?:-c\s*|--)([A-Za-z_][\w.]*)=((?:\\.|\S)*)/g;

export const wrong = (message: string) => new DatabaseError("configuration", message);

/**
 * Reads a database URL; nothing is taken from the environment and nothing defaults to a local server.
 * @param name the setting's name, for error messages
 * @throws DatabaseError `configuration` naming what is missing, wrong or unknown; never the value
 */
export function parseDatabaseUrl(text: string, name: string): ParsedUrl {
  const notes: string[] = [];
  const url = parseUrl(text, name, notes);
  // Before the parameters: a password with a bare ? or # leaves its rest among those.
  const host = required(decode(url.hostname.replace(/^\[|\]$/g, ""), name), name, "host");
  const user = required(decode(url.username, name), name, "user");
  const database = required(decode(url.pathname.slice(1), name), name, "database name");
  const numbers: Partial<Record<NumberField, number>> = {};
  const startup: Record<string, string> = {};
  let sslmode: string | undefined;
  let sslrootcert: string | undefined;
  let applicationName: string | undefined;
  for (const [key, value] of url.searchParams) {
    const numeric = Object.hasOwn(NUMBERS, key) ? NUMBERS[key] : undefined;
    if (Object.hasOwn(TRANSLATED, key)) {
      notes.push(`${name}: parameter ${key} is ${TRANSLATED[key]}`);
    } else if (!/^[a-z_]{1,40}$/.test(key)) throw wrong(notReadable(name));
    else if (value === "") throw wrong(`${name}: ${key} is empty: give it a value or remove it`);
    else if (numeric) {
      const number = positive(value, `${name}: ${key}`) * numeric.unitMs;
      numbers[numeric.field] = number;
      notes.push(becomes(name, key, `${numeric.field} ${number}`));
    } else if (key === "sslmode") sslmode = value;
    else if (key === "sslrootcert") sslrootcert = value;
    else if (key === "application_name") {
      applicationName = value;
      notes.push(becomes(name, key, "the name that connections tell the server"));
    } else if (key === "search_path") {
      startup[key] = value;
      notes.push(becomes(name, key, "a setting of the server"));
    } else if (key === "options") {
      const settings = parseOptions(value, name);
      Object.assign(startup, settings);
      const sent = Object.keys(settings).filter((setting) => setting !== "statement_timeout");
      if (sent.length > 0)
        notes.push(becomes(name, key, `settings of the server: ${sent.join(", ")}`));
    } else if (key === "target_session_attrs") checkTarget(value, name, notes);
    else throw wrong(`${name}: unknown parameter ${key}: remove it`);
  }
  const { statement_timeout: fromOptions, ...settings } = startup;
  if (fromOptions !== undefined) {
    const number = positive(fromOptions, `${name}: options statement_timeout`);
    numbers.statementTimeoutMs = number;
    notes.push(becomes(name, "options statement_timeout", `statementTimeoutMs ${number}`));
  }
  return {
    host,
    port: url.port === "" ? 5432 : Number(url.port),
    user,
    password: url.password === "" ? undefined : decode(url.password, name),
    database,
    tls: tlsOptions(sslmode, sslrootcert, host, name, notes),
    applicationName,
    max: numbers.max,
    min: numbers.min,
    acquireTimeoutMs: numbers.acquireTimeoutMs,
    connectTimeoutMs: numbers.connectTimeoutMs,
    statementTimeoutMs: numbers.statementTimeoutMs,
    startup: settings,
    notes,
  };
}

const becomes = (name: string, key: string, what: string): string =>
  `${name}: parameter ${key} becomes ${what}`;

function parseOptions(value: string, name: string): Record<string, string> {
  const settings: Record<string, string> = {};
  const rest = value.replaceAll(OPTION, (_all, key: string, setting: string) => {
    settings[key] = setting.replace(/\\(.)/g, "$1");
    return "";
  });
  if (rest.trim() !== "")
    throw wrong(`${name}: options can only hold settings such as -c search_path=app`);
  return settings;
}

function checkTarget(value: string, name: string, notes: string[]): void {
  if (value !== "any" && value !== "read-write" && value !== "primary")
    throw wrong(`${name}: target_session_attrs=${value} is not supported: remove it`);
  notes.push(`${name}: parameter target_session_attrs is not sent: health tells a replica apart`);
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
  // The WHATWG parser reads user, password and port only of schemes it takes as hierarchical with a host.
  const url = URL.parse(text.replace(/^[^:]+:/, "postgresql:"));
  if (url === null || url.hash !== "") throw wrong(notReadable(name));
  return url;
}

const notReadable = (name: string) =>
  `${name} cannot be read: percent-encode special characters of the password`;

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
  host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));

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
  const verified = { ...ca, rejectUnauthorized: true };
  const chosen = (): ConnectionOptions | false => {
    switch (sslmode) {
      case undefined:
        return isLoopback(host) ? false : verified;
      case "disable":
        return false;
      case "require":
        return sslrootcert ? verified : { rejectUnauthorized: false };
      case "verify-ca":
        return { ...verified, checkServerIdentity: () => undefined };
      case "verify-full":
        return verified;
      default:
        throw wrong(
          `${name}: sslmode=${sslmode} is not supported: use disable, require, verify-ca or verify-full`,
        );
    }
  };
  const tls = chosen();
  if (sslmode !== undefined) notes.push(`${name}: parameter sslmode: ${describeTls(tls)}`);
  if (sslrootcert !== undefined) {
    const use =
      "ca" in verified ? "the authority that certificates are verified by" : "the default";
    notes.push(becomes(name, "sslrootcert", tls === false ? "nothing: there is no TLS" : use));
  }
  return tls;
}

function describeTls(tls: ConnectionOptions | false): string {
  if (tls === false) return "no TLS";
  if (tls.rejectUnauthorized === false)
    return "TLS that does not verify the server: prefer verify-full";
  return `TLS with a verified certificate${tls.checkServerIdentity ? ", of any name" : ""}`;
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
