import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import {
  type EmbeddedPostgres,
  findFreePort,
  startPostgres,
  startTemporaryPostgres,
} from "@scrapersky/embedded";
import { type PgBouncer, startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { type Site, startSites } from "@scrapersky/testing/sites";
import { prepareTenant } from "./tenant.ts";
import { endProgram, type Made, startProgram, untilReady } from "./processes.ts";

export type Part = "database" | "pooler" | "api";

/** PostgreSQL, PgBouncer, an api, workers and sites: each of the first four can be taken away and comes back. */
export interface ChaosStand {
  /** Past the pooler, to look. */
  direct: Database;
  api: { url: string; apiKey: string };
  /** `kill -9` of one of the workers; another one is started in its place. */
  killWorker(which: number): Promise<void>;
  /** `kill -9`, and a start at the same address. */
  restart(part: Part): Promise<void>;
  /** Asks all processes of the product to end, and waits until they have. */
  stopProduct(): Promise<void>;
  stop(): Promise<void>;
}

const WORKERS = 3;
const SITE_LATENCY_MS = 300;
/** What was answered is not taken back by a crash, or the wrong one would be blamed. */
const SETTINGS = { synchronous_commit: "on", max_connections: "80" };

export async function startChaosStand(sites: Site[], made: Made): Promise<ChaosStand> {
  const folder = mkdtempSync(join(tmpdir(), "scrapersky-chaos-"));
  const served = await startSites({ sites, latencyMs: SITE_LATENCY_MS });
  const sitesFile = join(folder, "sites.json");
  served.writeAllowFile(sitesFile);

  const first = await startTemporaryPostgres({ database: "chaos", settings: SETTINGS });
  let server: EmbeddedPostgres = first;
  const poolerPort = await findFreePort();
  const startPooler = (): Promise<PgBouncer> =>
    startPgBouncer({
      target: { host: first.host, port: first.port, user: first.user },
      port: poolerPort,
      poolSize: 12,
      settings: { query_wait_timeout: "5", server_connect_timeout: "2" },
    });
  let pooler = await startPooler();
  const pooled = pooler.url("chaos");
  await migrate({ url: first.url });
  const direct = createDatabase({ url: first.url, mode: "direct", max: 2 });
  const key = await prepareTenant(direct);

  const startWorker = () =>
    startProgram("worker", made, {
      DATABASE_URL: pooled,
      WORKER_CONCURRENCY: "32",
      SCRAPER_SITES_FILE: sitesFile,
      SCRAPER_DELAY_MS: "0",
    });
  const apiPort = await findFreePort();
  const startApi = () =>
    startProgram("api", made, {
      DATABASE_URL: pooled,
      API_PORT: String(apiPort),
      SHUTDOWN_WAIT_MS: "0",
      AUTH_SECRET: "a secret for one run of chaos only",
    });
  const workers = Array.from({ length: WORKERS }, startWorker);
  let api = startApi();
  const url = `http://127.0.0.1:${apiPort}`;

  const stand: ChaosStand = {
    direct,
    api: { url, apiKey: key },
    async killWorker(which) {
      const at = which % workers.length;
      await endProgram(workers[at]!, "SIGKILL");
      workers[at] = startWorker();
    },
    async restart(part) {
      if (part === "api") {
        await endProgram(api, "SIGKILL");
        api = startApi();
      } else if (part === "pooler") {
        await pooler.stop();
        pooler = await startPooler();
      } else {
        // As a crash: sessions are cut in the middle, and the log is replayed.
        process.kill(server.pid, "SIGQUIT");
        await server.exited;
        const { dataDir, port } = first;
        server = await startPostgres({ dataDir, port, durable: false, settings: SETTINGS });
      }
    },
    async stopProduct() {
      await Promise.all([...workers, api].map((child) => endProgram(child, "SIGTERM")));
    },
    async stop() {
      await Promise.all([...workers, api].map((child) => endProgram(child, "SIGKILL")));
      await direct.close();
      await pooler.stop();
      await server.stop();
      await first.stop();
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await untilReady(`${url}/health/ready`, api);
    return stand;
  } catch (error) {
    await stand.stop();
    throw error;
  }
}
