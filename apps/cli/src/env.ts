import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mode } from "@scrapersky/db";

/** What the commands need of the environment. */
export interface Env {
  url: string;
  /** The same database without a transaction pooler; the same as `url` when there is none. */
  migrationUrl: string;
  /** What `url` leads to. */
  mode: Mode;
  /** Connections at most of each api and worker, as they are set here. */
  poolMax: number;
  /** What a person must know about where `url` comes from. */
  notice?: string;
  /** Where people open the dashboard, and how that is known. */
  web: { url: string; from: "WEB_URL" | "the running npm start" | "default" };
  /** Whom a database without a tenant gets as its first owner. */
  owner?: { email: string; tenant?: string };
}

/** A setting without which nothing can be tried. The message says what to set. */
export class MissingSetting extends Error {
  override readonly name = "MissingSetting";
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
export const migrationsFolder = join(root, "packages/db/migrations");
const dotEnv = join(root, ".env");
const MODES: readonly string[] = ["auto", "transaction", "session", "direct"] satisfies Mode[];
const SHAPE = "postgresql://user:password@host:port/database";

/**
 * Reads the environment, completed by the file .env of the repository. Where DATABASE_URL is unset,
 * and only there, the database of the stack that runs on the data folder is taken, with a notice.
 * @throws MissingSetting that names the variable
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  if (source === process.env) loadDotEnv();
  const url = source["DATABASE_URL"]?.trim();
  const migrationUrl = source["DATABASE_MIGRATION_URL"]?.trim();
  const running = url === undefined ? findRunning(source["DATA_DIR"]) : undefined;
  const address = url || running?.databaseUrl;
  if (!address) {
    const state =
      url === undefined ? "is not set, and no stack of npm start is running" : "is empty";
    throw new MissingSetting(
      `DATABASE_URL ${state}: set it to ${SHAPE}, in the shell or in the file .env.`,
    );
  }
  if (migrationUrl === "") {
    throw new MissingSetting(`DATABASE_MIGRATION_URL is empty: unset it, or set it to ${SHAPE}.`);
  }
  const mode = source["DATABASE_MODE"]?.trim() ?? "auto";
  if (!MODES.includes(mode)) {
    throw new MissingSetting(`DATABASE_MODE is "${mode}": set it to one of ${MODES.join(", ")}.`);
  }
  return {
    url: address,
    migrationUrl: migrationUrl ?? address,
    mode: mode as Mode,
    poolMax: Number(source["DATABASE_POOL_MAX"]?.trim() || POOL_MAX),
    notice: running && `DATABASE_URL is not set: this is the database of ${running.web}.`,
    web: findWeb(source, address),
    owner: findOwner(source),
  };
}

function findOwner(source: NodeJS.ProcessEnv): Env["owner"] {
  const email = source["OWNER_EMAIL"]?.trim();
  return email ? { email, tenant: source["OWNER_TENANT"]?.trim() || undefined } : undefined;
}

/** What api and worker take in production where nothing is set. */
const POOL_MAX = 10;
const WEB_DEFAULT = "http://localhost:3000";

/** WEB_URL, else the stack that runs on this very database: another one knows nothing of what is made in it. */
function findWeb(source: NodeJS.ProcessEnv, databaseUrl: string): Env["web"] {
  const given = source["WEB_URL"]?.trim();
  if (given) {
    if (/^https?:\/\//.test(given) && URL.canParse(given)) return { url: given, from: "WEB_URL" };
    throw new MissingSetting(`WEB_URL is "${given}": set it to an address such as ${WEB_DEFAULT}.`);
  }
  const running = findRunning(source["DATA_DIR"]);
  return running?.databaseUrl === databaseUrl
    ? { url: running.web, from: "the running npm start" }
    : { url: WEB_DEFAULT, from: "default" };
}

/** What the stack of `npm start` wrote about itself, while its process lives. */
function findRunning(
  dataDir: string | undefined,
): { databaseUrl: string; web: string } | undefined {
  try {
    const file = join(resolve(root, dataDir || ".data"), "stack.json");
    const stack = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const { pid, databaseUrl, web } = stack;
    if (typeof databaseUrl !== "string" || typeof web !== "string") return undefined;
    process.kill(Number(pid), 0);
    return { databaseUrl, web };
  } catch {
    return undefined;
  }
}

function loadDotEnv(): void {
  try {
    process.loadEnvFile(dotEnv);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
