// The settings of the local stack. What api, worker and web read for themselves passes through.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mode } from "@scrapersky/db";
import { withoutEmpty } from "@scrapersky/machine";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Whether this runs from an unpacked release, which holds what the builds made and no sources. */
export const isRelease = existsSync(join(root, "release.json"));

export interface Env {
  /** Everything that is kept: database, logs, access.json. */
  dataDir: string;
  /** An existing database; undefined: one is started here. */
  databaseUrl: string | undefined;
  /** What that address leads to. */
  databaseMode: Mode;
  webPort: WantedPort;
  apiPort: WantedPort;
  workerPort: WantedPort;
  /** Interface the API listens on; default: loopback. */
  apiHost: string | undefined;
  /** Interface of the worker's health answer; default: loopback. */
  workerHost: string | undefined;
  /** Where people open the dashboard; default: localhost and the dashboard's port. */
  webUrl: string | undefined;
  /** What this command cannot honour, and so refuses. */
  apiUrl: string | undefined;
  databaseEcho: boolean;
  authSecret: string | undefined;
  webhooksKey: string | undefined;
  sitesFile: string | undefined;
  /** Whether this run must not leave anything out. */
  ci: boolean;
  /** The whole environment, for children. */
  inherited: NodeJS.ProcessEnv;
}

/** A port somebody asked for (0: any free one), or the one to begin the search with. */
export interface WantedPort {
  /** The variable that asks for it; undefined when nobody did. */
  askedBy: string | undefined;
  port: number;
}

/** @throws Error with one sentence for a person: which variable is wrong and what to set */
export function readEnv(given: NodeJS.ProcessEnv = process.env): Env {
  // Empty is unset, but not here: whoever meant a database must not get another one in silence.
  if (given["DATABASE_URL"]?.trim() === "") {
    throw new Error(
      "DATABASE_URL is set but empty. Set it to postgresql://user:password@host:port/database, " +
        "or unset it to let ScraperSky start a database of its own.",
    );
  }
  const source = withoutEmpty(given);
  const values: Record<Name, string | undefined> = {
    API_HOST: source["API_HOST"],
    API_PORT: source["API_PORT"],
    API_URL: source["API_URL"],
    AUTH_SECRET: source["AUTH_SECRET"],
    DATABASE_ECHO: source["DATABASE_ECHO"],
    DATABASE_MODE: source["DATABASE_MODE"],
    DATABASE_URL: source["DATABASE_URL"],
    DATA_DIR: source["DATA_DIR"],
    PORT: source["PORT"],
    SCRAPER_SITES_FILE: source["SCRAPER_SITES_FILE"],
    WEBHOOKS_KEY: source["WEBHOOKS_KEY"],
    WEB_PORT: source["WEB_PORT"],
    WEB_URL: source["WEB_URL"],
    WORKER_HOST: source["WORKER_HOST"],
    WORKER_PORT: source["WORKER_PORT"],
  };
  return {
    dataDir: resolve(root, values.DATA_DIR ?? join(root, ".data")),
    databaseUrl: values.DATABASE_URL?.trim(),
    databaseMode: readMode(values.DATABASE_MODE),
    webPort: readPort(values, ["WEB_PORT", "PORT"], 3000),
    apiPort: readPort(values, ["API_PORT"], 4000),
    workerPort: readPort(values, ["WORKER_PORT"], 4001),
    apiHost: values.API_HOST,
    workerHost: values.WORKER_HOST,
    webUrl: values.WEB_URL?.replace(/\/+$/, ""),
    apiUrl: values.API_URL,
    databaseEcho: /^(true|1|yes|on|y|enabled)$/i.test(values.DATABASE_ECHO ?? ""),
    authSecret: values.AUTH_SECRET,
    webhooksKey: values.WEBHOOKS_KEY,
    sitesFile: values.SCRAPER_SITES_FILE,
    ci: source["CI"] === "true",
    inherited: source,
  };
}

type Name =
  | "API_HOST"
  | "API_PORT"
  | "API_URL"
  | "AUTH_SECRET"
  | "DATABASE_ECHO"
  | "DATABASE_MODE"
  | "DATABASE_URL"
  | "DATA_DIR"
  | "PORT"
  | "SCRAPER_SITES_FILE"
  | "WEBHOOKS_KEY"
  | "WEB_PORT"
  | "WEB_URL"
  | "WORKER_HOST"
  | "WORKER_PORT";

const MODES: readonly Mode[] = ["auto", "transaction", "session", "direct"];

function readMode(value = "auto"): Mode {
  const mode = MODES.find((one) => one === value);
  if (mode !== undefined) return mode;
  throw new Error(`DATABASE_MODE is "${value}": set it to one of ${MODES.join(", ")}.`);
}

function readPort(
  values: Record<Name, string | undefined>,
  names: Name[],
  otherwise: number,
): WantedPort {
  const askedBy = names.find((name) => values[name] !== undefined);
  if (askedBy === undefined) return { askedBy, port: otherwise };
  const port = Number(values[askedBy]);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return { askedBy, port };
  throw new Error(`${askedBy} is "${values[askedBy]}": set it to a port number, or to 0 for any.`);
}
