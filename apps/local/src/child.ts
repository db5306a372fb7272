import { spawn } from "node:child_process";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { findProcess, type ProcessIdentity, signalProcess } from "@scrapersky/machine";
import { keepLogShort } from "./cut-log.ts";
import { renderTail } from "./log-tail.ts";

// An address: as a path its #, ? and % would be taken for parts of one.
const WITH_PARENT = new URL("../bin/with-parent.mjs", import.meta.url).href;
const FLAGS = ["--disable-warning=ExperimentalWarning", "--import", WITH_PARENT];
const STOP_GRACE_MS = 10_000;

export interface ChildOptions {
  name: string;
  /** Program and arguments after `node`. */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Folder of the log file. */
  logs: string;
  /** Goes on in the log of its life before, which is of the same start. */
  appendLog?: boolean;
}

/** A process of the stack in a group of its own, which leaves when the supervisor does. */
export interface Child {
  name: string;
  identity: ProcessIdentity;
  logFile: string;
  /** Resolves with a phrase such as `exit code 1` when the process has ended. */
  exited: Promise<string>;
  /** Whether it was refused a port so far. */
  portTaken(): boolean;
  /** SIGTERM, and SIGKILL to the whole group after ten seconds. */
  stop(): Promise<void>;
  kill(): void;
  lastLines(count?: number): Promise<string>;
}

export async function startChild(options: ChildOptions): Promise<Child> {
  await mkdir(options.logs, { recursive: true });
  const logFile = join(options.logs, `${options.name}.log`);
  // One earlier run is kept: what went wrong is often looked for after a restart.
  if (options.appendLog !== true) {
    await rename(logFile, join(options.logs, `${options.name}.previous.log`)).catch(() => {});
  }
  const log = await open(logFile, "a", 0o600);
  const child = spawn(process.execPath, [...FLAGS, ...options.args], {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    // Straight into the file: a pipe would break, and kill the child, with the supervisor.
    stdio: ["ignore", log.fd, log.fd, "ipc"],
  });
  const exited = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => {
      const how = signal ?? `exit code ${code}`;
      // What it said last is read before its channel counts as closed.
      if (child.connected) child.once("disconnect", () => resolve(how));
      else resolve(how);
    });
  });
  let portTaken = false;
  child.on("message", (message) => {
    if (typeof message === "object" && "takenPort" in message) portTaken = true;
  });
  let ended = false;
  const keeping = keepLogShort(logFile);
  void exited.then(() => {
    ended = true;
    keeping.stop();
  });
  await log.close();
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${options.name} could not start: ${await exited}`);
  const identity = (await findProcess(pid)) ?? { pid, startedAt: "" };

  const signalGroup = (signal: NodeJS.Signals) => void signalProcess(-pid, signal);
  return {
    name: options.name,
    identity,
    logFile,
    exited,
    portTaken: () => portTaken,
    async stop() {
      if (!ended) signalGroup("SIGTERM");
      const timer = setTimeout(() => signalGroup("SIGKILL"), STOP_GRACE_MS);
      await exited;
      clearTimeout(timer);
      // Grandchildren that outlived their parent are in the same group.
      signalGroup("SIGKILL");
    },
    kill: () => signalGroup("SIGKILL"),
    async lastLines(count = 15) {
      const text = await readFile(logFile, "utf8").catch(() => "");
      return renderTail(text, count);
    },
  };
}

/** What is run to its end. */
export interface Errand {
  /** Program and arguments after `node`. */
  args: string[];
  cwd?: string;
  env: NodeJS.ProcessEnv;
  /** Ends it early, with its whole group. */
  signal: AbortSignal;
}

/**
 * Runs a program to its end; it leaves when the supervisor does.
 * @throws what `signal` is aborted with
 */
export async function runToEnd({ args, cwd, env, signal }: Errand) {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [...FLAGS, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const end = () => child.pid && signalProcess(-child.pid, "SIGKILL");
  signal.addEventListener("abort", end, { once: true });
  const said = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  const exitCode = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      said.stderr += error.message;
      resolve(null);
    });
    child.once("close", resolve);
  });
  signal.removeEventListener("abort", end);
  signal.throwIfAborted();
  return { ...said, exitCode };
}
