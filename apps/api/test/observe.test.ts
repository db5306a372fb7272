import { createClient } from "@scrapersky/client";
import { createDatabase, executeRawSql } from "@scrapersky/db";
import { Registry } from "@scrapersky/db/observe";
import { createQueue } from "@scrapersky/queue";
import { findUntold, readMetrics } from "@scrapersky/testing/metrics";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { watchPlatform } from "../src/metrics/platform-metrics.ts";
import { OWNER, type Stack, startStack } from "./stack.ts";

const TOKEN = "a-token-of-some-length";
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ METRICS_TOKEN: TOKEN, DATABASE_SLOW_MS: 0 });
});
afterAll(() => stack.close());

/** Tags of the statements that wait while `tables` are locked and `ask` is under way. */
async function tagsOfWaiting(tables: string, count: number, ask: () => Promise<unknown>) {
  let asked: Promise<unknown> = Promise.resolve();
  const tags = await stack.database.db.transaction(async (tx) => {
    await executeRawSql(tx, `lock table ${tables} in access exclusive mode`);
    asked = ask();
    let waiting: { query: string }[] = [];
    const lookAgain = async () => {
      // What a server process waits for is read a moment after its query: "active" keeps out one that
      // began between the two.
      waiting = await stack.rows<{ query: string }>(
        "select query from pg_stat_activity where state = 'active' and wait_event_type = 'Lock' and datname = current_database()",
      );
      return waiting;
    };
    await expect.poll(lookAgain).toHaveLength(count);
    return waiting.map(({ query }) => /^\/\*(.*?)\*\//.exec(query)?.[1]).toSorted();
  });
  await asked;
  return tags;
}

test("each call of a batch of calls sends statements under its own name, all under the request's id", async () => {
  const tags = await tagsOfWaiting("jobs, batch_jobs", 2, () =>
    stack.get(
      `/api/trpc/jobs.list,batches.list?batch=1&input=${encodeURIComponent('{"0":{},"1":{}}')}`,
      OWNER,
      {
        "x-request-id": "one-of-batch",
      },
    ),
  );
  expect(tags).toEqual([
    "procedure='batches.list',request_id='one-of-batch'",
    "procedure='jobs.list',request_id='one-of-batch'",
  ]);
});

test("a REST route goes by the procedure it calls, and who asks is found out under a name of its own", async () => {
  const ask = () => stack.get("/api/v3/jobs", OWNER, { "x-request-id": "rest-request" });
  expect(await tagsOfWaiting("jobs", 1, ask)).toEqual([
    expect.stringMatching(/^procedure='jobs\.\w+',request_id='rest-request'$/),
  ]);
  expect(await tagsOfWaiting("app.api_keys", 1, ask)).toEqual([
    "procedure='authenticate',request_id='rest-request'",
  ]);
});

test("a value that could end the comment cannot: the id is given anew", async () => {
  const [tag] = await tagsOfWaiting("app.api_keys", 1, () =>
    stack.get("/api/v3/jobs", OWNER, { "x-request-id": "'*/ select 1 --" }),
  );
  expect(tag).toMatch(/^procedure='authenticate',request_id='[0-9a-f-]{36}'$/);
});

test("what an event stream reads for all its listeners is under no single request", async () => {
  const client = createClient({ url: stack.url, apiKey: stack.user(OWNER).apiKey });
  const { batchId } = await client.batches.create.mutate({ domains: ["a.example"] });
  const onData = vi.fn<() => void>();
  const subscription = client.batches.onProgress.subscribe({ batchId }, { onData });
  await expect.poll(() => onData.mock.calls.length).toBe(1);
  expect(await tagsOfWaiting("batch_jobs", 1, () => Promise.resolve())).toEqual([
    "procedure='batches.onProgress'",
  ]);
  subscription.unsubscribe();
});

test("a slow statement is in the log with its request, without its text", async () => {
  const { asked } = await stack.database.db.transaction(async (tx) => {
    await executeRawSql(tx, "lock table jobs in access exclusive mode");
    const asked = stack.get("/api/v3/jobs", OWNER, { "x-request-id": "slow-request" });
    const waiting = () => stack.rows("select pid from pg_locks where not granted");
    await expect.poll(waiting).toHaveLength(1);
    return { asked };
  });
  expect((await asked).status).toBe(200);
  const slow = () =>
    stack
      .logged()
      .split("\n")
      .filter((line) => line.includes("slow statement") && line.includes("slow-request"));
  expect(slow().map((line) => JSON.parse(line) as object)).toContainEqual(
    expect.objectContaining({
      part: "database",
      requestId: "slow-request",
      procedure: expect.stringMatching(/^jobs\./),
      fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
    }),
  );
  expect(stack.logged()).not.toMatch(/select .* from/i);
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test("metrics are for whoever has the token, and say by route, status and queue what goes on", async () => {
  expect((await stack.get("/metrics")).status).toBe(401);
  expect((await stack.get("/metrics", OWNER)).status).toBe(401);
  expect((await stack.get("/metrics", undefined, bearer(TOKEN.slice(1)))).status).toBe(401);

  await stack.get("/api/v3/jobs", OWNER);
  await stack.get("/api/v3/jobs/no-such-job/nor-this");
  await stack.get("/api/trpc/webhooks.list?input={}", OWNER);
  await stack.get("/api/trpc/webhooks.list,no.such.procedure?batch=1&input={}", OWNER);
  await stack.get("/api/trpc/a.secret@skyline.example", OWNER);
  const client = createClient({ url: stack.url, apiKey: stack.user(OWNER).apiKey });
  const { batchId } = await client.batches.create.mutate({ domains: ["a.example", "b.example"] });
  const onData = vi.fn<() => void>();
  const subscription = client.batches.onProgress.subscribe({ batchId }, { onData });
  await expect.poll(() => onData.mock.calls.length).toBe(1);
  const page = await stack.get("/metrics", undefined, bearer(TOKEN));
  subscription.unsubscribe();
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const read = readMetrics(await page.text());
  const { labels, value } = read;
  expect(value("scrapersky_db_query_seconds_count", { outcome: "ok" })).toBeGreaterThan(0);
  expect(value("scrapersky_db_transactions_total", { outcome: "committed" })).toBeGreaterThan(0);
  expect(value("scrapersky_db_pool_connections_max")).toBe(10);
  const asked = (route: string, status: number, method = "GET") =>
    value("scrapersky_http_request_seconds_count", { method, route, status: String(status) });
  expect(asked("/api/v3/jobs", 200)).toBeGreaterThan(0);
  expect(asked("webhooks.list", 200)).toBe(1);
  expect(asked("several procedures", 207)).toBe(1);
  expect(asked("other", 404)).toBe(2);
  expect(value("scrapersky_event_streams")).toBe(1);
  expect(
    value("scrapersky_queue_messages", { queue: "scrape-domain", state: "waiting" }),
  ).toBeGreaterThan(1);
  expect(value("scrapersky_queue_oldest_seconds", { queue: "scrape-domain" })).toBeGreaterThan(0);
  expect(value("scrapersky_open_jobs")).toBeGreaterThan(1);
  expect(value("scrapersky_open_batches")).toBeGreaterThan(0);
  expect(value("scrapersky_database_readable")).toBe(1);
  expect(value("scrapersky_database_frozen_xid_age")).toBeGreaterThan(0);
  expect(value("nodejs_eventloop_lag_p99_seconds")).toBeDefined();
  expect(value("process_resident_memory_bytes")).toBeGreaterThan(0);
  const closed = ["method", "route", "status", "queue", "state", "outcome", "what", "reason", "le"];
  const ofNode = ["kind", "space", "type", "version", "major", "minor", "patch"];
  expect([...labels].filter((label) => ![...closed, ...ofNode].includes(label))).toEqual([]);
  expect(await findUntold(read)).toEqual([]);
});

test("while the database cannot be read, the page says that and leaves out what it does not know", async () => {
  const registry = new Registry();
  const away = createDatabase({ url: "postgres://nobody@127.0.0.1:1/nowhere", max: 1 });
  watchPlatform(registry, away.db, createQueue(away));
  const { value } = readMetrics(await registry.metrics());
  expect(value("scrapersky_database_readable")).toBe(0);
  expect(value("scrapersky_open_jobs")).toBeUndefined();
  await away.close();
});

test("without a token set there are no metrics", async () => {
  const other = await startStack();
  expect((await other.get("/metrics")).status).toBe(404);
  expect((await other.get("/metrics", undefined, { authorization: "Bearer " })).status).toBe(404);
  await other.close();
});
