// One `npm start` at a time installs and builds in this checkout. The record names the process and its
// start, so that one that was killed, or whose pid was given to another program, keeps nobody waiting.
import { execFileSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "./bootstrap.mjs";

const folder = join(root, ".data");
const file = join(folder, "starting.json");

/** A start that finds everything installed and built holds the record for less. */
const PATIENCE_MS = 2_000;

/**
 * Takes the record; the pid of the other one when another start is under way, and stays so.
 * @returns {Promise<{ release: () => void } | { taken: number }>}
 */
export async function takeStarting() {
  const patientUntil = Date.now() + PATIENCE_MS;
  const self = { pid: process.pid, startedAt: findStart(process.pid) };
  const draft = `${file}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  for (;;) {
    try {
      // Written before it has its name: nobody reads half of it.
      writeFileSync(draft, JSON.stringify(self));
      linkSync(draft, file);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const other = readRecord();
      if (other === undefined || !isAlive(other)) rmSync(file, { force: true });
      else if (Date.now() > patientUntil) return { taken: other.pid };
      else await pause(50);
    } finally {
      rmSync(draft, { force: true });
    }
  }
  const release = () => {
    if (readRecord()?.pid === self.pid) rmSync(file, { force: true });
  };
  process.once("exit", release);
  return { release };
}

function readRecord() {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function isAlive({ pid, startedAt }) {
  return Number.isInteger(pid) && startedAt !== undefined && findStart(pid) === startedAt;
}

/** When a process began, in the system's own words; undefined when there is none. */
function findStart(pid) {
  try {
    if (!existsSync("/proc/self/stat")) {
      const args = ["-o", "lstart=", "-p", String(pid)];
      return execFileSync("ps", args, { encoding: "utf8" }).trim() || undefined;
    }
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // Field 3 is the state; a zombie waits for nothing but its parent.
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
