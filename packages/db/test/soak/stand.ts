import {
  type EmbeddedPostgres,
  findFreePort,
  startPostgres,
  startTemporaryPostgres,
} from "@scrapersky/embedded";
import { signalProcess } from "@scrapersky/machine";
import { type PgBouncer, startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { createDatabase, type Database, type DatabaseHooks } from "../../src/index.ts";
import { type FaultProxy, startFaultProxy } from "../session/fault-proxy.ts";

export const STATEMENT_MS = 2_000;
const CHECK_MS = 600_000;
export const ACQUIRE_MS = 3_000;

/** Server, pooler and proxy in a row, each of which can be taken away and come back. */
export interface SoakStand {
  proxy: FaultProxy;
  /** What is tried: through proxy and pooler. */
  database: Database;
  /** Straight to the server, through a proxy of its own: connections that belong to one caller. */
  own: Database;
  ownProxy: FaultProxy;
  /** Past all of them, to look and to kill. */
  direct: Database;
  pooler(): PgBouncer;
  restartPooler(): Promise<void>;
  restartServer(how: "fast" | "crash"): Promise<void>;
  stop(): Promise<void>;
}

// A crash may not take back what was answered, or the checker would blame the wrong one.
const settings = { synchronous_commit: "on", max_connections: "60", deadlock_timeout: "100ms" };

/** @param hooks what watches the two that are tried */
export async function startSoakStand(hooks: DatabaseHooks): Promise<SoakStand> {
  const first = await startTemporaryPostgres({ settings });
  let server: EmbeddedPostgres = first;
  const poolerPort = await findFreePort();
  const startPooler = () =>
    startPgBouncer({
      target: { host: first.host, port: first.port, user: first.user },
      poolSize: 6,
      port: poolerPort,
      settings: { query_wait_timeout: "2", server_connect_timeout: "2" },
    });
  let pooler = await startPooler();
  const proxy = await startFaultProxy(poolerPort);
  const common = { acquireTimeoutMs: ACQUIRE_MS, statementTimeoutMs: STATEMENT_MS };
  const database = createDatabase({
    ...common,
    hooks: [hooks],
    url: `postgresql://${first.user}@127.0.0.1:${proxy.port}/postgres`,
    mode: "transaction",
    max: 10,
    connectTimeoutMs: 1_000,
    // Often, so that the run sees connections of every age replaced.
    lifetimeMs: 5_000,
    validateAfterMs: 500,
  });
  const ownProxy = await startFaultProxy(first.port);
  const own = createDatabase({
    ...common,
    hooks: [hooks],
    url: `postgresql://${first.user}@127.0.0.1:${ownProxy.port}/postgres`,
    mode: "direct",
    max: 3,
    connectTimeoutMs: 1_000,
  });
  // For the checker, which reads at the end all that an hour has written.
  const direct = createDatabase({
    url: first.url,
    mode: "direct",
    max: 3,
    acquireTimeoutMs: ACQUIRE_MS,
    statementTimeoutMs: CHECK_MS,
  });
  return {
    proxy,
    database,
    own,
    ownProxy,
    direct,
    pooler: () => pooler,
    async restartPooler() {
      await pooler.stop();
      pooler = await startPooler();
    },
    async restartServer(how) {
      signalProcess(server.pid, how === "fast" ? "SIGINT" : "SIGQUIT");
      await server.exited;
      const { dataDir, port } = first;
      server = await startPostgres({ dataDir, port, durable: false, settings });
    },
    async stop() {
      const all = [database, own, direct];
      await Promise.all(all.map((one) => one.close({ drainMs: 1_000 })));
      await Promise.all([proxy.close(), ownProxy.close()]);
      await pooler.stop();
      await server.stop();
      await first.stop();
    },
  };
}
