import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executeRawSql } from "@scrapersky/db";
import { findUntold, readMetrics } from "@scrapersky/testing/metrics";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Harness, openHarness } from "./harness.ts";

const main = join(import.meta.dirname, "../dist/main.js");
const TOKEN = "a-token-of-some-length";
let harness: Harness;
const started: { child: ChildProcess; ended: Promise<number | null> }[] = [];

beforeAll(async () => {
  harness = await openHarness();
});
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill("SIGTERM");
    await ended;
  }
});
afterAll(() => harness.close());

/** The worker as it is run: a process of its own. */
function startWorker(settings: NodeJS.ProcessEnv) {
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, DATABASE_URL: harness.url, ...settings },
  });
  const said = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  const ended = once(child, "close").then(([code]) => code as number | null);
  const worker = { child, said, ended };
  started.push(worker);
  return worker;
}

const lastQueries = () =>
  executeRawSql<{ query: string }>(
    harness.database.db,
    "select query from pg_stat_activity where application_name = 'scrapersky-worker'",
  ).then((rows) => rows.map(({ query }) => query).join("\n"));

test("metrics are beside the sign of life, for whoever has the token; the server sees which step asks", async () => {
  const port = await freePort();
  const { said } = startWorker({ WORKER_PORT: String(port), METRICS_TOKEN: TOKEN });
  const url = `http://127.0.0.1:${port}`;
  await expect.poll(async () => (await fetch(`${url}/health`)).status).toBe(200);
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  const page = await fetch(`${url}/metrics`, bearer(TOKEN));
  expect(page.status).toBe(200);
  const metrics = readMetrics(await page.text());
  expect(metrics.value("scrapersky_db_query_seconds_count", { outcome: "ok" })).toBeGreaterThan(0);
  expect(metrics.value("scrapersky_worker_concurrency")).toBe(32);
  expect(metrics.value("scrapersky_leases_lost_total")).toBe(0);
  expect(metrics.value("process_resident_memory_bytes")).toBeGreaterThan(0);
  expect(await findUntold(metrics)).toEqual([]);
  expect((await fetch(`${url}/metrics`)).status).toBe(401);
  expect((await fetch(`${url}/metrics`, bearer(`${TOKEN}x`))).status).toBe(401);
  expect(said.stdout).toContain("schema compared with the database");
  await expect.poll(lastQueries).toContain("/*procedure='worker.");
});

test("without a token set there are no metrics", async () => {
  const port = await freePort();
  startWorker({ WORKER_PORT: String(port) });
  const health = `http://127.0.0.1:${port}/health`;
  await expect.poll(async () => (await fetch(health)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
});

test.runIf(process.platform === "linux")("its health is given where WORKER_HOST says", async () => {
  const port = await freePort();
  startWorker({ WORKER_PORT: String(port), WORKER_HOST: "127.0.0.2" });
  const ask = (host: string) => fetch(`http://${host}:${port}/health`);
  await expect.poll(async () => (await ask("127.0.0.2")).status).toBe(200);
  await expect(ask("127.0.0.1")).rejects.toThrow("fetch failed");
});

test("a health port that is taken is one sentence", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const port = (taken.address() as AddressInfo).port;
  const { said, ended } = startWorker({ WORKER_PORT: String(port) });
  expect(await ended).toBe(1);
  expect(said.stderr).toBe(`Port ${port} is taken: set WORKER_PORT to a free one.\n`);
  await new Promise((resolve) => taken.close(resolve));
});

test("a database that cannot be reached is one sentence that says what to do", async () => {
  const url = `postgresql://user:secret@127.0.0.1:${await freePort()}/database`;
  const { said, ended } = startWorker({ DATABASE_URL: url });
  expect(await ended).toBe(1);
  expect(said.stderr).toBe(
    "Cannot start, the database refused the connection: " +
      "check that the server runs, and the host and port of the address.\n",
  );
});

test("fake sites in production stop the worker with a sentence; in development it starts", async () => {
  const folder = await mkdtemp(join(tmpdir(), "scrapersky-worker-"));
  try {
    const SCRAPER_SITES_FILE = join(folder, "sites.json");
    await writeFile(SCRAPER_SITES_FILE, JSON.stringify({ hosts: {} }));
    for (const named of [{ NODE_ENV: "production" }, { NODE_ENV: "staging" }, {}]) {
      const { said, ended } = startWorker({ SCRAPER_SITES_FILE, ...named });
      expect(await ended).toBe(2);
      expect(said.stderr).toBe(
        "The worker's settings are not complete:\n" +
          "  SCRAPER_SITES_FILE: replaces the internet by sites on this machine, for tests and demos: " +
          "unset it, or set NODE_ENV to development\n",
      );
    }
    const allowed = startWorker({ SCRAPER_SITES_FILE, NODE_ENV: "development" });
    await expect
      .poll(() => allowed.said.stdout)
      .toMatch(/WEBHOOKS_KEY is not set.*worker starting/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("breaking drift stops the worker with the report before it claims; DRIFT=allow lets it", async () => {
  await executeRawSql(harness.database.db, "alter table jobs drop column error");
  try {
    const stopped = startWorker({});
    expect(await stopped.ended).toBe(1);
    expect(stopped.said.stderr).toContain("jobs.error");
    expect(stopped.said.stderr).toContain("set DRIFT=allow to start all the same");
    expect(stopped.said.stderr).not.toContain("    at ");
    expect(stopped.said.stdout).not.toContain("worker starting");

    const allowed = startWorker({ DRIFT: "allow" });
    await expect.poll(() => allowed.said.stdout).toContain("worker starting");
    expect(allowed.said.stdout).toContain('"drift":"breaking"');
    await expect.poll(lastQueries).toContain("worker.");
  } finally {
    await executeRawSql(harness.database.db, "alter table jobs add column error text");
  }
});

/** A port at which nobody listens. */
async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
