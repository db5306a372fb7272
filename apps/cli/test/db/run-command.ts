import { spawn } from "node:child_process";
import { join } from "node:path";
import { runCommandLine } from "../../src/db/command-line.ts";

const main = join(import.meta.dirname, "../../src/db.ts");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Nothing of our own settings but what programs need, and those given. */
const settingsOf = (given: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, DATABASE_URL: "", ...given };
};

/** The command as a process of its own. */
export function startCommand(args: string[], settings: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [main, ...args], { env: settingsOf(settings) });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => (said[stream] += text));
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...said }));
  });
  return { child, ended };
}

/** The same command line, without a process for each. */
export async function runCommand(args: string[], settings: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  const code = await runCommandLine(args, {
    settings: settingsOf(settings),
    out: (text) => (said.stdout += text),
    err: (text) => (said.stderr += text),
  });
  return { code, ...said };
}
