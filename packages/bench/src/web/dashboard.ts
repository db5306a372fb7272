import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { findFreePort } from "@scrapersky/embedded";
import { APPS, startApiProcess } from "../api-process.ts";
import { measured } from "../env.ts";

const run = promisify(execFile);
const WEB = join(APPS, "web");
const TRIES_MAX = 1_200;

/** API and dashboard over a filled database, each in a process of its own, as they run in production; no worker. */
export interface Dashboard {
  origin: string;
  /** The one-time link of somebody who may everything in a tenant. */
  linkOf(tenant: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startDashboard(databaseUrl: string): Promise<Dashboard> {
  const root = join(APPS, "..");
  console.log("Building the dashboard.");
  const turbo = join(root, "apps/local/bin/run.mjs");
  await run(process.execPath, [turbo, "turbo", "run", "build", "--filter", "@scrapersky/web"]);
  const port = await findFreePort();
  const origin = `http://localhost:${port}`;
  const api = await startApiProcess(databaseUrl, { WEB_URL: origin });
  const next = createRequire(join(WEB, "package.json")).resolve("next/dist/bin/next");
  const web = spawn(
    process.execPath,
    [next, "start", "--port", String(port), "--hostname", "127.0.0.1"],
    {
      cwd: WEB,
      env: {
        PATH: measured["PATH"],
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        API_URL: api.origin,
      },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const stop = async () => {
    web.kill("SIGTERM");
    if (web.exitCode === null) await once(web, "exit");
    await api.stop();
  };
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const ready = await fetch(`${origin}/health`).catch(() => undefined);
    if (ready?.ok) return { origin, stop, linkOf: (tenant) => linkOf(databaseUrl, origin, tenant) };
    await delay(50);
  }
  await stop();
  throw new Error("The dashboard did not start; its message is above.");
}

async function linkOf(databaseUrl: string, webUrl: string, tenant: string): Promise<string> {
  const email = `bench-${Date.now()}@bench.example`;
  const { stdout } = await run(
    process.execPath,
    [join(APPS, "cli/src/staff.ts"), "add", email, "--tenant", tenant, "--role", "owner", "--json"],
    { env: { PATH: measured["PATH"], DATABASE_URL: databaseUrl, WEB_URL: webUrl } },
  );
  return (JSON.parse(stdout) as { link: string }).link;
}
