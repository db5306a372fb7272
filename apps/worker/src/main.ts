import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { createDatabase, findDatabaseError, withStatementTags } from "@scrapersky/db";
import { checkDriftAtBoot, describeBootFailure } from "@scrapersky/db/drift";
import {
  createMetricsDoor,
  logHooks,
  metricsHooks,
  Registry,
  startTracing,
  watchPool,
  watchProgram,
} from "@scrapersky/db/observe";
import { readVersion } from "@scrapersky/machine/version";
import { createQueue } from "@scrapersky/queue";
import {
  createMailDomains,
  createMessageSender,
  PLACE_PAUSE_MS,
  readProxy,
  scrape,
  type SiteAllowList,
  userAgentOf,
  VISITS_PER_ADDRESS_MAX,
} from "@scrapersky/scraper";
import { pino } from "pino";
import { type Env, readEnv } from "./env.ts";
import { startHealthServer } from "./health-server.ts";
import { describeFault } from "./describe-fault.ts";
import { createFleetPlaces } from "./fleet-places.ts";
import { createOutageLog } from "./outage-log.ts";
import { placeStore } from "./place-store.ts";
import { requested } from "./traced.ts";
import { createWorker } from "./worker.ts";
import { watchWorker, workerMetrics } from "./worker-metrics.ts";

/** Within the 10 s that a supervisor waits before it kills. */
const DRAIN_MS = 7_000;
const USAGE = 2;
/** Three times as long as a worker takes to say that it is still there. */
const PLACE_LEASE_MS = 15_000;

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
// A container that starts again has its name and its process id from before.
const workerId = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
const registry = new Registry();
// From the sources and from the bundle the root of the tree is as far away.
const version = readVersion(new URL("../../../package.json", import.meta.url));
const tracing = await startTracing({
  endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
  service: "scrapersky-worker",
  version,
  onFailure: (fault) => log.warn({ fault }, "spans do not arrive"),
});
const database = await openDatabase().catch((error: unknown) => {
  console.error(describeBootFailure(error) ?? error);
  process.exit(1);
});
const upkeep = createOutageLog(log);
const queue = createQueue(database, {
  supervise: true,
  onError: (error) =>
    upkeep.failed("queue upkeep", { fault: findDatabaseError(error)?.kind ?? error.name }),
});
const allow = env.SCRAPER_SITES_FILE
  ? (JSON.parse(readFileSync(env.SCRAPER_SITES_FILE, "utf8")) as SiteAllowList)
  : undefined;
const mailDomains = env.SCRAPER_MAIL_CHECK && allow === undefined ? createMailDomains() : undefined;
const proxy = env.SCRAPER_PROXY === undefined ? undefined : readProxy(env.SCRAPER_PROXY);
const atAddress = { worker: workerId, most: VISITS_PER_ADDRESS_MAX, leaseMs: PLACE_LEASE_MS };
const places = createFleetPlaces({
  ...atAddress,
  store: placeStore(database.db, atAddress),
  pauseMs: PLACE_PAUSE_MS,
  onError: (error) => upkeep.failed("asking for places", describeFault(error)),
  onSuccess: () => upkeep.succeeded("asking for places"),
});
const worker = createWorker({
  database,
  queue,
  workerId,
  version,
  concurrency: env.WORKER_CONCURRENCY,
  auditDays: env.AUDIT_DAYS,
  log,
  events: env.METRICS_TOKEN === undefined ? undefined : workerMetrics(registry),
  webhooks:
    env.WEBHOOKS_KEY === undefined
      ? undefined
      : { key: env.WEBHOOKS_KEY, sender: createMessageSender({ allow }) },
  scrape: (domain, { isFirst, ...options }) =>
    scrape(domain, {
      ...options,
      // A name may resolve a little later; until then its job waits in the backlog, where it holds up nobody.
      unknownName: isFirst ? "later" : "final",
      limits: { hostDelayMs: env.SCRAPER_DELAY_MS },
      mailDomains,
      places,
      proxy,
      userAgent: userAgentOf(env.SCRAPER_CONTACT),
      onRequest: tracing.isOn ? requested : undefined,
      ...(allow ? { allow } : {}),
    }),
});

/** The database with what watches it, once it is what the schema says. */
async function openDatabase() {
  const { DATABASE_SLOW_MS: slowMs, DATABASE_ECHO: echo, METRICS_TOKEN: token } = env;
  const opened = createDatabase({
    url: env.DATABASE_URL,
    mode: env.DATABASE_MODE,
    environment: env.NODE_ENV,
    min: env.DATABASE_POOL_MIN,
    max: env.DATABASE_POOL_MAX,
    applicationName: "scrapersky-worker",
    hooks: [
      logHooks({ log: log.child({ part: "database" }), slowMs, echo }),
      ...tracing.hooks,
      // They cost something, so they are kept for those who collect them.
      ...(token === undefined ? [] : [metricsHooks(registry)]),
    ],
  });
  watchPool(registry, opened);
  await withStatementTags({ procedure: "worker.drift" }, () =>
    checkDriftAtBoot(opened, { log, allow: env.DRIFT === "allow" }),
  );
  return opened;
}

if (env.METRICS_TOKEN !== undefined) {
  watchProgram(registry);
  watchWorker(registry, worker, env.WORKER_CONCURRENCY);
}

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal, running: worker.running }, "stopping: running domains get a moment to end");
  await worker.stop(DRAIN_MS);
  await places
    .close()
    .catch((error: unknown) => upkeep.failed("giving places back", describeFault(error)));
  await queue.stop();
  await database.close();
  await tracing.stop();
  log.info({}, "stopped");
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));

log.info(
  {
    ...database.describe(),
    concurrency: env.WORKER_CONCURRENCY,
    webhooks: env.WEBHOOKS_KEY === undefined ? "off: WEBHOOKS_KEY is not set" : "on",
    workerId,
  },
  "worker starting",
);
if (env.WORKER_PORT !== undefined) await answerHealth(env.WORKER_PORT);
await withStatementTags({ procedure: "worker.queue" }, () => queue.start());
await worker.run();

async function answerHealth(port: number): Promise<void> {
  const metrics = createMetricsDoor(registry, env.METRICS_TOKEN);
  const { WORKER_HOST: host, INSTANCE_TOKEN: token } = env;
  await startHealthServer({ port, host, worker, metrics, token }).catch(
    (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      console.error(
        isTaken ? `Port ${port} is taken: set WORKER_PORT to a free one.` : error.message,
      );
      process.exit(1);
    },
  );
}
