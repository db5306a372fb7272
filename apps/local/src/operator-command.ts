import { join } from "node:path";
import { runToEnd } from "./child.ts";
import { root } from "./env.ts";

/** How the commands of apps/cli are run: from their bundle, or from their sources while developing. */
export interface CommandPlace {
  built: boolean;
  /** The environment, with DATABASE_URL. */
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/**
 * Runs a command of an operator in a process of its own: the supervisor stays small.
 * @returns what it prints for programs
 * @throws Error with its own words
 */
export async function runCommand<T>(
  [name, ...args]: ["db" | "staff", ...string[]],
  { built, env, signal }: CommandPlace,
): Promise<T> {
  const program = join(root, "apps/cli", built ? `dist/${name}.js` : `src/${name}.ts`);
  const ran = await runToEnd({ args: [program, ...args, "--json"], env, signal });
  if (ran.exitCode === 0) return JSON.parse(ran.stdout) as T;
  throw new Error(
    readProblem(ran.stdout) ?? (ran.stderr.trim() || `"${args.join(" ")}" ended without a word`),
  );
}

function readProblem(stdout: string): string | undefined {
  try {
    const { error } = JSON.parse(stdout) as { error?: unknown };
    return typeof error === "string" ? error : undefined;
  } catch {
    return undefined;
  }
}
