import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { DEADLINES_MS, createBatchWatcher, createWaits, watchHealth } from "@scrapersky/api";
import {
  createDatabase,
  type Database,
  type Samples,
  withDeadline,
  withStatementTags,
} from "@scrapersky/db";
import { checkDriftAtBoot } from "@scrapersky/db/drift";
import {
  createMetricsDoor,
  logHooks,
  metricsHooks,
  Registry,
  startTracing,
  type Tracing,
  watchPool,
  watchProgram,
} from "@scrapersky/db/observe";
import { readVersion } from "@scrapersky/machine/version";
import { createQueue } from "@scrapersky/queue";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { createApp } from "./app.ts";
import { createAuth } from "./auth/auth.ts";
import { createPasswordTurns } from "./auth/password-turns.ts";
import { createSharedLookup } from "./auth/shared-lookup.ts";
import { createSharedRights } from "./auth/shared-rights.ts";
import { createSupabasePasswords, type SupabasePasswords } from "./auth/supabase-passwords.ts";
import { createSupabaseTokens } from "./auth/supabase-tokens.ts";
import type { Env } from "./env.ts";
import { createMail } from "./mail/create-mail.ts";
import type { Presence } from "./http/app-env.ts";
import { createLimits } from "./limit/create-limits.ts";
import { watchPlatform } from "./metrics/platform-metrics.ts";
import { requestMetrics, watchStreams } from "./metrics/request-metrics.ts";
import { createTrust } from "./http/trusted-proxies.ts";

const DRAIN_MS = 5_000;
const SWEEP_MS = 50;
/** From the sources and from the bundle the root of the tree is as far away. */
const VERSION = readVersion(new URL("../../../package.json", import.meta.url));

export interface ApiServer {
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  url: string;
  /** Says at /health/ready that it is about to leave, and ends each connection with its next answer. */
  retire(): void;
  /** What it answers, in the order of its router. */
  routes: readonly { method: string; path: string }[];
  /** Accepts nobody any more, ends event streams, lets requests end, closes the database. */
  close(): Promise<void>;
}

export type ServerSettings = Pick<
  Env,
  "DATABASE_URL" | "API_PORT" | "API_HOST" | "WEB_URL" | "AUTH_SECRET"
> &
  Partial<Omit<Env, "LOG_LEVEL" | "SHUTDOWN_WAIT_MS">>;

/**
 * Starts the HTTP door.
 * @throws Error when the port is taken; DriftError when the database is not what the schema says;
 * DatabaseError when it cannot be read
 */
export async function startServer(settings: ServerSettings, log: Logger): Promise<ApiServer> {
  const registry = new Registry();
  const waits = createWaits();
  const tracing = await startTracing({
    endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    service: "scrapersky-api",
    version: VERSION,
    onFailure: (fault) => log.warn({ fault }, "spans do not arrive"),
  });
  const database = openDatabase(settings, log, { registry, waits, tracing });
  let passwords: SupabasePasswords | undefined;
  try {
    await withStatementTags({ procedure: "api.drift" }, () =>
      checkDriftAtBoot(database, { log, allow: settings.DRIFT === "allow" }),
    );
    if (settings.SUPABASE_PASSWORDS) passwords = await createSupabasePasswords(database.db, log);
  } catch (error) {
    await database.close();
    await tracing.stop();
    throw error;
  }
  const metrics = createMetricsDoor(registry, settings.METRICS_TOKEN);
  const reading = withDeadline(database.db, DEADLINES_MS.read);
  const watcher = createBatchWatcher(reading);
  const queue = createQueue(database, {
    tellWorkers: true,
    onError: (error) => log.warn({ fault: error.name }, "queue"),
  });
  const auth = createAuth({
    db: database.db,
    secret: settings.AUTH_SECRET,
    formerSecret: settings.AUTH_SECRET_FORMER,
    webUrl: settings.WEB_URL,
    log,
  });
  const tokens = createSupabaseTokens({
    url: settings.SUPABASE_URL,
    secret: settings.SUPABASE_JWT_SECRET,
  });
  const supabase = { tokens, passwords };
  const limits = createLimits(database.db, log, settings);
  const isMeasured = settings.METRICS_TOKEN !== undefined;
  if (isMeasured) {
    watchProgram(registry);
    watchStreams(registry, limits.streams);
    watchPlatform(registry, database.db, queue);
  }
  const presence: Presence = { leaving: false, token: settings.INSTANCE_TOKEN };
  const app = createApp({
    database,
    health: watchHealth(database, { version: VERSION, waits }),
    reading,
    queue,
    watcher,
    auth,
    webUrl: settings.WEB_URL,
    mail: createMail(settings, log),
    webhooksKey: settings.WEBHOOKS_KEY ?? null,
    supabase,
    log,
    metrics,
    onAnswered: isMeasured ? requestMetrics(registry) : undefined,
    presence,
    isTraced: tracing.isOn,
    ...limits,
    isTrusted: createTrust(settings.TRUSTED_PROXIES ?? []),
    rights: createSharedRights(),
    lookup: createSharedLookup(),
    passwordTurn: createPasswordTurns(),
  });
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(settings.API_PORT, settings.API_HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ ...database.describe(), port }, "api listening");

  return {
    url: `http://${settings.API_HOST}:${port}`,
    retire() {
      presence.leaving = true;
    },
    routes: app.routes,
    async close() {
      presence.leaving = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      watcher.close();
      limits.streams.close();
      // A connection kept alive after its last answer would be waited for: none of them has anything to say.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearInterval(sweep);
      clearTimeout(force);
      await database.close();
      await tracing.stop();
    },
  };
}

/** The database with what watches it; metrics cost something, so they are kept for those who collect them. */
function openDatabase(
  settings: ServerSettings,
  log: Logger,
  { registry, waits, tracing }: { registry: Registry; waits: Samples; tracing: Tracing },
): Database {
  const { DATABASE_SLOW_MS: slowMs, DATABASE_ECHO: echo, METRICS_TOKEN: token } = settings;
  const database = createDatabase({
    url: settings.DATABASE_URL,
    migrationUrl: settings.DATABASE_MIGRATION_URL,
    mode: settings.DATABASE_MODE,
    environment: settings.NODE_ENV,
    min: settings.DATABASE_POOL_MIN,
    max: settings.DATABASE_POOL_MAX,
    applicationName: "scrapersky-api",
    hooks: [
      logHooks({ log: log.child({ part: "database" }), slowMs, echo }),
      ...tracing.hooks,
      { acquire: ({ waitedMs }) => waits.add(waitedMs) },
      ...(token === undefined ? [] : [metricsHooks(registry)]),
    ],
  });
  watchPool(registry, database);
  return database;
}
