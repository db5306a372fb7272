// Where the programs of the workspace are, their environment, and how they are run to their end.
import { spawn } from "node:child_process";
import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findProcess, withoutProxyFor } from "./machine.mjs";

import { environment } from "./env.mjs";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
const localBin = join(root, "node_modules", ".bin");

/** Node 26, which npm packages brought; exists after the install. */
export const node26 = join(localBin, process.platform === "win32" ? "node.cmd" : "node");

const WITH_PARENT = new URL("./with-parent.mjs", import.meta.url).href;
const RUN_GROUP = fileURLToPath(new URL("./run-group.mjs", import.meta.url));
const LOOPBACK = ["localhost", "127.0.0.1", "::1"];

/**
 * The environment of everything started here: Node 26 and the installed programs come first, and what
 * is asked of this machine itself goes to no proxy.
 */
export function childEnvironment() {
  return {
    ...withoutProxyFor(LOOPBACK, environment),
    ...cacheSettings(),
    PATH: [localBin, environment.PATH].join(delimiter),
    // What one process has compiled the next one need not: every start after the first is a fifth quicker.
    NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node-compile"),
    DO_NOT_TRACK: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    TURBO_TELEMETRY_DISABLED: "1",
  };
}

/**
 * Service accounts have no home; npm and pnpm need a place for their caches. npm hands its own
 * settings down, so the one that names the missing home is replaced as well.
 */
function cacheSettings() {
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    const home = join(root, ".data", "home");
    mkdirSync(home, { recursive: true });
    return { HOME: home, npm_config_cache: join(home, ".npm") };
  }
}

/**
 * Runs a program and keeps its output. It and all it starts leave with this process, however that ends.
 * @param {string} program @param {string[]} args
 * @param {{ said: (line: string) => void, began?: (group: { pid: number, startedAt: string }) => Promise<void> }} report
 *   `said` receives the last line as it comes, `began` the leader of its process group.
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
export function runQuietly(program, args, { said, began }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", WITH_PARENT, RUN_GROUP, program, ...args], {
      cwd: root,
      env: childEnvironment(),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: true,
    });
    void findProcess(child.pid).then((group) => group && began?.(group));
    let output = "";
    const take = (chunk) => {
      output = (output + chunk).slice(-200_000);
      const lines = String(chunk)
        .trimEnd()
        .split(/[\r\n]+/);
      const last = lines[lines.length - 1].replace(/\u001b\[[0-9;]*[A-Za-z]/g, "").trim();
      if (last !== "") said(last);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => resolve({ exitCode: 1, output: `${output}${error.message}` }));
    child.on("close", (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
