import type { DatabaseErrorReason } from "./advice.ts";
import type { DatabaseErrorKind } from "./database-error.ts";

/** What an answer means to a caller, whoever gave it. */
export interface Meaning {
  kind: DatabaseErrorKind;
  text: string;
  /** Where the kind alone would say it wrongly. */
  retryable?: boolean;
  /** Shortest pause before it makes sense to come back. */
  retryAfterMs?: number;
  reason?: DatabaseErrorReason;
}

export type PoolerName = "pgbouncer" | "supavisor";

export interface PoolerMeaning extends Meaning {
  pooler: PoolerName;
}

const full: Meaning = { kind: "resources", text: "the pooler has no connection left" };
const away: Meaning = {
  kind: "unavailable",
  text: "the pooler cannot reach the database for now",
};
const lost: Meaning = { kind: "connection_lost", text: "the pooler lost the database" };
const loginSlow: Meaning = { kind: "unavailable", text: "the login at the pooler took too long" };
const unknownTenant: Meaning = {
  kind: "configuration",
  text: "the pooler does not know this tenant or user",
  reason: "tenant_unknown",
};
const noDatabase: Meaning = {
  kind: "configuration",
  text: "the database does not exist, says the pooler",
  reason: "database_missing",
};
const unknownUser: Meaning = {
  kind: "configuration",
  text: "the pooler does not know the user",
  reason: "user_unknown",
};
const unknownSetting: Meaning = {
  kind: "configuration",
  text: "the pooler takes no such setting from a client",
  reason: "setting_refused",
};
const misconfigured: Meaning = { kind: "configuration", text: "the pooler is set up wrongly" };
const refused: Meaning = {
  kind: "configuration",
  text: "the pooler refused the connection's settings",
};
const forbidden: Meaning = { kind: "configuration", text: "the pooler does not let us in" };
const tls: Meaning = {
  kind: "configuration",
  text: "the pooler and we do not agree on TLS",
  reason: "tls_failed",
};
const tlsRequired: Meaning = {
  kind: "configuration",
  text: "the pooler lets nobody in without TLS",
  reason: "tls_required",
};
const clientCertificate: Meaning = {
  kind: "configuration",
  text: "the pooler wants a client certificate",
  reason: "client_certificate",
};
const password: Meaning = {
  kind: "authentication",
  text: "the database refused the password",
};
const prepared: Meaning = {
  kind: "misuse",
  text: "a prepared statement was used behind a pooler that keeps none",
};
const sessionState: Meaning = {
  kind: "unsupported",
  text: "a transaction pooler keeps no settings between transactions",
};

/** Supavisor's own cooldown after a failed connection to the database. */
const UPSTREAM_COOLDOWN_MS = 2_500;
const BREAKER_PASSWORD_MS = 120_000;
const BREAKER_SECRETS_MS = 30_000;

/** Supavisor 2.9, `(CODE) text`. What arrives mid-statement and may have run is never retryable. */
const SUPAVISOR: Record<string, Meaning> = {
  EADDRNOTALLOWED: forbidden,
  EAUTHPROTOCOL: { kind: "other", text: "the login at the pooler broke its protocol" },
  EAUTHQUERY: { kind: "authentication", text: "the pooler could not look up the user" },
  EAUTHTIMEOUT: loginSlow,
  EBANNED: forbidden,
  ECHECKOUTFAILED: full,
  ECHECKOUTRETRIES: full,
  ECHECKOUTTIMEOUT: full,
  ECIRCUITBREAKER: {
    kind: "unavailable",
    text: "the pooler blocks logins after too many failed ones",
    retryAfterMs: BREAKER_PASSWORD_MS,
  },
  EDBHANDLEREXITED: lost,
  EINVALIDSTARTUPOPTION: refused,
  EINVALIDUSERINFO: unknownTenant,
  EJITREQUESTFAILED: { kind: "unavailable", text: "the pooler could not check the login for now" },
  EJITUNAUTHORIZED: password,
  EMAXCONN: full,
  EMAXCONNSESSION: full,
  EMAXPOOLSREACHED: full,
  EMAXPROXYCONN: full,
  EMAXPREPARED: prepared,
  EMAXPREPAREDMEM: prepared,
  ENOIDENTIFIER: {
    kind: "configuration",
    text: "the pooler needs a user of the form user.tenant",
    reason: "tenant_unknown",
  },
  ENOTFOUND: unknownTenant,
  EPOOLCHECKOUT: full,
  EPREPAREDDUP: prepared,
  EPREPAREDNOTFOUND: prepared,
  EPSSIMPLEQUERY: prepared,
  ESESSIONLEAK: sessionState,
  ESETNOTALLOWED: sessionState,
  ESSLHANDSHAKE: tls,
  ESSLREQUIRED: tlsRequired,
  ESTARTUPMESSAGE: refused,
  ESTARTUPPACKETTOOLARGE: refused,
  ESUBSCRIBERETRIES: away,
};

/** Texts without a code: PgBouncer's (nearly all 08P01), and Supavisor's plain and older ones. */
const TEXTS: [RegExp, PoolerName, Meaning][] = [
  [/^Max client connections reached|^MaxClientsInSessionMode/, "supavisor", full],
  [/^Failed to connect to database/, "supavisor", { ...away, retryAfterMs: UPSTREAM_COOLDOWN_MS }],
  [
    /^Authentication credentials are invalid\. Please reconnect/,
    "supavisor",
    { kind: "unavailable", text: "the pooler's login at the database is out of date" },
  ],
  [
    /^no more connections allowed|^client connections exceeded|^query_wait_timeout|^too many servers in the pool|^bouncer resources exhaustion|^evicted/,
    "pgbouncer",
    full,
  ],
  [
    /server login has been failing|^client_login_timeout \(server down\)|^server login failed|^server DNS lookup failed|^connect (failed|timeout)|^cannot connect/,
    "pgbouncer",
    away,
  ],
  [/^client_login_timeout/, "pgbouncer", loginSlow],
  [
    /^(the )?pooler is shut(ting)? down/,
    "pgbouncer",
    { kind: "unavailable", text: "the pooler is shutting down" },
  ],
  [
    /^query[_ ]timeout|^(idle )?transaction timeout|^client_idle_timeout|^cancel_wait_timeout/,
    "pgbouncer",
    { kind: "connection_lost", text: "the pooler ended a connection that took too long" },
  ],
  [
    /^server conn crashed\?|^server closed the connection|^server connection closed|^database (removed|configuration changed)|^server (idle timeout|lifetime over)/,
    "pgbouncer",
    lost,
  ],
  [
    /^(SASL|password|PAM|LDAP|certificate|GSSAPI|".*") authentication failed$|^wrong password|^auth failed/,
    "pgbouncer",
    password,
  ],
  [
    /^no such database|^database ".*" is disabled|^database does not allow connections/,
    "pgbouncer",
    noDatabase,
  ],
  [/^no such user/, "pgbouncer", unknownUser],
  [/^unsupported startup parameter/, "pgbouncer", unknownSetting],
  [/^bouncer config error/, "pgbouncer", misconfigured],
  [/^SSL required|^TLS connection required/, "pgbouncer", tlsRequired],
  [/^TLS client certificate required/, "pgbouncer", clientCertificate],
  [/^login rejected|^unix socket login rejected|^not allowed/, "pgbouncer", forbidden],
  [/^prepared statement (name is already in use|did not exist)/, "pgbouncer", prepared],
];

/** What PgBouncer passes on, under a state of its own, when the database refused its login. */
const PASSED_ON: [RegExp, Meaning][] = [
  [/^database ".*" does not exist/, noDatabase],
  [/^(role ".*" does not exist|password authentication failed for user)/, password],
  [/^(sorry, too many clients|remaining connection slots|too many connections for)/, full],
  [/^the database system is/, away],
];

/** States a pooler uses for itself; under any other the text is somebody's own, a function's perhaps. */
const POOLER_STATE = /^(XX000|08...|26000|42P05)$/;

/**
 * What the pooler in front of the database said in its place, if this is its answer.
 * Only a pooler's answers are read by text: their states say nothing.
 */
export function poolerMeaning(error: {
  code: string;
  message: string;
  severity?: string | undefined;
}): PoolerMeaning | undefined {
  const ends = error.severity === "FATAL";
  if (!ends && !POOLER_STATE.test(error.code)) return undefined;
  const code = /^\((E[A-Z]+)\)/.exec(error.message)?.[1];
  if (code !== undefined) {
    const meaning = SUPAVISOR[code] ?? {
      kind: "other",
      text: "the pooler gave an answer this system does not know",
    };
    const secrets = code === "ECIRCUITBREAKER" && /credentials/.test(error.message);
    return {
      pooler: "supavisor",
      ...meaning,
      ...(secrets ? { retryAfterMs: BREAKER_SECRETS_MS } : {}),
    };
  }
  for (const [pattern, pooler, meaning] of TEXTS) {
    if (pattern.test(error.message)) return { pooler, ...meaning };
  }
  if (error.code !== "08P01") return undefined;
  for (const [pattern, meaning] of PASSED_ON) {
    if (pattern.test(error.message)) return { pooler: "pgbouncer", ...meaning };
  }
  return undefined;
}
