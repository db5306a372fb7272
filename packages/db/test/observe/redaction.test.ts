import { createServer } from "node:net";
import { inspect } from "node:util";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { eq } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { beforeAll, expect, test } from "vitest";
import { copyIn, type Database, executeRawSql, withStatementTags } from "../../src/index.ts";
import { driverErrorOf, findDatabaseError } from "../../src/session/errors/database-error.ts";
import {
  logHooks,
  metricsHooks,
  Registry,
  traceHooks,
  watchPool,
} from "../../src/observe/index.ts";
import { rememberLines, useWatchedServer } from "./harness.ts";

const server = useWatchedServer();
const people = pgTable("people", {
  id: integer("id").primaryKey(),
  email: text("email").notNull().unique(),
  age: integer("age").notNull(),
});

/** Every one of these is handed to the database in some way below. */
const SECRETS = ["s3cret-mail@hidden.example", "s3cret-password", "987654321", "s3cret-text"];
const [MAIL, PASSWORD, NUMBER, TEXT] = SECRETS as [string, string, string, string];

const { lines, log } = rememberLines();
const registry = new Registry();
const exporter = new InMemorySpanExporter();
const tracer = new BasicTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(exporter)],
}).getTracer("redaction");
const hooks = () => [
  logHooks({ log, slowMs: 0 }),
  traceHooks({ tracer, waitMinMs: 0 }),
  { leak: (event: object) => log.warn(event, "leak") },
];

let database: Database;
beforeAll(async () => {
  database = server.open({
    leakAfterMs: 20,
    hooks: [...hooks(), metricsHooks(registry)],
  });
  watchPool(registry, database);
  await executeRawSql(
    database.db,
    "create table people (id int primary key, email text not null unique, age int not null check (age > 0))",
  );
  await database.db.insert(people).values({ id: 1, email: MAIL, age: 5 });
});

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Everything a logger or a console could make of an error. */
function printed(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    parts.push(at.message, at.stack ?? "", JSON.stringify(at), String(at));
    parts.push(inspect(at, { depth: 10, showHidden: true }), inspect(Object.entries(at)));
  }
  return parts.join("\n");
}

/** Each work, with what its error must not show beside the secrets. */
const failures: Record<string, () => Promise<unknown>> = {
  "a unique value, which the server names in its DETAIL": () =>
    database.db.insert(people).values({ id: 2, email: MAIL, age: 5 }),
  "a row that breaks a check, which the server prints whole": () =>
    executeRawSql(database.db, "insert into people values (:id, :email, -1)", {
      id: Number(NUMBER),
      email: TEXT,
    }),
  "a value that is no number": () =>
    executeRawSql(database.db, "select :x::int from people", { x: TEXT }),
  "a statement with a value written into it": () =>
    executeRawSql(database.db, `select nothing_like_it from people where email = '${MAIL}'`),
  "a syntax error, which the server quotes": () =>
    executeRawSql(database.db, `selec '${TEXT}' form people`),
  "an error raised with the value": () =>
    executeRawSql(database.db, `do $$ begin raise exception 'no %', '${TEXT}'; end $$`),
  "a builder's statement": () =>
    database.db
      .update(people)
      .set({ age: -Number(NUMBER) })
      .where(eq(people.email, MAIL)),
  "a transaction whose statement fails": () =>
    database.db.transaction(async (tx) => {
      await tx.insert(people).values({ id: 3, email: MAIL, age: 1 });
    }),
  "a transaction that went on after a failure": () =>
    database.db.transaction(async (tx) => {
      await tx
        .insert(people)
        .values({ id: 3, email: MAIL, age: 1 })
        .catch(() => {});
    }),
  "a deadline": () =>
    executeRawSql(
      database.db,
      "select pg_sleep(20), :x::text from people",
      { x: TEXT },
      { timeoutMs: 30 },
    ),
  "a killed connection": () =>
    executeRawSql(database.db, "select pg_terminate_backend(pg_backend_pid()), :x::text", {
      x: TEXT,
    }),
  "a lost COMMIT": () =>
    database.db.transaction(async (tx) => {
      await executeRawSql(tx, `create temporary table late (x text) on commit drop`);
      await executeRawSql(tx, "select pg_terminate_backend(pg_backend_pid()), :x::text", {
        x: TEXT,
      }).catch(() => {});
    }),
  "rows to be copied in": () =>
    copyIn(database.db, people, ["id", "email", "age"], [[Number(NUMBER), MAIL, 1]]),
  "a parameter that cannot be sent": () =>
    executeRawSql(database.db, "select :x::text from people", { x: () => TEXT }),
  "a parameter too many": () => executeRawSql(database.db, "select 1 from people", { x: TEXT }),
};

test.each(Object.entries(failures))("nothing shows of %s", async (_what, fail) => {
  const error = await thrownBy(
    withStatementTags({ requestId: "r-1", procedure: "people.create" }, fail),
  );
  const shown = printed(error);
  expect(shown).toContain("DatabaseError");
  for (const word of [...SECRETS, "127.0.0.1", String(server.target.port), "select ", "insert "]) {
    expect(shown).not.toContain(word);
  }
});

test("the driver's words are there for whoever asks by name", async () => {
  const error = findDatabaseError(await thrownBy(failures["a value that is no number"]!()));
  expect(inspect(error && driverErrorOf(error))).toContain(TEXT);
});

test("nothing shows of a wrong password, an unknown database and a port where nobody listens", async () => {
  const { port, user } = server.target;
  await executeRawSql(database.db, "create role guarded login password 'right'");
  const file = await executeRawSql<{ hba_file: string }>(database.db, "show hba_file");
  await executeRawSql(
    database.db,
    `copy (values ('host all guarded all scram-sha-256'), ('host all all all trust')) to '${file[0]?.hba_file}'`,
  );
  await executeRawSql(database.db, "select pg_reload_conf()");
  const urls = [
    `postgresql://guarded:${PASSWORD}@127.0.0.1:${port}/postgres`,
    `postgresql://${user}:${PASSWORD}@127.0.0.1:${port}/hidden_base`,
    `postgresql://hidden_user:${PASSWORD}@127.0.0.1:${await deadPort()}/hidden_base`,
    `postgresql://hidden_user:${PASSWORD}@hidden.invalid:5432/hidden_base`,
  ];
  for (const url of urls) {
    const other = server.open({ url, hooks: hooks(), acquireTimeoutMs: 200 });
    const shown = [
      printed(await thrownBy(executeRawSql(other.db, "select 1"))),
      printed(await thrownBy(other.connect())),
      inspect(other.describe(), { depth: 10 }),
      inspect(await other.health(), { depth: 10 }),
      inspect(other.stats()),
    ].join("\n");
    expect(shown).toContain("DatabaseError");
    for (const word of [PASSWORD, "guarded", "hidden", "127.0.0.1", String(port)]) {
      expect(shown).not.toContain(word);
    }
  }
});

test("a setting that is wrong is refused without its value", () => {
  for (const url of [
    `postgresql://${TEXT}:${PASSWORD}@127.0.0.1:1/x?speed=${NUMBER}`,
    `postgresql://${TEXT}:${PASSWORD}@/x`,
    `mysql://${TEXT}:${PASSWORD}@127.0.0.1/x`,
    `postgresql://${TEXT}:${PASSWORD}@127.0.0.1/x?sslmode=verify-full&sslrootcert=/${NUMBER}`,
  ]) {
    let shown = "";
    try {
      server.open({ url });
    } catch (error) {
      shown = printed(error);
    }
    expect(shown).toContain("DATABASE_URL");
    for (const word of [...SECRETS, "127.0.0.1"]) expect(shown).not.toContain(word);
  }
});

test("through all of it no log line, span or metric held a value, a text, a host or a user", async () => {
  await database.db.transaction(async (tx) => {
    await executeRawSql(tx, "select email from people where email = :email", { email: MAIL });
    await expect.poll(() => lines.map(({ message }) => message)).toContain("leak");
  });
  const spans = exporter.getFinishedSpans().map(({ name, attributes, events, status }) => ({
    name,
    attributes,
    events,
    status,
  }));
  const metrics = await registry.metrics();
  expect(lines.length).toBeGreaterThan(20);
  expect(spans.length).toBeGreaterThan(20);
  expect(metrics).toContain('scrapersky_db_query_seconds_count{outcome="constraint"}');
  const everything = `${JSON.stringify(lines)}\n${JSON.stringify(spans)}\n${metrics}`;
  // The place of a leak is a stack of our own code, which may well name a file of the tests.
  for (const word of [
    ...SECRETS,
    "127.0.0.1",
    "hidden",
    "guarded",
    "people where",
    "select email",
    "insert into",
    "$1",
  ]) {
    expect(everything).not.toContain(word);
  }
});

async function deadPort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
