import { DatabaseError, type DatabaseErrorKind } from "./errors.ts";

/** The fields of an ErrorResponse that decide what it means. */
export interface ServerError {
  code: string;
  message: string;
  severity?: string | undefined;
  constraint_name?: string | undefined;
  table_name?: string | undefined;
}

interface Meaning {
  kind: DatabaseErrorKind;
  text: string;
}

const BY_STATE: Record<string, Meaning> = {
  "23502": { kind: "constraint", text: "a required value is missing" },
  "23503": { kind: "constraint", text: "a referenced row does not exist or is still referenced" },
  "23505": { kind: "constraint", text: "a row with this key exists already" },
  "23514": { kind: "constraint", text: "a value breaks a check rule" },
  "23P01": { kind: "constraint", text: "a value conflicts with an exclusion rule" },
  "25006": { kind: "read_only", text: "the database or the transaction is read-only" },
  "25P02": { kind: "rolled_back", text: "an earlier statement failed; the transaction is over" },
  "25P03": { kind: "connection_lost", text: "the transaction was idle for too long" },
  "28000": { kind: "authentication", text: "the database refused the login" },
  "28P01": { kind: "authentication", text: "the database refused the password" },
  "3D000": { kind: "configuration", text: "the database does not exist" },
  "40001": { kind: "serialization", text: "a concurrent transaction got in the way" },
  "40P01": { kind: "serialization", text: "a deadlock was resolved by undoing this transaction" },
  "42501": { kind: "permission", text: "the database role lacks a permission" },
  "53100": { kind: "resources", text: "the database's disk is full" },
  "53200": { kind: "resources", text: "the database is out of memory" },
  "53300": { kind: "resources", text: "the database has no connection left" },
  "55P03": { kind: "statement_timeout", text: "a lock was not available in time" },
  "57014": { kind: "statement_timeout", text: "the statement was cancelled" },
  "57P01": { kind: "connection_lost", text: "the server ended the connection" },
  "57P02": { kind: "connection_lost", text: "the server crashed" },
  "57P03": { kind: "unavailable", text: "the database is starting up or shutting down" },
};

const BY_CLASS: Record<string, Meaning> = {
  "08": { kind: "connection_lost", text: "the connection failed" },
  "22": { kind: "syntax", text: "a value does not fit its type" },
  "23": { kind: "constraint", text: "an integrity rule refused the write" },
  "28": { kind: "authentication", text: "the database refused the login" },
  "40": { kind: "serialization", text: "the transaction was undone by the server" },
  "42": { kind: "syntax", text: "the statement is wrong" },
  "53": { kind: "resources", text: "the database is out of resources" },
};

/** Texts of PgBouncer (all 08P01) and Supavisor (`(CODE) …`, mostly XX000), most telling first. */
const BY_TEXT: { match: RegExp; pooler: "pgbouncer" | "supavisor"; meaning: Meaning }[] = [
  {
    match:
      /^\((EMAXCONN|EMAXCONNSESSION|ECHECKOUTTIMEOUT|ECHECKOUTRETRIES|EPOOLCHECKOUT|EMAXPOOLSREACHED|ESUBSCRIBERETRIES)\)|^Max client connections reached|^MaxClientsInSessionMode/,
    pooler: "supavisor",
    meaning: { kind: "resources", text: "the pooler has no connection left" },
  },
  {
    match: /^\((ECIRCUITBREAKER|EDBHANDLEREXITED|EAUTHTIMEOUT)\)|^Failed to connect to database/,
    pooler: "supavisor",
    meaning: { kind: "unavailable", text: "the pooler cannot reach the database for now" },
  },
  {
    match: /^\(E[A-Z]+\)/,
    pooler: "supavisor",
    meaning: { kind: "configuration", text: "the pooler refused the connection's settings" },
  },
  {
    match: /no more connections allowed|query_wait_timeout/,
    pooler: "pgbouncer",
    meaning: { kind: "resources", text: "the pooler has no connection left" },
  },
  {
    match: /server conn crashed|server closed the connection|server_login_retry|connect failed/,
    pooler: "pgbouncer",
    meaning: { kind: "connection_lost", text: "the pooler lost the database" },
  },
  {
    match: /SASL authentication failed|password authentication failed/,
    pooler: "pgbouncer",
    meaning: { kind: "authentication", text: "the database refused the password" },
  },
  {
    match:
      /no such database|database ".*" does not exist|unsupported startup parameter|no such user/,
    pooler: "pgbouncer",
    meaning: {
      kind: "configuration",
      text: "the pooler does not know this database, user or setting",
    },
  },
];

/** What a server's error means. The text never carries the server's own words about values. */
export function classifyServerError(error: ServerError, cause?: unknown): DatabaseError {
  const byText =
    error.code === "XX000" || error.code.startsWith("08")
      ? BY_TEXT.find((entry) => entry.match.test(error.message))
      : undefined;
  const meaning = byText?.meaning ??
    BY_STATE[error.code] ??
    BY_CLASS[error.code.slice(0, 2)] ?? { kind: "other", text: "the database reported an error" };
  const where = error.constraint_name ? ` (${error.constraint_name})` : "";
  return new DatabaseError(meaning.kind, `${meaning.text}${where} [${error.code}]`, {
    sqlstate: error.code,
    constraint: error.constraint_name,
    table: error.table_name,
    pooler: byText?.pooler,
    cause,
  });
}

const CONNECT_REASONS: Record<string, string> = {
  ECONNREFUSED: "the database refused the connection",
  ENOTFOUND: "the database's host name does not resolve",
  EAI_AGAIN: "the name service did not answer",
  ECONNRESET: "the database reset the connection",
  ETIMEDOUT: "the database did not answer",
  CONNECT_TIMEOUT: "the database did not answer in time",
  EHOSTUNREACH: "the database's host cannot be reached",
};

/** A fault before login was complete: nothing ran, so it may be tried again. */
export function connectFailed(cause: unknown): DatabaseError {
  const code = codeOf(cause);
  return new DatabaseError(
    "connect_failed",
    (code && CONNECT_REASONS[code]) ?? "no connection to the database could be made",
    { cause },
  );
}

export function codeOf(error: unknown): string | undefined {
  return typeof error === "object" &&
    error !== null &&
    "code" in error &&
    typeof error.code === "string"
    ? error.code
    : undefined;
}
