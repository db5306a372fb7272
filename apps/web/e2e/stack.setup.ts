// Starts the built product once for all browser tests: Postgres, api, worker, dashboard, and fake sites to scrape.
import { spawn, type ChildProcess } from "node:child_process";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findBrowser, type FoundBrowser } from "@scrapersky/testing/browser";
import { catalogue, startSites } from "@scrapersky/testing/sites";
import type { TestProject } from "vitest/node";
import { isCi, productEnv } from "./env.ts";
import { startHeldSites } from "./held-sites.ts";

const repositoryRoot = fileURLToPath(new URL("../../..", import.meta.url));
const READY_TIMEOUT_MS = 300_000;
/** It ends by itself; a machine that is busy takes its time. */
const STOP_TIMEOUT_MS = 200_000;
/** Slow enough for a bar to be seen moving, fast enough to wait for. */
const SITE_LATENCY_MS = 150;
/** Nobody's servers are spared by waiting longer between two pages of a fake site. */
const PAGE_DELAY_MS = 100;
/** One after another each test of a batch that stands still lets go its own. */
const HELD = 15;
/** Two tests at a time, and for each of their batches one to be at and one to come. */
const SILENT = 4;

export interface TestUser {
  email: string;
  password: string;
  role: string;
}

/** One that came with the product. */
export interface SeededUser extends TestUser {
  apiKey: string;
}

/** What the tests know of the started product; `browser` is missing when none can be had. */
export interface StartedProduct {
  browser: FoundBrowser | null;
  web: string;
  /** Where it keeps everything, for the commands. */
  dataDir: string;
  tenant: string;
  users: SeededUser[];
  sites: {
    /** Can be scraped. */
    working: string[];
    /** Its name does not resolve. */
    vanished: string;
    /** Can be scraped once a GET of `release` and the name has let them answer. */
    held: string[];
    /** Nobody lets these answer. */
    silent: string[];
    release: string;
  };
}

declare module "vitest" {
  export interface ProvidedContext {
    product: StartedProduct;
  }
}

const exited = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });

/** Polls until access.json lists the users and the supervisor has said that all of it answers. */
const waitUntilRunning = async (child: ChildProcess, said: () => string): Promise<void> => {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!said().includes("ScraperSky is running")) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`The product did not start:\n${said()}`);
    }
    await pause(50);
  }
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browser = await findBrowser();
  if ("missing" in browser) {
    const reason = `The browser tests need a browser: ${browser.missing}.`;
    if (isCi) throw new Error(reason);
    console.warn(`SKIPPED: ${reason}`);
    project.provide("product", {
      browser: null,
      web: "",
      dataDir: "",
      tenant: "",
      users: [],
      sites: { working: [], vanished: "", held: [], silent: [], release: "" },
    });
    return async () => undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "scrapersky-e2e-"));
  // mkdtemp shuts the database's account out: under root its data would go elsewhere, and stay.
  await chmod(folder, 0o755);
  const held = await startHeldSites(HELD + SILENT);
  const sites = await startSites({
    sites: [...catalogue(), ...held.sites],
    latencyMs: SITE_LATENCY_MS,
  });
  const sitesFile = join(folder, "sites.json");
  sites.writeAllowFile(sitesFile);

  let output = "";
  const child = spawn(process.execPath, ["apps/local/src/main.ts", "start", String(Date.now())], {
    cwd: repositoryRoot,
    env: productEnv({
      DATA_DIR: join(folder, "data"),
      WEB_PORT: "0",
      API_PORT: "0",
      WORKER_PORT: "0",
      SCRAPER_SITES_FILE: sitesFile,
      SCRAPER_DELAY_MS: String(PAGE_DELAY_MS),
    }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await exited(child);
    clearTimeout(late);
    await sites.close();
    held.close();
    // A browser that was ended may write its last file meanwhile.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    await waitUntilRunning(child, () => output);
    const access = JSON.parse(await readFile(join(folder, "data", "access.json"), "utf8")) as {
      web: string;
      tenant: string;
      users: SeededUser[];
    };
    const { catalogued, vanished } = {
      catalogued: sites.sites.filter((site) => site.presentable && !held.sites.includes(site)),
      vanished: sites.sites.find((site) => site.hosts.length === 0),
    };
    if (vanished === undefined) throw new Error("The fake sites have none that does not resolve.");
    project.provide("product", {
      browser,
      web: access.web,
      dataDir: join(folder, "data"),
      tenant: access.tenant,
      users: access.users,
      sites: {
        working: catalogued
          .filter(({ expect }) => expect.outcome === "done")
          .map(({ name }) => name),
        vanished: vanished.name,
        held: held.sites.slice(0, HELD).map(({ name }) => name),
        silent: held.sites.slice(HELD).map(({ name }) => name),
        release: held.release,
      },
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
