import dns from "node:dns";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDatabase, type Database, executeRawSql, executeRawSqlOne } from "../../src/index.ts";
import { type FaultProxy, startFaultProxy } from "../session/fault-proxy.ts";
import { selfSigned } from "./certificate.ts";
import {
  expectNothingLent,
  expectWorking,
  failOnUnhandledRejections,
  failureOf,
} from "./outcome.ts";
import { startTlsFront, type TlsFront } from "./tls-front.ts";

failOnUnhandledRejections();

let server: EmbeddedPostgres;
let proxy: FaultProxy;
let database: Database;
const opened: Database[] = [];

const open = (overrides: Partial<Parameters<typeof createDatabase>[0]> = {}) => {
  const other = createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${proxy.port}/postgres`,
    max: 2,
    ...overrides,
  });
  opened.push(other);
  return other;
};
const one = (on: Database) => executeRawSql(on.db, "select 1 as one");

beforeAll(async () => {
  server = await startTemporaryPostgres();
});
afterAll(() => server.stop());
beforeEach(async () => {
  proxy = await startFaultProxy(server.port);
  database = open();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close({ drainMs: 100 })));
  await proxy.close();
});

describe("no connection comes about", () => {
  const nothingRan = { kind: "connect_failed", retryable: true, outcomeUnknown: false };

  test("connection refused", async () => {
    const { port } = proxy;
    await proxy.close();
    expect(await failureOf(one(database))).toMatchObject(nothingRan);
    await expectNothingLent(database);
    proxy = await startFaultProxy(server.port, { port });
    await expectWorking(database);
  });

  test("black hole at connect", async () => {
    const impatient = open({ connectTimeoutMs: 100 });
    proxy.silent = true;
    expect(await failureOf(one(impatient))).toMatchObject(nothingRan);
    proxy.silent = false;
    await expectWorking(impatient);
  });

  test("black hole during the login", async () => {
    const impatient = open({ connectTimeoutMs: 100 });
    proxy.blackHole = true;
    expect(await failureOf(one(impatient))).toMatchObject(nothingRan);
    proxy.blackHole = false;
    await expectWorking(impatient);
  });

  test("black hole at connect, and a statement's deadline that comes first", async () => {
    const patient = open({ connectTimeoutMs: 1_000 });
    proxy.silent = true;
    const work = executeRawSql(patient.db, "select 1", {}, { timeoutMs: 50 });
    expect(await failureOf(work)).toMatchObject({
      kind: "acquire_timeout",
      retryable: true,
      outcomeUnknown: false,
    });
    proxy.silent = false;
    await expectWorking(patient);
  });

  test("an address the system refuses at once", async () => {
    const nowhere = open({ url: "postgresql://app@255.255.255.255:5432/app?sslmode=disable" });
    expect(await failureOf(one(nowhere))).toMatchObject(nothingRan);
    await expectNothingLent(nowhere);
  });

  test("accept then close: one try, and no loop of them", async () => {
    proxy.hangUp = true;
    expect(await failureOf(one(database))).toMatchObject(nothingRan);
    const tries = proxy.accepted;
    await expectNothingLent(database);
    expect(proxy.accepted).toBe(tries);
    proxy.hangUp = false;
    await expectWorking(database);
  });

  test.each(["reset", "silence"] as const)("a login cut in half, then %s", async (after) => {
    const impatient = open({ connectTimeoutMs: 200 });
    proxy.limit = { bytes: 50, after };
    expect(await failureOf(one(impatient))).toMatchObject(nothingRan);
    proxy.limit = undefined;
    await expectWorking(impatient);
  });

  test("a login that drips in byte by byte is a login", async () => {
    proxy.drip = true;
    expect(await one(database)).toEqual([{ one: 1 }]);
  });
});

describe("names", () => {
  const honest = dns.lookup;
  const addresses = new Map<string, string>();
  beforeEach(() => {
    const lookup = (
      name: string,
      options: dns.LookupOptions,
      done: (...args: unknown[]) => void,
    ) => {
      if (!name.endsWith(".example")) {
        honest(name, options, done);
        return;
      }
      const address = addresses.get(name);
      const unknown = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), {
        code: "ENOTFOUND",
      });
      if (address === undefined) setImmediate(done, unknown);
      else if (options.all) setImmediate(done, null, [{ address, family: 4 }]);
      else setImmediate(done, null, address, 4);
    };
    Object.assign(dns, { lookup });
  });
  afterEach(() => {
    Object.assign(dns, { lookup: honest });
    addresses.clear();
  });
  const named = () =>
    open({
      url: `postgresql://${server.user}@database.example:${proxy.port}/postgres?sslmode=disable`,
    });

  test("DNS failure, until the name is known", async () => {
    const other = named();
    expect(await failureOf(one(other))).toMatchObject({
      kind: "connect_failed",
      retryable: true,
      outcomeUnknown: false,
    });
    expect((await failureOf(one(other))).safeMessage).not.toContain("example");
    addresses.set("database.example", "127.0.0.1");
    await expectWorking(other);
  });

  test("DNS that changes: new connections go to the new address", async () => {
    const moved = await startFaultProxy(server.port, { host: "127.0.0.2", port: proxy.port });
    addresses.set("database.example", "127.0.0.1");
    const other = named();
    await one(other);
    expect([proxy.accepted, moved.accepted]).toEqual([1, 0]);
    addresses.set("database.example", "127.0.0.2");
    proxy.hangUp = true;
    proxy.cut();
    await expectWorking(other);
    expect(moved.accepted).toBe(1);
    await other.close();
    await moved.close();
  });
});

describe("TLS", () => {
  const certificate = selfSigned("localhost");
  let front: TlsFront;
  let folder: string;
  beforeAll(async () => {
    front = await startTlsFront(server.port, certificate);
    folder = await mkdtemp(join(tmpdir(), "scrapersky-ca-"));
    await writeFile(join(folder, "ours.pem"), certificate.cert);
    await writeFile(join(folder, "other.pem"), selfSigned("localhost").cert);
  });
  afterAll(async () => {
    await front.close();
    await rm(folder, { recursive: true });
  });
  const secure = (settings: string, host = "localhost") =>
    open({ url: `postgresql://${server.user}@${host}:${front.port}/postgres?${settings}` });

  test("TLS missing: refused before the login, and not tried again", async () => {
    const strict = open({
      url: `postgresql://${server.user}@127.0.0.1:${server.port}/postgres?sslmode=require`,
    });
    expect(await failureOf(one(strict))).toMatchObject({
      kind: "configuration",
      retryable: false,
      outcomeUnknown: false,
      reason: "tls_missing",
      advice: expect.stringContaining("sslmode=disable"),
    });
    await expectNothingLent(strict);
  });

  test.each([
    ["no authority of ours", "unknown_authority", () => secure("sslmode=verify-full")],
    [
      "another authority",
      "unknown_authority",
      () => secure(`sslmode=verify-full&sslrootcert=${join(folder, "other.pem")}`),
    ],
    [
      "another host's certificate",
      "wrong_host_name",
      () => secure(`sslmode=verify-full&sslrootcert=${join(folder, "ours.pem")}`, "127.0.0.1"),
    ],
  ] as const)("TLS untrusted: %s", async (_, reason, openStrict) => {
    const before = front.secured;
    const strict = openStrict();
    expect(await failureOf(one(strict))).toMatchObject({
      kind: "configuration",
      retryable: false,
      outcomeUnknown: false,
      reason,
      advice: expect.stringMatching(/sslrootcert=|sslmode=verify-ca/),
    });
    await expectNothingLent(strict);
    expect(front.secured - before).toBeLessThanOrEqual(1);
  });

  test.each([
    ["a year ago", -366],
    ["in a year", 366],
  ])("TLS with a certificate that is good %s", async (_, days) => {
    const stale = selfSigned("localhost", Date.now() + days * 86_400_000);
    const old = await startTlsFront(server.port, stale);
    const path = join(folder, "stale.pem");
    await writeFile(path, stale.cert);
    const url = `postgresql://${server.user}@localhost:${old.port}/postgres?sslmode=verify-full&sslrootcert=${path}`;
    expect(await failureOf(one(open({ url })))).toMatchObject({
      kind: "configuration",
      reason: "certificate_expired",
      advice: expect.stringContaining("clock"),
    });
    await old.close();
  });

  test("each fault of TLS has words of its own, in health too", async () => {
    const health = async (url: string) => (await open({ url }).health()).pooled;
    const all = await Promise.all([
      health(`postgresql://${server.user}@localhost:${front.port}/postgres?sslmode=verify-full`),
      health(
        `postgresql://${server.user}@127.0.0.1:${front.port}/postgres?sslmode=verify-full&sslrootcert=${join(folder, "ours.pem")}`,
      ),
      health(`postgresql://${server.user}@127.0.0.1:${server.port}/postgres?sslmode=require`),
      health(`postgresql://${server.user}@127.0.0.1:${server.port}/nowhere`),
    ]);
    expect(new Set(all.map(({ reason }) => reason))).toEqual(new Set(["configuration"]));
    expect(new Set(all.map(({ says }) => says)).size).toBe(4);
    expect(new Set(all.map(({ advice }) => advice)).size).toBe(4);
    expect(all.map(({ advice = "" }) => advice).join()).toMatch(
      /sslrootcert.*verify-ca.*sslmode=disable.*database name/,
    );
  });

  test("TLS trusted: statements, a FATAL reason and a cancel request pass through it", async () => {
    const trusting = secure(`sslmode=verify-full&sslrootcert=${join(folder, "ours.pem")}`);
    expect(await one(trusting)).toEqual([{ one: 1 }]);
    const cancelled = async () => {
      const before = trusting.stats().replaced;
      const slow = executeRawSql(trusting.db, "select pg_sleep(20)", {}, { timeoutMs: 100 });
      return [(await failureOf(slow)).kind, trusting.stats().replaced - before];
    };
    // On a busy machine the server's word may come too late to save the connection.
    await expect.poll(cancelled).toEqual(["statement_timeout", 0]);
    const killed = executeRawSql(trusting.db, "select pg_terminate_backend(pg_backend_pid())");
    expect(await failureOf(killed)).toMatchObject({ kind: "connection_lost", sqlstate: "57P01" });
    await expectWorking(trusting);
  });

  test("TLS untrusted but asked for without a check: it works", async () => {
    expect(await one(secure("sslmode=require"))).toEqual([{ one: 1 }]);
  });
});

describe("a server that answers the login with a refusal", () => {
  const admin = (text: string) =>
    executeRawSqlOne<Record<string, string>>(direct.db, text, {}, { timeoutMs: 5_000 });
  let direct: Database;
  beforeAll(async () => {
    direct = createDatabase({ url: server.url, max: 1 });
    const file = await admin("show hba_file");
    await admin("create role guarded login password 'right'");
    await admin("create role limited login connection limit 1");
    await admin("create role encrypted login");
    await admin("create role barred login");
    await admin(
      `copy (values ('host all guarded all scram-sha-256'), ('hostssl all encrypted all trust'),
         ('hostnossl all encrypted all reject'), ('host all barred all reject'), ('host all all all trust')) to '${file?.["hba_file"]}'`,
    );
    await admin("select pg_reload_conf()");
  });
  afterAll(() => direct.close());
  const as = (user: string, base = "postgres", overrides = {}) =>
    open({ url: `postgresql://${user}@127.0.0.1:${server.port}/${base}`, ...overrides });

  test("wrong password", async () => {
    await expect
      .poll(async () => (await failureOf(one(as("guarded:wrong")))).sqlstate)
      .toBe("28P01");
    const wrong = as("guarded:wrong");
    expect(await failureOf(one(wrong))).toMatchObject({
      kind: "authentication",
      retryable: false,
      outcomeUnknown: false,
      sqlstate: "28P01",
    });
    await expectNothingLent(wrong);
    await expectWorking(as("guarded:right"));
  });

  test("unknown user", async () => {
    expect(await failureOf(one(as("nobody_here")))).toMatchObject({
      kind: "authentication",
      retryable: false,
      sqlstate: "28000",
      reason: "user_unknown",
    });
  });

  test("a user whom the server admits by TLS only, or not at all", async () => {
    for (const user of ["encrypted", "barred"]) {
      expect(await failureOf(one(as(user)))).toMatchObject({
        kind: "authentication",
        sqlstate: "28000",
        reason: "not_admitted",
        advice: expect.stringMatching(/pg_hba\.conf.*sslmode/),
      });
    }
  });

  test("a setting that the server does not know", async () => {
    const odd = open({
      url: `postgresql://${server.user}@127.0.0.1:${server.port}/postgres?options=-c%20no_such_setting%3D1`,
    });
    expect(await failureOf(one(odd))).toMatchObject({
      kind: "configuration",
      reason: "setting_refused",
    });
  });

  test("unknown database", async () => {
    const nowhere = as(server.user, "no_such_base");
    expect(await failureOf(one(nowhere))).toMatchObject({
      kind: "configuration",
      retryable: false,
      outcomeUnknown: false,
      sqlstate: "3D000",
      reason: "database_missing",
      advice: expect.stringContaining("database name"),
    });
    await expectNothingLent(nowhere);
  });

  test("out of connections: the one there is goes on, and the next one comes when there is room", async () => {
    const limited = as("limited", "postgres", { acquireTimeoutMs: 1_000 });
    await one(limited);
    const holder = limited.db.transaction(async (tx) => {
      const refused = await failureOf(one(limited));
      return { refused, still: await executeRawSql(tx, "select 1 as one") };
    });
    const { refused, still } = await holder;
    expect(refused).toMatchObject({
      kind: "resources",
      retryable: true,
      outcomeUnknown: false,
      sqlstate: "53300",
    });
    expect(still).toEqual([{ one: 1 }]);
    await expectWorking(limited);
  });
});
