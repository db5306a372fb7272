import type { DatabaseErrorKind } from "../../src/index.ts";

/** When Supavisor says it: while a client logs in, when a request waits for a server, when one runs, or to an idle client. */
export type Moment = "login" | "checkout" | "running" | "idle";

/** One answer of Supavisor 2.9 and what a caller of ours must make of it. */
export interface SupavisorError {
  sqlstate: string;
  message: string;
  moments: Moment[];
  kind: DatabaseErrorKind;
  retryable: boolean;
  retryAfterMs?: number;
  /** Passed on from the database under its own state, so the pooler cannot be told from it. */
  fromDatabase?: true;
}

const answer = (
  moments: Moment[],
  message: string,
  kind: DatabaseErrorKind,
  { sqlstate = "XX000", ...rest }: Partial<SupavisorError> = {},
): SupavisorError => ({
  sqlstate,
  message,
  moments,
  kind,
  retryable: ["resources", "unavailable"].includes(kind),
  ...rest,
});

/** Every answer of Supavisor's table, under its code or a name where it has none. */
export const SUPAVISOR_ERRORS = {
  ENOTFOUND: answer(["login"], "(ENOTFOUND) tenant/user app.t not found", "configuration"),
  ENOIDENTIFIER: answer(
    ["login"],
    "(ENOIDENTIFIER) no tenant identifier provided (external_id or sni_hostname required)",
    "configuration",
  ),
  "wrong password": answer(
    ["login"],
    'password authentication failed for user "app"',
    "authentication",
    { sqlstate: "28P01", fromDatabase: true },
  ),
  EINVALIDUSERINFO: answer(
    ["login"],
    '(EINVALIDUSERINFO) Authentication error, reason: "Invalid format for user or db_name"',
    "configuration",
  ),
  ECIRCUITBREAKER: answer(
    ["login"],
    "(ECIRCUITBREAKER) too many authentication failures, new connections are temporarily blocked",
    "unavailable",
    { retryAfterMs: 120_000 },
  ),
  "ECIRCUITBREAKER of the secrets": answer(
    ["login"],
    "(ECIRCUITBREAKER) failed to retrieve database credentials after multiple attempts, new connections are temporarily blocked",
    "unavailable",
    { retryAfterMs: 30_000 },
  ),
  ESSLREQUIRED: answer(
    ["login"],
    "(ESSLREQUIRED) SSL connection is required for user: app",
    "configuration",
  ),
  EADDRNOTALLOWED: answer(
    ["login"],
    "(EADDRNOTALLOWED) address not in tenant allow_list: {127, 0, 0, 1}",
    "configuration",
  ),
  EBANNED: answer(["login"], "(EBANNED) tenant is banned: abuse", "configuration"),
  EMAXCONNSESSION: answer(
    ["login"],
    "(EMAXCONNSESSION) max clients reached in session mode - max clients are limited to pool_size: 15",
    "resources",
  ),
  EMAXCONN: answer(
    ["login"],
    "(EMAXCONN) max client connections reached, limit: 1000",
    "resources",
  ),
  "EMAXCONN of older versions": answer(["login"], "Max client connections reached", "resources"),
  "EMAXCONNSESSION of older versions": answer(
    ["login"],
    "MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited to pool_size",
    "resources",
  ),
  EMAXPOOLSREACHED: answer(["login"], "(EMAXPOOLSREACHED) max pools count reached", "resources"),
  EMAXPROXYCONN: answer(
    ["login"],
    "(EMAXPROXYCONN) max proxy connections reached, limit: 1000",
    "resources",
  ),
  ECHECKOUTTIMEOUT: answer(
    ["checkout"],
    "(ECHECKOUTTIMEOUT) unable to check out connection from the pool after 60000ms in Transaction mode",
    "resources",
  ),
  ECHECKOUTRETRIES: answer(
    ["checkout"],
    "(ECHECKOUTRETRIES) failed to check out a connection after multiple retries",
    "resources",
  ),
  EPOOLCHECKOUT: answer(["checkout"], "(EPOOLCHECKOUT) pool checkout failed: :full", "resources"),
  "database unreachable": answer(
    ["login", "checkout"],
    "Failed to connect to database: connection refused",
    "unavailable",
    { sqlstate: "08006", retryAfterMs: 2_500 },
  ),
  "stale credentials": answer(
    ["login", "checkout"],
    "Authentication credentials are invalid. Please reconnect with fresh credentials to restore pool functionality.",
    "unavailable",
    { sqlstate: "28P01" },
  ),
  "no such database": answer(
    ["login", "checkout"],
    'database "app" does not exist',
    "configuration",
    { sqlstate: "3D000", fromDatabase: true },
  ),
  "no permission": answer(
    ["login", "checkout"],
    'permission denied for database "app"',
    "permission",
    { sqlstate: "42501", fromDatabase: true },
  ),
  "invalid setting": answer(
    ["login", "checkout"],
    'invalid value for parameter "search_path"',
    "configuration",
    { sqlstate: "22023", fromDatabase: true },
  ),
  "database starting": answer(
    ["login", "checkout"],
    "the database system is starting up",
    "unavailable",
    { sqlstate: "57P03", fromDatabase: true },
  ),
  EDBHANDLEREXITED: answer(
    ["running"],
    "(EDBHANDLEREXITED) DbHandler exited. Check logs for more information",
    "connection_lost",
  ),
  "pool shutting down": answer(
    ["running", "idle"],
    "terminating connection due to administrator command",
    "connection_lost",
    { sqlstate: "57P01", fromDatabase: true },
  ),
  EAUTHTIMEOUT: answer(
    ["login"],
    "(EAUTHTIMEOUT) timeout while waiting for message",
    "unavailable",
    { sqlstate: "08006" },
  ),
  ESTARTUPMESSAGE: answer(
    ["login"],
    "(ESTARTUPMESSAGE) Invalid startup message: :bad",
    "configuration",
    { sqlstate: "08P01" },
  ),
  ESTARTUPPACKETTOOLARGE: answer(
    ["login"],
    "(ESTARTUPPACKETTOOLARGE) startup packet too large: 2000 bytes (max 1024)",
    "configuration",
    { sqlstate: "08P01" },
  ),
  ESSLHANDSHAKE: answer(
    ["login"],
    "(ESSLHANDSHAKE) SSL handshake failed: :closed",
    "configuration",
    { sqlstate: "08006" },
  ),
  ESUBSCRIBERETRIES: answer(
    ["login"],
    "(ESUBSCRIBERETRIES) failed to subscribe to tenant after multiple retries. Terminating",
    "unavailable",
  ),
  EPREPAREDNOTFOUND: answer(
    ["running"],
    '(EPREPAREDNOTFOUND) prepared statement "x" does not exist',
    "misuse",
    { sqlstate: "26000" },
  ),
  EPREPAREDDUP: answer(
    ["running"],
    '(EPREPAREDDUP) prepared statement "x" already exists',
    "misuse",
    { sqlstate: "42P05" },
  ),
  EMAXPREPARED: answer(
    ["running"],
    "(EMAXPREPARED) max prepared statements limit reached. Limit: 100 per connection",
    "misuse",
  ),
  EMAXPREPAREDMEM: answer(
    ["running"],
    "(EMAXPREPAREDMEM) max prepared statements memory limit reached. Limit: 1MB per connection",
    "misuse",
  ),
  EPSSIMPLEQUERY: answer(
    ["running"],
    "(EPSSIMPLEQUERY) Supavisor transaction mode only supports prepared statements using the Extended Query Protocol",
    "misuse",
  ),
  ESETNOTALLOWED: answer(
    ["running"],
    "(ESETNOTALLOWED) session-level SET statements are not allowed in transaction mode",
    "unsupported",
  ),
  EAUTHQUERY: answer(["login"], "(EAUTHQUERY) user not found in the database", "authentication"),
} satisfies Record<string, SupavisorError>;

export type SupavisorErrorName = keyof typeof SUPAVISOR_ERRORS;
