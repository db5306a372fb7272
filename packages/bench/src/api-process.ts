import { execFile } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { findFreePort } from "@scrapersky/embedded";
import { measured } from "./env.ts";
import { spawnOn } from "./scrape/processes.ts";

export const APPS = join(import.meta.dirname, "../../../apps");

/** The API in a process of its own, over a migrated and seeded database. */
export interface ApiProcess {
  origin: string;
  pid: number;
  stop(): Promise<void>;
}

/** @param core to keep it on; any where left out */
export async function startApiProcess(
  databaseUrl: string,
  settings: Record<string, string> = {},
  core?: number,
): Promise<ApiProcess> {
  const port = await findFreePort();
  const child = spawnOn(core, [join(APPS, "api/src/main.ts")], {
    PATH: measured["PATH"],
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: "warn",
    API_PORT: String(port),
    SHUTDOWN_WAIT_MS: "0",
    // Counted as ever, and never refused.
    LIMIT_KEY: "1000000",
    LIMIT_PERSON: "1000000",
    AUTH_SECRET: "a secret for one benchmark run only",
    ...settings,
  });
  child.stdout?.pipe(process.stdout);
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  };
  for (let tries = 0; tries < 1_200; tries++) {
    const ready = await fetch(`${origin}/health/ready`).catch(() => undefined);
    if (ready?.ok) return { origin, pid: child.pid ?? 0, stop };
    await delay(50);
  }
  await stop();
  throw new Error("The API did not start; its message is above.");
}

/** The key of the first of the demo's people, who may everything in one tenant. */
export async function seedDemo(databaseUrl: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(APPS, "cli/src/db.ts"), "seed", "--json"],
    { env: { PATH: measured["PATH"], DATABASE_URL: databaseUrl } },
  );
  const { users } = JSON.parse(stdout) as { users: { apiKey: string }[] };
  if (!users[0]) throw new Error("The seed made nobody to sign in as.");
  return users[0].apiKey;
}
