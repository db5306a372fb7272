import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Env } from "./env.ts";

const root = new URL("../../../../", import.meta.url);

/**
 * Runs a program of an app: rules and queue are their business, and this package imports neither.
 * @param path from the root of the repository
 */
export function runProgram(
  path: string,
  args: string[],
  env: Env["inherited"],
): Promise<{ failed: boolean; stdout: string; stderr: string }> {
  const program = fileURLToPath(new URL(path, root));
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, stdout, stderr: stderr.trim() }),
    );
  });
}
