import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/session/config/config.ts";
import { DatabaseError } from "../../src/session/errors/database-error.ts";

const parse = (url: string) => {
  const parsed = parseConfig({ url, mode: "direct" });
  return { ...parsed, ...parsed.describe(undefined) };
};

describe("parseConfig", () => {
  test("reads every field and decodes what was escaped", () => {
    const { pool } = parse(
      "postgresql://us%40er.tenant:p%23ss%2Fw@db.example:6543/my%20base?sslmode=disable",
    );
    expect(pool).toMatchObject({
      host: "db.example",
      port: 6543,
      user: "us@er.tenant",
      password: "p#ss/w",
      database: "my base",
      tls: false,
    });
  });

  test.each([
    ["", "DATABASE_URL is empty"],
    ["  ", "DATABASE_URL is empty"],
    ["localhost", "is not a URL"],
    ["mysql://a@b/c", "must start with postgresql://"],
    ["postgresql://user@/base", "names no host"],
    ["postgresql:///base", "names no host"],
    ["postgresql://host/base", "names no user"],
    ["postgresql://user@host", "names no database name"],
    ["postgresql://user@host/", "names no database name"],
    ["postgresql://u:100%@host/base", "percent"],
    ["postgresql://u@h/b?max=0", "max must be a whole number above 0"],
    ["postgresql://u@h/b?connection_limit=many", "connection_limit must be a whole number"],
    ["postgresql://u@h/b?sslmode=prefer", "sslmode=prefer is not supported"],
    ["postgresql://u@h/b?sslrootcert=/does/not/exist", "sslrootcert cannot be read"],
    ["postgresql://u@h/b?surprise=1", "unknown parameter surprise"],
    ["postgresql://u@h/b?connection_limit=1001", "max of the database must be a whole number"],
    ["postgresql://u@h/b?pool_timeout=2147484", "acquireTimeoutMs of the database must be"],
  ])("%s is refused with a sentence that says what to do", (url, message) => {
    expect(() => parse(url)).toThrow(DatabaseError);
    expect(() => parse(url)).toThrow(message);
  });

  test("the error names the setting and never its value", () => {
    try {
      parseConfig({
        url: "postgresql://u@h/b",
        migrationUrl: "postgresql://u:secret-word@h/b?x=secret-too",
      });
      expect.unreachable();
    } catch (error) {
      expect(String(error)).toContain("DATABASE_MIGRATION_URL");
      expect(String(error)).not.toContain("secret");
    }
  });

  test.each([
    "postgresql://u:pass?zebra@h/b",
    "postgresql://u:5432?zebra@h/b",
    "postgresql://u:pass#zebra@h/b",
    "postgresql://u@h/b?pass&zebra",
    "postgresql://u@h/b?zebraZEBRA=1",
    "postgresql://u@h/b#zebra",
  ])("no part of a password that was not escaped is told: %s", (url) => {
    expect(() => parse(url)).toThrow(DatabaseError);
    expect(() => parse(url)).not.toThrow(/zebra/i);
  });

  test.each(["127.evil.example", "127.0.0.1.example", "localhost.example"])(
    "%s is no loopback address: TLS stays on",
    (host) => {
      expect(parse(`postgresql://u@${host}/b`).pool.tls).toEqual({ rejectUnauthorized: true });
    },
  );

  test.each([
    ["max", 1, 1_000, 0, 1_001],
    ["min", 0, 4, -1, 1_001],
    ["queueMax", 0, 1_000_000, -1, 1_000_001],
    ["acquireTimeoutMs", 1, 2 ** 31 - 1, 0, 2 ** 31],
    ["validateAfterMs", 0, 2 ** 31 - 1, -1, Infinity],
    ["keepaliveMs", 1, 2 ** 31 - 1, 0.5, Number.NaN],
  ])("%s may be %d and %d, and not %d or %d", (name, least, most, below, above) => {
    const configured = (value: number) =>
      parseConfig({ url: "postgresql://u@h/b", max: 1_000, [name]: value }).pool;
    expect(configured(least)).toMatchObject({ [name]: least });
    expect(configured(most)).toMatchObject({ [name]: most });
    expect(() => configured(below)).toThrow(`${name} of the database must be a whole number`);
    expect(() => configured(above)).toThrow(`${name} of the database must be a whole number`);
  });

  test("settings of other drivers are told once and never sent", () => {
    const { pool, notes } = parse(
      "postgresql+asyncpg://u@127.0.0.1/b?raw_sql=true&no_prepare=true&statement_cache_size=0&connection_limit=7&pool_timeout=3",
    );
    expect(pool).toMatchObject({ max: 7, acquireTimeoutMs: 3000 });
    expect(notes.map((note) => /parameter (\w+)/.exec(note)?.[1] ?? "driver")).toEqual([
      "driver",
      "raw_sql",
      "no_prepare",
      "statement_cache_size",
      "connection_limit",
      "pool_timeout",
    ]);
  });

  test.each([
    ["connection_limit=7", "parameter connection_limit becomes max 7"],
    ["max=7", "parameter max becomes max 7"],
    ["pool_size=7", "parameter pool_size becomes max 7"],
    ["min=2", "parameter min becomes min 2"],
    ["pool_timeout=3", "parameter pool_timeout becomes acquireTimeoutMs 3000"],
    ["connect_timeout=4", "parameter connect_timeout becomes connectTimeoutMs 4000"],
    ["statement_timeout=700", "parameter statement_timeout becomes statementTimeoutMs 700"],
    ["application_name=zebra", "parameter application_name becomes the name"],
    ["search_path=zebra", "parameter search_path becomes a setting of the server"],
    [
      "options=-c%20app.key%3Dzebra%20-c%20work_mem%3D8MB",
      "parameter options becomes settings of the server: app.key, work_mem",
    ],
    [
      "options=-c%20statement_timeout%3D700",
      "parameter options statement_timeout becomes statementTimeoutMs 700",
    ],
    ["sslmode=disable", "parameter sslmode: no TLS"],
    ["sslmode=require", "parameter sslmode: TLS that does not verify the server"],
    ["sslmode=verify-ca", "parameter sslmode: TLS with a verified certificate, of any name"],
    ["sslmode=verify-full", "parameter sslmode: TLS with a verified certificate"],
    ["sslrootcert=system", "parameter sslrootcert becomes the default"],
    [
      `sslrootcert=${encodeURIComponent(import.meta.filename)}`,
      "parameter sslrootcert becomes the authority",
    ],
  ])("?%s is told once, with what it becomes", (query, said) => {
    const { notes } = parse(`postgresql://u@h/b?${query}`);
    const told = notes.filter((note) => note.includes("parameter "));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^DATABASE_URL: /);
    expect(told[0]).toContain(said);
    expect(told[0]).not.toMatch(/zebra|config\.test/);
  });

  test("what an address without TLS says of TLS is told to be of no use", () => {
    expect(parse("postgresql://u@127.0.0.1/b?sslrootcert=system").notes).toContain(
      "DATABASE_URL: parameter sslrootcert becomes nothing: there is no TLS",
    );
  });

  test("nothing is told of parameters that are not there", () => {
    expect(parse("postgresql://u@h/b").notes).toEqual([]);
  });

  test("certificates are verified unless sslmode says otherwise; loopback needs no TLS", () => {
    expect(parse("postgresql://u@db.example/b").pool.tls).toMatchObject({
      rejectUnauthorized: true,
    });
    expect(parse("postgresql://u@127.0.0.1/b").pool.tls).toBe(false);
    expect(parse("postgresql://u@127.0.0.1/b?sslmode=verify-full").pool.tls).toMatchObject({
      rejectUnauthorized: true,
    });
    const required = parse("postgresql://u@db.example/b?sslmode=require");
    expect(required.pool.tls).toMatchObject({ rejectUnauthorized: false });
    expect(required.notes.join()).toContain("does not verify");
  });

  test("nothing is read from the environment", () => {
    const before = process.env.PGHOST;
    process.env.PGHOST = "elsewhere.example";
    try {
      expect(() => parse("postgresql://user@/base")).toThrow("names no host");
    } finally {
      if (before === undefined) delete process.env.PGHOST;
      else process.env.PGHOST = before;
    }
  });

  test("settings of the server go along at login, and a deadline is one of ours", () => {
    const { pool, notes } = parse(
      "postgresql://u@h/b?search_path=app&options=-c%20lock_timeout%3D5s%20--work_mem%3D8MB%20-c%20statement_timeout%3D700",
    );
    expect(pool.startup).toEqual({ search_path: "app", lock_timeout: "5s", work_mem: "8MB" });
    expect(pool.statementTimeoutMs).toBe(700);
    expect(notes).toContain(
      "DATABASE_URL: parameter options statement_timeout becomes statementTimeoutMs 700",
    );
  });

  test.each([
    ["options=--verbose", "options can only hold settings"],
    ["max=", "max is empty"],
    ["target_session_attrs=standby", "target_session_attrs=standby is not supported"],
    ["statement_timeout=soon", "statement_timeout must be a whole number above 0"],
    ["sslmode=", "sslmode is empty"],
  ])("?%s is refused", (query, message) => {
    expect(() => parse(`postgresql://u@h/b?${query}`)).toThrow(message);
  });

  test("the object wins over the URL, the URL over the defaults of the environment", () => {
    const of = (config: Partial<Parameters<typeof parseConfig>[0]>, query = "") =>
      parseConfig({ url: `postgresql://u@h/b${query}`, ...config }).describe(undefined).settings;
    expect(of({})).toMatchObject({ environment: "production", max: 10, min: 0 });
    expect(of({ environment: "development" })).toMatchObject({ max: 5 });
    expect(of({ environment: "test" }, "?max=7")).toMatchObject({ max: 7 });
    expect(of({ max: 3 }, "?max=7&min=2")).toMatchObject({ max: 3, min: 2 });
    expect(() => of({ min: 11 })).toThrow("DATABASE_POOL_MIN (11) is above DATABASE_POOL_MAX (10)");
  });

  test("describe() shows what holds, and no secret", () => {
    const { settings, notes } = parseConfig({
      url: "postgresql://user-name:secret-word@db.example/base-name?sslmode=require",
    }).describe(undefined);
    const shown = JSON.stringify({ settings, notes });
    expect(shown).toContain('"lifetimeMs":1800000');
    for (const hidden of ["user-name", "secret-word", "db.example", "base-name"])
      expect(shown).not.toContain(hidden);
  });
});

describe("mode", () => {
  const modeOf = (url: string, mode?: "transaction" | "session" | "direct") =>
    parseConfig({ url, mode }).mode;
  const SUPABASE = "aws-0-eu-central-1.pooler.supabase.com";

  test.each([
    ["postgresql://u@db.example/b", "direct"],
    ["postgresql://u@db.example:6432/b", "transaction"],
    ["postgresql://u@db.example:6543/b", "transaction"],
    [`postgresql://postgres.abc@${SUPABASE}:6543/postgres`, "transaction"],
    [`postgresql://postgres.abc@${SUPABASE}:5432/postgres`, "session"],
  ])("%s is told to be %s, and that is said", (url, kind) => {
    const mode = modeOf(url);
    expect(mode).toMatchObject({ kind, chosen: false });
    expect(mode.told).toContain(`mode ${kind}, told by the port`);
  });

  test("what is chosen is not guessed", () => {
    expect(modeOf("postgresql://u@db.example:6543/b", "session")).toEqual({
      kind: "session",
      chosen: true,
      notes: [],
    });
  });

  test.each([
    ["postgresql://u@db.example/b", true, "transaction", "a pooler answers"],
    ["postgresql://u@db.example/b", false, "direct", "told by the port"],
    ["postgresql://u@db.example:6432/b", false, "direct", "the database itself answers"],
    ["postgresql://u@db.example:6432/b", true, "transaction", "told by the port"],
    [`postgresql://postgres.abc@${SUPABASE}:5432/postgres`, true, "session", "told by the port"],
  ] as const)("%s, where a pooler answers: %s, is %s", (url, pooled, kind, said) => {
    const parsed = parseConfig({ url });
    expect(parsed.describe(pooled).settings["mode"]).toBe(kind);
    expect(parsed.describe(pooled).notes.join()).toContain(said);
    const chosen = parseConfig({ url, mode: "session" });
    expect(chosen.describe(pooled).settings["mode"]).toBe("session");
  });

  test("a Supabase pooler's user without a tenant is warned about", () => {
    expect(modeOf(`postgresql://postgres@${SUPABASE}:6543/postgres`).notes.join()).toContain(
      "user.tenant",
    );
    expect(
      modeOf(`postgresql://postgres.abc@${SUPABASE}:6543/postgres`).notes.join(),
    ).not.toContain("user.tenant");
  });
});
