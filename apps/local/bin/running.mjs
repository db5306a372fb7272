// Whether a stack runs on this data folder, told before anything is installed or built over it.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./bootstrap.mjs";
import { environment } from "./env.mjs";

/** @returns {{ pid: number, web?: string } | undefined} */
export function findRunning() {
  const folder = environment.DATA_DIR ?? join(root, ".data");
  try {
    const stack = JSON.parse(readFileSync(join(folder, "stack.json"), "utf8"));
    return isSupervisor(stack.pid) ? stack : undefined;
  } catch {
    // No file, or a torn one: the supervisor decides under its lock.
    return undefined;
  }
}

/** A pid may have been given to another program since: its command line tells. */
function isSupervisor(pid) {
  const file = `/proc/${pid}/cmdline`;
  const command = existsSync("/proc/self")
    ? readFileSync(file, "utf8")
    : execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return /apps.local.src.main\.ts/.test(command);
}
