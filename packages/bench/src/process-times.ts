import { readdirSync, readFileSync } from "node:fs";

// What Linux tells of processes; NaN where there is no /proc.

const CLOCK_TICKS = 100;

/** User and system time of a process, seconds. */
export function cpuSecondsOf(pid: number | undefined): number {
  const fields = statOf(String(pid));
  return fields === undefined ? Number.NaN : ownTicks(fields) / CLOCK_TICKS;
}

/** That of a process, of its children and of those that have ended. */
export function cpuSecondsBelow(pid: number): number {
  try {
    let ticks = 0;
    for (const name of readdirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const fields = statOf(name);
      if (fields === undefined) continue;
      const isServer = Number(name) === pid;
      if (!isServer && Number(fields[1]) !== pid) continue;
      ticks += ownTicks(fields);
      if (isServer) ticks += Number(fields[13]) + Number(fields[14]);
    }
    return ticks / CLOCK_TICKS;
  } catch {
    return Number.NaN;
  }
}

/** The most memory that a process has had at a time, MB. */
export const peakRssMbOf = (pid: number | undefined): number => statusMbOf(pid, /VmHWM:\s*(\d+)/);

/** The memory that a process has now, MB. */
export const rssMbOf = (pid: number | undefined): number => statusMbOf(pid, /VmRSS:\s*(\d+)/);

function statusMbOf(pid: number | undefined, line: RegExp): number {
  try {
    return Number(line.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

const ownTicks = (fields: string[]): number => Number(fields[11]) + Number(fields[12]);

/** Fields of /proc/PID/stat from the state on; undefined for a process that has ended. */
function statOf(pid: string): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
