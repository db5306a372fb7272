import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { hostname } from "node:os";
import { createDatabase, findDatabaseError } from "@scrapersky/db";
import { createQueue } from "@scrapersky/queue";
import { scrape, type SiteAllowList } from "@scrapersky/scraper";
import { pino } from "pino";
import { type Env, readEnv } from "./env.ts";
import { createWorker } from "./worker.ts";

/** Within the 10 s that a supervisor waits before it kills. */
const DRAIN_MS = 7_000;
const USAGE = 2;

function settings(): Env {
  try {
    return readEnv();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(USAGE);
  }
}

const env = settings();
const log = pino({ level: env.LOG_LEVEL, base: { app: "worker" } });
const workerId = `${hostname()}:${process.pid}`;
const database = createDatabase({
  url: env.DATABASE_URL,
  max: env.DATABASE_POOL_MAX,
  applicationName: "scrapersky-worker",
});
const queue = createQueue(database, {
  supervise: true,
  onError: (error) =>
    log.warn({ fault: findDatabaseError(error)?.kind ?? error.name }, "queue upkeep failed"),
});
const allow = env.SCRAPER_SITES_FILE
  ? (JSON.parse(readFileSync(env.SCRAPER_SITES_FILE, "utf8")) as SiteAllowList)
  : undefined;
const worker = createWorker({
  database,
  queue,
  workerId,
  concurrency: env.WORKER_CONCURRENCY,
  log,
  scrape: (domain, options) =>
    scrape(domain, {
      ...options,
      limits: { hostDelayMs: env.SCRAPER_DELAY_MS },
      ...(allow ? { allow } : {}),
    }),
});

function answerHealth(port: number): Server {
  return createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ status: "ok", running: worker.running }));
  }).listen(port, "127.0.0.1");
}

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal, running: worker.running }, "stopping: running domains get a moment to end");
  await worker.stop(DRAIN_MS);
  await queue.stop();
  await database.close();
  log.info({}, "stopped");
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));

log.info(
  { ...database.describe(), concurrency: env.WORKER_CONCURRENCY, workerId },
  "worker starting",
);
await queue.start();
if (env.WORKER_PORT) answerHealth(env.WORKER_PORT);
await worker.run();
