import { adviceFor } from "../../src/session/errors/advice.ts";
import { describe, expect, test } from "vitest";
import { classifyServerError, connectFailed } from "../../src/session/errors/classify.ts";
import { SUPAVISOR_ERRORS, type SupavisorError } from "./supavisor-errors.ts";

describe("Supavisor's table", () => {
  test.each<[string, SupavisorError]>(Object.entries(SUPAVISOR_ERRORS))("%s", (_, expected) => {
    const error = classifyServerError({
      code: expected.sqlstate,
      message: expected.message,
      severity: "FATAL",
    });
    expect(error).toMatchObject({
      kind: expected.kind,
      retryable: expected.retryable,
      outcomeUnknown: false,
      sqlstate: expected.sqlstate,
      pooler: expected.fromDatabase ? undefined : "supavisor",
      retryAfterMs: expected.retryAfterMs,
    });
    expect(error.safeMessage).not.toContain("app");
  });

  test("an unknown code of a newer version is the pooler's, and not retried", () => {
    const message = "(ESOMETHINGNEW) what nobody has seen yet";
    expect(classifyServerError({ code: "XX000", message, severity: "FATAL" })).toMatchObject({
      kind: "other",
      retryable: false,
      pooler: "supavisor",
    });
  });

  test("a function that raises a text of the pooler's form is not the pooler", () => {
    const message = "(ECHECKOUTTIMEOUT) said a trigger";
    expect(classifyServerError({ code: "P0001", message, severity: "ERROR" })).toMatchObject({
      kind: "other",
      retryable: false,
      pooler: undefined,
    });
  });
});

describe("PgBouncer's texts, all under 08P01", () => {
  test.each([
    ["no more connections allowed (max_client_conn)", "resources", true],
    ["client connections exceeded (max_db_client_connections)", "resources", true],
    ["client connections exceeded (max_user_client_connections)", "resources", true],
    ["query_wait_timeout", "resources", true],
    ["too many servers in the pool", "resources", true],
    ["bouncer resources exhaustion", "resources", true],
    ["server login has been failing, try again later (server_login_retry)", "unavailable", true],
    [
      "server login has been failing, cached error: connect failed (server_login_retry)",
      "unavailable",
      true,
    ],
    ["server login failed: FATAL the database system is starting up", "unavailable", true],
    ["the database system is starting up", "unavailable", true],
    ["sorry, too many clients already", "resources", true],
    ["server DNS lookup failed", "unavailable", true],
    ["connect failed", "unavailable", true],
    ["client_login_timeout", "unavailable", true],
    ["client_login_timeout (server down)", "unavailable", true],
    ["pooler is shut down", "unavailable", true],
    ["the pooler is shutting down", "unavailable", true],
    ["query timeout", "connection_lost", false],
    ["query_timeout", "connection_lost", false],
    ["idle transaction timeout", "connection_lost", false],
    ["transaction timeout", "connection_lost", false],
    ["client_idle_timeout", "connection_lost", false],
    ["server conn crashed?", "connection_lost", false],
    ["server closed the connection unexpectedly", "connection_lost", false],
    ["database removed", "connection_lost", false],
    ["SASL authentication failed", "authentication", false],
    ["password authentication failed", "authentication", false],
    ['"trust" authentication failed', "authentication", false],
    ['password authentication failed for user "app"', "authentication", false],
    ['role "app" does not exist', "authentication", false],
    ["no such database: app", "configuration", false],
    ['database "app" does not exist', "configuration", false],
    ["no such user: app", "configuration", false],
    ["database does not allow connections: app", "configuration", false],
    ["unsupported startup parameter: app", "configuration", false],
    ["bouncer config error", "configuration", false],
    ["SSL required", "configuration", false],
    ["login rejected", "configuration", false],
    ["prepared statement name is already in use", "misuse", false],
  ] as const)("%s", (message, kind, retryable) => {
    // PgBouncer 1.18 sends no severity of the untranslated kind, so drivers often have none.
    for (const severity of [undefined, "FATAL"]) {
      const error = classifyServerError({ code: "08P01", message, severity });
      expect(error).toMatchObject({ kind, retryable, sqlstate: "08P01", pooler: "pgbouncer" });
      expect(error.safeMessage).not.toContain("app");
    }
  });

  test.each([
    ["no such database: app", "database_missing"],
    ['database "app" does not exist', "database_missing"],
    ["no such user: app", "user_unknown"],
    ["unsupported startup parameter: app", "setting_refused"],
    ["SSL required", "tls_required"],
    ["TLS client certificate required", "client_certificate"],
  ] as const)("%s tells what to set", (message, reason) => {
    const error = classifyServerError({ code: "08P01", message, severity: "FATAL" });
    expect(error.reason).toBe(reason);
    expect(error.advice).toBe(adviceFor(undefined, reason));
  });

  test("a broken protocol without such a text is a lost connection, nobody's in particular", () => {
    const message = "invalid frontend message type 0";
    expect(classifyServerError({ code: "08P01", message, severity: "FATAL" })).toMatchObject({
      kind: "connection_lost",
      retryable: false,
      pooler: undefined,
    });
  });
});

describe("the database's states", () => {
  test.each([
    ["22P02", "syntax", false],
    ["23505", "constraint", false],
    ["23P01", "constraint", false],
    ["25006", "read_only", false],
    ["25P02", "rolled_back", false],
    ["25P03", "connection_lost", false],
    ["26000", "misuse", false],
    ["28P01", "authentication", false],
    ["28000", "authentication", false],
    ["3D000", "configuration", false],
    ["40001", "serialization", true],
    ["40P01", "serialization", true],
    ["40002", "constraint", false],
    ["40003", "connection_lost", false],
    ["42501", "permission", false],
    ["42601", "syntax", false],
    ["42P05", "misuse", false],
    ["53100", "resources", true],
    ["53200", "resources", true],
    ["53300", "resources", true],
    ["53400", "resources", true],
    ["54001", "syntax", false],
    ["55P03", "statement_timeout", false],
    ["57014", "statement_timeout", false],
    ["57P01", "connection_lost", false],
    ["57P02", "connection_lost", false],
    ["57P03", "unavailable", true],
    ["57P04", "configuration", false],
    ["57P05", "connection_lost", false],
    ["XX000", "other", false],
    ["P0001", "other", false],
  ] as const)("%s is %s", (code, kind, retryable) => {
    const error = classifyServerError({ code, message: "secret words", severity: "ERROR" });
    expect(error).toMatchObject({ kind, retryable, outcomeUnknown: false, sqlstate: code });
    expect(error.pooler).toBeUndefined();
    expect(error.safeMessage).not.toContain("secret");
  });

  test.each([
    ["42704", "configuration", false],
    ["22023", "configuration", false],
    ["57014", "unavailable", true],
  ] as const)("%s that ends a login is %s", (code, kind, retryable) => {
    const error = classifyServerError({ code, message: "refused", severity: "FATAL" });
    expect(error).toMatchObject({ kind, retryable });
  });
});

describe("no login at all", () => {
  test.each([
    ["ECONNREFUSED", "connect_failed", true],
    ["ENOTFOUND", "connect_failed", true],
    ["EAI_AGAIN", "connect_failed", true],
    ["CONNECT_TIMEOUT", "connect_failed", true],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "configuration", false],
    ["CERT_REVOKED", "configuration", false],
    ["EPROTO", "configuration", false],
    ["SELF_SIGNED_CERT_IN_CHAIN", "configuration", false],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "configuration", false],
    ["CERT_HAS_EXPIRED", "configuration", false],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "configuration", false],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "configuration", false],
  ] as const)("%s is %s", (code, kind, retryable) => {
    const error = connectFailed(Object.assign(new Error("at 10.0.0.1"), { code }));
    expect(error).toMatchObject({ kind, retryable, outcomeUnknown: false });
    expect(error.safeMessage).not.toContain("10.0.0.1");
  });
});
