// `npm run check`: everything that judges the sources without running them. No database, seconds.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { seconds } from "../bin/progress.mjs";
import { root } from "./env.ts";

/** One judgement: a program and what its failure means. */
interface Check {
  name: string;
  command: string[];
  /** Where it runs, from the root. */
  folder?: string;
  /** It writes where the build does. */
  afterBuild?: boolean;
}

/** In the order in which they are worth starting: the longest first, what may have to wait last. */
const CHECKS: Check[] = [
  { name: "lint", command: ["oxlint"] },
  // One program for all but the dashboard: packages are sources to each other, and each on its own
  // would read the same files again. For the same reason one checker: each of several works out most types for itself.
  { name: "types", command: ["tsc", "--checkers", "1"] },
  { name: "unused", command: ["knip", "--no-progress", "--no-config-hints"] },
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "walls", command: ["node", "packages/walls/src/main.ts"] },
  { name: "boundaries", command: ["turbo", "boundaries"] },
  {
    name: "types, web",
    command: ["npm", "run", "--silent", "typecheck"],
    folder: "apps/web",
    afterBuild: true,
  },
];

export interface CheckResult {
  name: string;
  ok: boolean;
  elapsedMs: number;
  output: string;
}

/** Runs every check, two at a time and beside a build if one is given, and tells each result as it comes. */
export async function runChecks(
  tell: (result: CheckResult) => void,
  built: Promise<unknown> = Promise.resolve(),
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const queue = [...CHECKS];
  const lane = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      if (check.afterBuild) await built;
      const result = await runCheck(check);
      results.push(result);
      tell(result);
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
}

function runCheck({ name, command, folder = "." }: Check): Promise<CheckResult> {
  const [program = "", ...args] = command;
  const began = Date.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: join(root, folder),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    const end = (ok: boolean) => resolve({ name, ok, elapsedMs: Date.now() - began, output });
    child.once("error", (error) => {
      output += error.message;
      end(false);
    });
    child.once("close", (code) => end(code === 0));
  });
}

/** One line per check, and the output of one that failed. */
export function describeCheck({ name, ok, elapsedMs, output }: CheckResult): string {
  const line = `  ${ok ? "✓" : "✗"} ${name.padEnd(11)} ${seconds(elapsedMs).padStart(7)}`;
  return ok ? line : `${line}\n\n${output.trim().replace(/^/gm, "    ")}\n`;
}
