import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "./env.ts";

const run = promisify(execFile);

/** How the database commands of apps/cli are run: from their bundle, or from their sources while developing. */
export interface CommandPlace {
  built: boolean;
  /** The environment, with DATABASE_URL. */
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/**
 * Runs a database command in a process of its own: the supervisor stays small.
 * @returns what it prints for programs
 * @throws Error with its own words
 */
export async function runDatabaseCommand<T>(
  args: string[],
  { built, env, signal }: CommandPlace,
): Promise<T> {
  const program = join(root, "apps/cli", built ? "dist/db.js" : "src/db.ts");
  const flags = ["--disable-warning=ExperimentalWarning", program, ...args, "--json"];
  try {
    const { stdout } = await run(process.execPath, flags, { env, signal, maxBuffer: 10_000_000 });
    return JSON.parse(stdout) as T;
  } catch (error) {
    signal.throwIfAborted();
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(readProblem(stdout) ?? (stderr?.trim() || String(error)), { cause: error });
  }
}

function readProblem(stdout = ""): string | undefined {
  try {
    const { error } = JSON.parse(stdout) as { error?: unknown };
    return typeof error === "string" ? error : undefined;
  } catch {
    return undefined;
  }
}
