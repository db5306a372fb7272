import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { findFreePort } from "@scrapersky/embedded";
import {
  caddySample,
  nginxSample,
  startCaddy,
  startDebianPostgres,
  startNginx,
} from "@scrapersky/embedded/fixtures";
import { startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { type Site, startSites } from "@scrapersky/testing/sites";
import { endProgram, type Made, startProgram, untilReady } from "./processes.ts";
import { prepareTenant } from "./tenant.ts";

export type Kind = "api" | "worker";

/** As `docs/server.md` has it: two APIs and two workers on Debian's PostgreSQL behind PgBouncer, nginx and Caddy beside each other before the APIs. */
export interface RollingStand {
  /** Past the pooler, to look. */
  direct: Database;
  /** Of nginx and of Caddy. */
  urls: readonly [string, string];
  apiKey: string;
  /** SIGTERM, its end, a start at the same port, ready. Answers what ended it. */
  renew(kind: Kind, which: 0 | 1): Promise<number | NodeJS.Signals | null>;
  /** Asks all processes of the product to end, and waits until they have. */
  stopProduct(): Promise<void>;
  stop(): Promise<void>;
}

const SITE_LATENCY_MS = 100;

interface Place {
  child: ChildProcess;
  port: number;
}

export async function startRollingStand(sites: Site[], made: Made): Promise<RollingStand> {
  const folder = mkdtempSync(join(tmpdir(), "scrapersky-rolling-"));
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const served = await startSites({ sites, latencyMs: SITE_LATENCY_MS });
    ends.push(() => served.close());
    const sitesFile = join(folder, "sites.json");
    served.writeAllowFile(sitesFile);
    const server = await startDebianPostgres({ database: "rolling" });
    ends.push(() => server.stop());
    const { host, port, user } = server;
    const pooler = await startPgBouncer({ target: { host, port, user }, poolSize: 12 });
    ends.push(() => pooler.stop());
    await migrate({ url: server.url });
    const direct = createDatabase({ url: server.url, mode: "direct", max: 2 });
    ends.push(() => direct.close());
    const apiKey = await prepareTenant(direct);

    const settings: Record<Kind, (port: number) => NodeJS.ProcessEnv> = {
      // Whoever calls here is one program and asks more than programs may.
      api: (at) => ({
        API_PORT: String(at),
        AUTH_SECRET: "a secret for one rolling restart only",
        TRUSTED_PROXIES: "127.0.0.1",
        LIMIT_KEY: "0",
      }),
      worker: (at) => ({
        WORKER_PORT: String(at),
        SCRAPER_SITES_FILE: sitesFile,
        SCRAPER_DELAY_MS: "0",
      }),
    };
    const start = async (kind: Kind, at: number): Promise<Place> => {
      const env = { DATABASE_URL: pooler.url("rolling"), ...settings[kind](at) };
      const child = startProgram(kind, made, env);
      ends.push(() => endProgram(child, "SIGKILL"));
      await untilReady(`http://127.0.0.1:${at}/health${kind === "api" ? "/ready" : ""}`, child);
      return { child, port: at };
    };
    const startTwo = async (kind: Kind) => [
      await start(kind, await findFreePort()),
      await start(kind, await findFreePort()),
    ];
    const places = { api: await startTwo("api"), worker: await startTwo("worker") };
    const [one, other] = places.api.map((place) => place.port) as [number, number];
    const proxies = [
      { sample: nginxSample, startProxy: startNginx },
      { sample: caddySample, startProxy: startCaddy },
    ];
    const urls: string[] = [];
    for (const { sample, startProxy } of proxies) {
      const ports = { listen: await findFreePort(), apis: [one, other], web: 1 } as const;
      const proxy = await startProxy(await sample(ports), folder);
      ends.push(() => proxy.stop());
      urls.push(`http://127.0.0.1:${ports.listen}`);
      await untilReady(`${urls.at(-1)}/health/ready`, places.api[0]!.child);
    }

    return {
      direct,
      urls: urls as [string, string],
      apiKey,
      async renew(kind, which) {
        const { child, port: at } = places[kind][which]!;
        const ended = await endProgram(child, "SIGTERM");
        places[kind][which] = await start(kind, at);
        return ended;
      },
      async stopProduct() {
        // Nobody calls any more: two SIGTERMs end an API without its wait.
        const all = [...places.api, ...places.worker].map(({ child }) => child);
        for (const { child } of places.api) child.kill("SIGTERM");
        await Promise.all(all.map((child) => endProgram(child, "SIGTERM")));
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
