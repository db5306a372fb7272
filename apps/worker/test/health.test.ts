import type { AddressInfo } from "node:net";
import { createDatabase, executeRawSql } from "@scrapersky/db";
import { getTestServer } from "@scrapersky/testing/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHealthServer } from "../src/health-server.ts";
import { createWorker } from "../src/worker.ts";
import { type Harness, openHarness } from "./harness.ts";

let harness: Harness;
beforeAll(async () => (harness = await openHarness()));
afterAll(() => harness.close());

/** Takes the database away under everybody's feet, and gives the way to bring it back. */
async function takeDatabaseAway(): Promise<() => Promise<void>> {
  const server = getTestServer();
  const name = new URL(harness.url).pathname.slice(1);
  const url = `postgres://${server.user}@${server.host}:${server.port}/postgres`;
  const admin = createDatabase({ url, max: 1 });
  const throwOut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = :name";
  await executeRawSql(admin.db, `alter database ${name} allow_connections false`);
  await executeRawSql(admin.db, throwOut, { name });
  return async () => {
    await executeRawSql(admin.db, `alter database ${name} allow_connections true`);
    await admin.close();
  };
}

test("the health answer is good while the worker does its work, and not before, without its database or after", async () => {
  const worker = createWorker({
    database: harness.database,
    queue: harness.queue,
    workerId: "health",
    concurrency: 1,
    log: { info() {}, warn() {}, error() {} },
    scrape: async () => ({ kind: "aborted" }),
    intervals: { poll: 20 },
  });
  const health = await startHealthServer({
    port: 0,
    host: "127.0.0.1",
    worker,
    metrics: async () => ({ status: 404, contentType: "text/plain", body: "" }),
    token: "of this start",
  });
  const { port } = health.address() as AddressInfo;
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/health`);
    expect(answer.headers.get("x-scrapersky-instance")).toBe("of this start");
    return [answer.status, await answer.json()];
  };
  const says = (status: number, state: string) =>
    expect.poll(ask).toEqual([status, { status: state, running: 0 }]);
  await says(503, "starting");
  const ended = worker.run();
  await says(200, "ok");
  const bringBack = await takeDatabaseAway();
  await says(503, "failing");
  await bringBack();
  await says(200, "ok");
  await worker.stop(0);
  await says(503, "stopping");
  await ended;
  await new Promise((resolve) => health.close(resolve));
});
