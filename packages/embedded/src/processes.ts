import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What identifies one process for good: a pid alone is reused by the system. */
export interface ProcessIdentity {
  pid: number;
  /** Opaque start mark: clock ticks since boot on Linux, epoch seconds elsewhere. */
  startedAt: string;
}

/** The command line of a process as one string; undefined when it is gone or a zombie. */
export async function findCommandLine(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === "linux") {
      const raw = await readFile(`/proc/${pid}/cmdline`, "utf8");
      return raw === "" ? undefined : raw.replaceAll("\0", " ");
    }
    const { stdout } = await run("ps", ["-ww", "-o", "command=", "-p", String(pid)]);
    return stdout.trim() === "" ? undefined : `${stdout.trim()} `;
  } catch {
    return undefined;
  }
}

/** The identity of a living process; undefined when there is none with this pid. */
export async function findProcess(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    if (process.platform === "linux") {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8");
      // The second field is the name in parentheses and may itself hold spaces and parentheses.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const startedAt = fields[19];
      return fields[0] === "Z" || !startedAt ? undefined : { pid, startedAt };
    }
    const { stdout } = await run("ps", ["-o", "lstart=", "-p", String(pid)]);
    const seconds = Date.parse(stdout.trim()) / 1000;
    return Number.isNaN(seconds) ? undefined : { pid, startedAt: String(seconds) };
  } catch {
    return undefined;
  }
}

/** True while exactly this process lives: same pid and same start. */
export async function isSameProcess(identity: ProcessIdentity): Promise<boolean> {
  return (await findProcess(identity.pid))?.startedAt === identity.startedAt;
}

/** Sends a signal; false when the process was already gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

/** Waits until `condition` answers something other than false; false when the time is over. */
export async function waitFor(
  condition: () => Promise<boolean>,
  timeoutMs: number,
  everyMs = 20,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return true;
}
