import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, executeRawSql, withStatementTags } from "../../src/index.ts";
import { traceHooks } from "../../src/observe/index.ts";
import { useWatchedServer } from "./harness.ts";

const server = useWatchedServer();
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer("test");
let database: Database;
/** Of each statement by its name, as the session measured it. */
const durations = new Map<string | undefined, number>();

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  database = server.open({
    hooks: [
      traceHooks({ tracer, waitMinMs: Infinity }),
      { query: ({ name, durationMs }) => durations.set(name, durationMs) },
    ],
  });
});
beforeEach(() => exporter.reset());
afterAll(() => context.disable());

/** Runs work inside a span, and gives that span's id and the spans made under it. */
async function under(work: () => Promise<unknown>) {
  const parent = tracer.startSpan("request");
  await context.with(trace.setSpan(context.active(), parent), work);
  parent.end();
  const own = parent.spanContext().spanId;
  const spans = exporter.getFinishedSpans();
  return {
    parent: spans.find((span) => span.spanContext().spanId === own),
    children: spans.filter((span) => span.parentSpanContext?.spanId === own),
  };
}

const millis = (span: ReadableSpan) => span.duration[0] * 1e3 + span.duration[1] / 1e6;

test("a statement is a client span under the caller's, with its time, name and tags, and no text", async () => {
  const { children } = await under(() =>
    withStatementTags({ requestId: "r-1", procedure: "jobs.list" }, () =>
      executeRawSql(database.db, "select :word::text", { word: "hush" }, { name: "list jobs" }),
    ),
  );
  const span = children.find(({ name }) => name === "list jobs");
  expect(span?.kind).toBe(SpanKind.CLIENT);
  expect(span?.status.code).toBe(SpanStatusCode.UNSET);
  expect(span?.attributes).toEqual({
    "db.system.name": "postgresql",
    "db.query.summary": "list jobs",
    "db.operation.name": "SELECT",
    "db.response.returned_rows": 1,
    "scrapersky.request_id": "r-1",
    "scrapersky.procedure": "jobs.list",
  });
  expect(millis(span!)).toBeCloseTo(durations.get("list jobs")!, 2);
});

test("statements of callers at the same time each find their own parent", async () => {
  await executeRawSql(database.db, "select 1");
  exporter.reset();
  const parents = await Promise.all(
    Array.from({ length: 8 }, async (_, caller) => {
      const parent = tracer.startSpan(`caller ${caller}`);
      const run = () =>
        executeRawSql(database.db, "select pg_sleep(0.005)", {}, { name: `statement ${caller}` });
      await context.with(trace.setSpan(context.active(), parent), run);
      return parent.spanContext().spanId;
    }),
  );
  const spans = exporter.getFinishedSpans();
  for (const [caller, id] of parents.entries()) {
    const own = spans.filter(({ name }) => name === `statement ${caller}`);
    expect(own.map((span) => span.parentSpanContext?.spanId)).toEqual([id]);
  }
});

test("a failure is an error span with its kind", async () => {
  const { children } = await under(() =>
    executeRawSql(database.db, "select nonsense", {}, { name: "bad" }).catch(() => {}),
  );
  const span = children.find(({ name }) => name === "bad");
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: "syntax" });
  expect(span?.attributes["error.type"]).toBe("syntax");
});

test("a transaction is a span that says how it ended; one that sent nothing is none", async () => {
  const { children } = await under(async () => {
    await database.db.transaction((tx) => executeRawSql(tx, "select 1"));
    await database.db.transaction(async () => {});
  });
  const transactions = children.filter(({ name }) => name === "transaction");
  expect(
    transactions.map(({ attributes }) => attributes["scrapersky.transaction.outcome"]),
  ).toEqual(["committed"]);
  expect(children.map(({ name }) => name)).toContain("commit");
});

const loseConnection = () =>
  executeRawSql(
    database.db,
    "select pg_terminate_backend(pg_backend_pid())",
    {},
    { idempotent: true },
  ).catch(() => {});
const replaced = {
  name: "scrapersky.db.connection_replaced",
  attributes: { "scrapersky.connection.reason": "died" },
};
const retry = {
  name: "scrapersky.db.retry",
  attributes: { "scrapersky.retry.what": "statement", "error.type": "connection_lost" },
};

test("a replaced connection and a retry are events of the caller's span", async () => {
  const { parent, children } = await under(loseConnection);
  expect(parent?.events.slice(0, 2)).toMatchObject([replaced, retry]);
  expect(children.map(({ name }) => name)).not.toContain(replaced.name);
});

test("they are spans of their own when no span is open", async () => {
  await loseConnection();
  const spans = exporter.getFinishedSpans().filter(({ name }) => name.startsWith("scrapersky.db"));
  expect(spans.slice(0, 2)).toMatchObject([replaced, retry]);
  expect(spans.map(millis)).toEqual(spans.map(() => 0));
});

test("what a pool does after the span it was made in has ended is not lost", async () => {
  let made: Database | undefined;
  await under(async () => {
    made = server.open({ idleTimeoutMs: 20, hooks: [traceHooks({ tracer })] });
  });
  exporter.reset();
  await made?.connect();
  const reasons = () =>
    exporter
      .getFinishedSpans()
      .filter(({ name }) => name === replaced.name)
      .map(({ attributes }) => attributes["scrapersky.connection.reason"]);
  await expect.poll(reasons).toEqual(["idle"]);
});

test("a wait for a connection is a span when it is long enough to matter", async () => {
  const { db } = server.open({ hooks: [traceHooks({ tracer, waitMinMs: 0 })] });
  const { children } = await under(() => executeRawSql(db, "select 1"));
  expect(children.map(({ name }) => name)).toContain("wait for a connection");
  exporter.reset();
  const { children: quiet } = await under(() => executeRawSql(database.db, "select 1"));
  expect(quiet.map(({ name }) => name)).not.toContain("wait for a connection");
});
