// The only reader of the system's table of processes: /proc on Linux, ps elsewhere.
import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const hasProc = process.platform === "linux";

async function askPs(pid, column) {
  const { stdout } = await run("ps", ["-ww", "-o", `${column}=`, "-p", String(pid)]);
  return stdout.trim();
}

/** The fields of /proc/PID/stat from the third on. */
async function readStat(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The second field is the name in parentheses and may itself hold spaces and parentheses.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

export async function findProcess(pid) {
  try {
    if (!hasProc) {
      const seconds = Date.parse(await askPs(pid, "lstart")) / 1000;
      return Number.isNaN(seconds) ? undefined : { pid, startedAt: String(seconds) };
    }
    const fields = await readStat(pid);
    const [state, startedAt] = [fields[0], fields[19]];
    return state === "Z" || !startedAt ? undefined : { pid, startedAt };
  } catch {
    return undefined;
  }
}

export async function isSameProcess({ pid, startedAt }) {
  const found = await findProcess(pid);
  return found !== undefined && found.startedAt === startedAt;
}

export async function findBoot() {
  const id = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  return id.trim().replaceAll("-", "");
}

export async function findParent(pid) {
  try {
    return Number(hasProc ? (await readStat(pid))[1] : await askPs(pid, "ppid"));
  } catch {
    return undefined;
  }
}

/** ps gives one text, which tells no space between arguments from one inside: it is cut at each. */
const words = (args) => (hasProc ? args : args.flatMap((arg) => arg.split(" ")));

export async function findArguments(pid) {
  try {
    const args = hasProc
      ? (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0").slice(0, -1)
      : words([await askPs(pid, "command")]);
    return args.some((arg) => arg !== "") ? args : undefined;
  } catch {
    return undefined;
  }
}

export function findRow(args, wanted) {
  const row = words(wanted);
  return args.findIndex((_, at) => row.every((word, index) => args[at + index] === word));
}

export async function runsIn(pid, folder) {
  const there = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return there === folder;
}

export function signalProcess(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (error.code === "ESRCH") return false;
    throw error;
  }
}

export async function waitFor(condition, timeoutMs, everyMs = 20) {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() >= deadline) return false;
    await pause(everyMs);
  }
  return true;
}
