import type { DatabaseErrorReason } from "./advice.ts";
import { DatabaseError, type DatabaseErrorKind, type ServerWords } from "./database-error.ts";
import { type Meaning, poolerMeaning } from "./pooler-errors.ts";

/** The fields of an ErrorResponse that decide what it means, and those for programs. */
export interface ServerError {
  code: string;
  message: string;
  severity?: string | undefined;
  detail?: string | undefined;
  hint?: string | undefined;
  position?: string | undefined;
  /** Where in functions and blocks it happened. */
  where?: string | undefined;
  constraint_name?: string | undefined;
  column_name?: string | undefined;
  table_name?: string | undefined;
}

/** True for an error of the driver, or of an answer, that the server sent. */
export const isServerError = (error: unknown): error is ServerError & Error =>
  error instanceof Error && error.name === "PostgresError";

const BY_STATE: Record<string, Meaning> = {
  "0A000": { kind: "syntax", text: "the database does not support this" },
  "23502": { kind: "constraint", text: "a required value is missing" },
  "22012": { kind: "syntax", text: "division by zero" },
  "23503": {
    kind: "constraint",
    text: "a foreign key refuses it: a referenced row does not exist or is still referenced",
  },
  "23505": { kind: "constraint", text: "a row with this key already exists" },
  "23514": { kind: "constraint", text: "a value breaks a check rule" },
  "23P01": { kind: "constraint", text: "a value conflicts with an exclusion rule" },
  "25006": { kind: "read_only", text: "the database or the transaction is read-only" },
  "25P02": { kind: "rolled_back", text: "an earlier statement failed; the transaction is over" },
  "25P04": { kind: "connection_lost", text: "the transaction took too long" },
  "25P03": { kind: "connection_lost", text: "the transaction was idle for too long" },
  "28000": { kind: "authentication", text: "the database refused the login" },
  "28P01": { kind: "authentication", text: "the database refused the password" },
  "26000": { kind: "misuse", text: "a prepared statement does not exist" },
  "3D000": {
    kind: "configuration",
    text: "the database does not exist",
    reason: "database_missing",
  },
  "3F000": { kind: "syntax", text: "a schema does not exist" },
  "40001": { kind: "serialization", text: "a concurrent transaction got in the way" },
  "40002": { kind: "constraint", text: "an integrity rule refused the transaction" },
  "40003": { kind: "connection_lost", text: "it is not known whether the statement was completed" },
  "40P01": { kind: "serialization", text: "a deadlock was resolved by undoing this transaction" },
  "42501": { kind: "permission", text: "the database role lacks a permission" },
  "42601": { kind: "syntax", text: "the statement is no valid SQL" },
  "42701": { kind: "syntax", text: "a column of this name already exists" },
  "42703": { kind: "syntax", text: "a column does not exist" },
  "42704": { kind: "syntax", text: "something that the statement names does not exist" },
  "42710": { kind: "syntax", text: "something of this name already exists" },
  "42723": { kind: "syntax", text: "a function of this name already exists" },
  "42883": { kind: "syntax", text: "a function or operator does not exist" },
  "42P01": { kind: "syntax", text: "a table or view does not exist" },
  "42P04": { kind: "syntax", text: "a database of this name already exists" },
  "42P05": { kind: "misuse", text: "a prepared statement of this name already exists" },
  "42P06": { kind: "syntax", text: "a schema of this name already exists" },
  "42P07": { kind: "syntax", text: "a table, view or index of this name already exists" },
  "53100": { kind: "resources", text: "the database's disk is full" },
  "53200": { kind: "resources", text: "the database is out of memory" },
  "53300": { kind: "resources", text: "the database has no connection left" },
  "53400": { kind: "resources", text: "a configured limit of the database was reached" },
  "55P03": { kind: "statement_timeout", text: "a lock was not available in time" },
  "57014": { kind: "statement_timeout", text: "the statement was cancelled" },
  "57P01": { kind: "connection_lost", text: "the server ended the connection" },
  "57P02": { kind: "connection_lost", text: "the server crashed" },
  "57P03": { kind: "unavailable", text: "the database is starting up or shutting down" },
  "57P04": { kind: "configuration", text: "the database was dropped" },
  P0001: { kind: "other", text: "a function of the database raised an error" },
  "57P05": { kind: "connection_lost", text: "the session was idle for too long" },
};

const BY_CLASS: Record<string, Meaning> = {
  "08": { kind: "connection_lost", text: "the connection failed" },
  "22": { kind: "syntax", text: "a value does not fit its type" },
  "23": { kind: "constraint", text: "an integrity rule refused the write" },
  "28": { kind: "authentication", text: "the database refused the login" },
  "40": { kind: "serialization", text: "the transaction was undone by the server" },
  "42": { kind: "syntax", text: "the statement is wrong" },
  "53": { kind: "resources", text: "the database is out of resources" },
  "54": { kind: "syntax", text: "the statement is beyond a limit of the database" },
};

/** What a server's error means. The text never carries the server's own words about values. */
export function classifyServerError(error: ServerError, cause?: unknown): DatabaseError {
  const ofPooler = poolerMeaning(error);
  const meaning = ofPooler ?? serverMeaning(error);
  const where = error.constraint_name ? ` (${error.constraint_name})` : "";
  return new DatabaseError(meaning.kind, `${meaning.text}${where} [${error.code}]`, {
    sqlstate: error.code,
    constraint: error.constraint_name,
    table: error.table_name,
    pooler: ofPooler?.pooler,
    retryable: meaning.retryable,
    retryAfterMs: meaning.retryAfterMs,
    reason: meaning.reason,
    server: wordsOf(error),
    cause,
  });
}

const wordsOf = (error: ServerError): ServerWords => ({
  message: error.message,
  detail: error.detail,
  hint: error.hint,
  position: error.position === undefined ? undefined : Number(error.position),
  constraint: error.constraint_name,
  column: error.column_name,
  table: error.table_name,
});

/** Said to newcomers under 28000, in English unless the server was told otherwise. */
const NOT_ADMITTED: [RegExp, Meaning][] = [
  [
    /^no pg_hba\.conf entry .*(no encryption|SSL off)$|^pg_hba\.conf rejects .*(no encryption|SSL off)$/,
    {
      kind: "authentication",
      text: "the server admits nobody from here without TLS",
      reason: "not_admitted",
    },
  ],
  [
    /pg_hba\.conf/,
    {
      kind: "authentication",
      text: "the server admits no such user, database and client",
      reason: "not_admitted",
    },
  ],
  [
    /^connection requires a valid client certificate/,
    {
      kind: "authentication",
      text: "the server wants a client certificate",
      reason: "client_certificate",
    },
  ],
  [
    /^role ".*" does not exist/,
    { kind: "authentication", text: "the database does not know the user", reason: "user_unknown" },
  ],
];

function serverMeaning({ code, severity, message }: ServerError): Meaning {
  const stateClass = code.slice(0, 2);
  // Nothing of a statement ends a connection with these: they answer what the login asked for.
  if (severity === "FATAL" && (stateClass === "22" || code === "42704")) {
    return {
      kind: "configuration",
      text: "the database refused a setting of the connection",
      reason: "setting_refused",
    };
  }
  if (severity === "FATAL" && code === "57014") {
    return { kind: "unavailable", text: "the login at the database took too long" };
  }
  const admission =
    code === "28000" ? NOT_ADMITTED.find(([said]) => said.test(message))?.[1] : undefined;
  return (
    admission ??
    BY_STATE[code] ??
    BY_CLASS[stateClass] ?? { kind: "other", text: "the database reported an error" }
  );
}

const CONNECT_REASONS: Record<string, string> = {
  ECONNREFUSED: "the database refused the connection",
  ENOTFOUND: "the database's host name does not resolve",
  EAI_AGAIN: "the name service did not answer",
  ECONNRESET: "the database reset the connection",
  ETIMEDOUT: "the database did not answer",
  CONNECT_TIMEOUT: "the database did not answer in time",
  EHOSTUNREACH: "the database's host cannot be reached",
  ENETUNREACH: "there is no way from here to the database's network",
};

/** What Node says of a certificate or a handshake, in the order in which the first one fits. */
const TLS_REFUSALS: [RegExp, DatabaseErrorReason, string][] = [
  [
    /ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    "wrong_host_name",
    "the server's certificate was issued for another host name",
  ],
  [
    /SELF_SIGNED|^UNABLE_TO_|^CERT_UNTRUSTED|^INVALID_CA|^CERT_SIGNATURE_FAILURE|^CERT_CHAIN_TOO_LONG/,
    "unknown_authority",
    "the server's certificate comes from an authority that is not known here",
  ],
  [
    /^CERT_HAS_EXPIRED|^CERT_NOT_YET_VALID/,
    "certificate_expired",
    "the server's certificate has expired or is not valid yet",
  ],
  [
    /^ERR_SSL.*(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE)/,
    "client_certificate",
    "the server ended the TLS handshake: it may want a client certificate",
  ],
  [
    /^CERT_|^ERR_SSL.*(KEY_TOO_SMALL|MD_TOO_WEAK|CERT)/,
    "certificate_refused",
    "the server's certificate cannot be accepted",
  ],
  [/^ERR_TLS_|^ERR_SSL_|^EPROTO$/, "tls_failed", "the server and we could not agree on TLS"],
];

/**
 * A fault before login was complete: nothing ran, so it may be tried again; except that a
 * certificate nobody trusts stays untrusted.
 */
export function connectFailed(cause: unknown): DatabaseError {
  const code = codeOf(cause);
  for (const [said, reason, text] of TLS_REFUSALS) {
    if (code && said.test(code)) return new DatabaseError("configuration", text, { reason, cause });
  }
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

/** What a server says only to newcomers: a pooler heard it and passes it on, so nothing was sent on. */
const FOR_NEWCOMERS = new Set<DatabaseErrorKind>([
  "authentication",
  "configuration",
  "permission",
  "unavailable",
]);

/** A fatal word that came before the statement ran. Those of poolers do, but for a lost connection. */
export const refusedBeforehand = ({ kind, pooler, sqlstate }: DatabaseError): boolean =>
  kind !== "connection_lost" &&
  (pooler !== undefined || FOR_NEWCOMERS.has(kind) || sqlstate === "53300");
