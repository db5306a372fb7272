import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** A worker as it is run: a process of its own. */
export interface SpawnedWorker {
  child: ChildProcess;
  /** What it has logged so far. */
  said: () => string;
}

/** Starts the built worker on a database, with the sites of a file, as many at once. */
export function spawnWorker(of: {
  url: string;
  sitesFile: string;
  concurrency: number;
  webhooksKey?: string;
}): SpawnedWorker {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../dist/main.js")], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      DATABASE_URL: of.url,
      WORKER_CONCURRENCY: String(of.concurrency),
      SCRAPER_SITES_FILE: of.sitesFile,
      SCRAPER_DELAY_MS: "0",
      ...(of.webhooksKey === undefined ? {} : { WEBHOOKS_KEY: of.webhooksKey }),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (said += text));
  return { child, said: () => said };
}

/** Until the process has ended, whether it has already or not. */
export const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once("exit", () => resolve()));
