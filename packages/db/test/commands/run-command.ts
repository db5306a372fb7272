import { spawn } from "node:child_process";
import { join } from "node:path";

const main = join(import.meta.dirname, "../../src/commands/main.ts");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The real command as a process of its own, with nothing of our settings but those given. */
export function startCommand(args: string[], settings: NodeJS.ProcessEnv = {}) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH, HOME, DATABASE_URL: "", ...settings },
  });
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

export const runCommand = (args: string[], settings?: NodeJS.ProcessEnv): Promise<Ended> =>
  startCommand(args, settings).ended;
