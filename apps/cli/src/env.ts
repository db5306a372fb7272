import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mode } from "@scrapersky/db";
import { findStack, withoutEmpty } from "@scrapersky/machine";

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
/** Where the version stands. */
export const manifest = new URL("../../../package.json", import.meta.url);
const dotEnv = join(root, ".env");
const MODES: readonly string[] = ["auto", "transaction", "session", "direct"] satisfies Mode[];
const SHAPE = "postgresql://user:password@host:port/database";

/**
 * Reads the environment, completed by the file .env of the repository. Where DATABASE_URL is unset,
 * and only there, the database of the stack that runs on the data folder is taken, with a notice.
 * @throws MissingSetting that names the variable
 */
export async function readEnv(given: NodeJS.ProcessEnv = process.env): Promise<Env> {
  if (given === process.env) loadDotEnv();
  const source = withoutEmpty(given);
  // Empty is unset, but not here: whoever meant a database must not get another one in silence.
  const url = given["DATABASE_URL"]?.trim();
  const migrationUrl = source["DATABASE_MIGRATION_URL"]?.trim();
  const running = url === undefined ? await findRunning(source["DATA_DIR"]) : undefined;
  const address = url || running?.url;
  if (!address) {
    const state =
      url === undefined ? "is not set, and no stack of npm start is running" : "is empty";
    throw new MissingSetting(
      `DATABASE_URL ${state}: set it to ${SHAPE}, in the shell or in the file .env.`,
    );
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
    web: await findWeb(source, address),
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
async function findWeb(source: NodeJS.ProcessEnv, databaseUrl: string): Promise<Env["web"]> {
  const given = source["WEB_URL"]?.trim();
  if (given) {
    if (/^https?:\/\//.test(given) && URL.canParse(given)) return { url: given, from: "WEB_URL" };
    throw new MissingSetting(`WEB_URL is "${given}": set it to an address such as ${WEB_DEFAULT}.`);
  }
  const running = await findRunning(source["DATA_DIR"]);
  return running?.url === databaseUrl
    ? { url: running.web, from: "the running npm start" }
    : { url: WEB_DEFAULT, from: "default" };
}

/** The stack that runs on the data folder and is there for others already. */
async function findRunning(dataDir = ".data"): Promise<{ url: string; web: string } | undefined> {
  const { databaseUrl: url, web } = (await findStack(resolve(root, dataDir))) ?? {};
  return url === undefined || web === undefined ? undefined : { url, web };
}

function loadDotEnv(): void {
  try {
    process.loadEnvFile(dotEnv);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
