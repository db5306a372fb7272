import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Account } from "./account.ts";
import {
  findCommandLine,
  isSameProcess,
  signalProcess,
  waitFor,
  type ProcessIdentity,
} from "./processes.ts";
import { toolEnvironment } from "./tool.ts";

export const host = "127.0.0.1";

/** A server found at work on a data directory. */
export interface RunningServer {
  pid: number;
  port: number;
  status: "starting" | "ready" | "stopping";
  /** Who started it and still lives; undefined when that process is gone. */
  owner: ProcessIdentity | undefined;
}

/** The server that holds this data directory; undefined when nobody does. */
export async function findServer(dataDir: string): Promise<RunningServer | undefined> {
  const lines = await readLines(join(dataDir, "postmaster.pid"));
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const command = await findCommandLine(pid);
  if (!command || !isServerOf(command, dataDir)) return undefined;

  const [, ownerPid, startedAt] = /scrapersky\.owner=(\d+)-(\d+)/.exec(command) ?? [];
  const owner = startedAt ? { pid: Number(ownerPid), startedAt } : undefined;
  const status = lines[7]?.trim();
  return {
    pid,
    port: Number(lines[3]),
    status: status === "ready" || status === "stopping" ? status : "starting",
    owner: owner && (await isSameProcess(owner)) ? owner : undefined,
  };
}

function isServerOf(command: string, dataDir: string): boolean {
  return /^\S*postgres /.test(command) && command.includes(` -D ${dataDir} `);
}

/**
 * PostgreSQL refuses to start while the pid in postmaster.pid lives, even when the system gave
 * that pid to another program meanwhile. The pid is replaced rather than the file removed: its
 * other lines let PostgreSQL find backends that outlived their postmaster.
 */
export async function clearReusedPid(dataDir: string): Promise<void> {
  const file = join(dataDir, "postmaster.pid");
  const lines = await readLines(file);
  const command = await findCommandLine(Number(lines[0]));
  if (!command || isServerOf(command, dataDir)) return;
  const pidOfNobody = String(2 ** 31 - 1);
  await writeFile(file, [pidOfNobody, ...lines.slice(1)].join("\n"));
}

/** The port of the last start, as PostgreSQL notes it; undefined before the first. */
export async function findLastPort(dataDir: string): Promise<number | undefined> {
  const [options = ""] = await readLines(join(dataDir, "postmaster.opts"));
  const port = /"-p" "(\d+)"/.exec(options)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Below those that systems lend to outgoing connections: none of these takes a port before its server does. */
const PORTS = { first: 20_000, count: 12_000 };
const anyPort = () => PORTS.first + Math.floor(Math.random() * PORTS.count);

/** A loopback port nobody listens on now: the wanted one when it is free, else any. */
export async function findFreePort(wanted = anyPort()): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", ({ code, message }: NodeJS.ErrnoException) => {
      if (code === "EADDRINUSE" || code === "EACCES") resolve(findFreePort());
      else reject(new Error(`No port can be had at ${host}: ${message}`));
    });
    probe.listen(wanted, host, () => probe.close(() => resolve(wanted)));
  });
}

/** How one postmaster is launched. */
export interface LaunchOptions {
  binaries: string;
  dataDir: string;
  account: Account;
  port: number;
  owner: ProcessIdentity;
  settings: Record<string, string>;
  timeoutMs: number;
  log: (line: string) => void;
}

export type Launch =
  | { kind: "ready"; pid: number; exited: Promise<void> }
  /** Ended before it was ready; `output` is the last of what it said. */
  | { kind: "ended"; output: string };

/** Starts a postmaster in its own process group and waits until it accepts connections. */
export function launch(options: LaunchOptions): Promise<Launch> {
  const { dataDir, account, owner } = options;
  const settings = {
    listen_addresses: host,
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    ...options.settings,
    "scrapersky.owner": `${owner.pid}-${owner.startedAt}`,
  };
  const child = spawn(
    join(options.binaries, "bin", "postgres"),
    [
      ["-D", dataDir, "-p", String(options.port)],
      Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ].flat(),
    {
      uid: account.uid,
      gid: account.gid,
      cwd: "/",
      env: toolEnvironment,
      stdio: ["ignore", "ignore", "pipe"],
      // Ctrl-C in a terminal reaches the whole process group: the database must outlive its clients.
      detached: true,
    },
  );
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const said: string[] = [];

  return new Promise((resolve) => {
    const giveUp = setTimeout(() => {
      said.push(`not ready after ${options.timeoutMs} ms`);
      child.kill("SIGQUIT");
    }, options.timeoutMs);
    const settle = (result: Launch) => {
      clearTimeout(giveUp);
      resolve(result);
    };
    child.once("error", (error) => settle({ kind: "ended", output: error.message }));
    child.once("close", () => settle({ kind: "ended", output: said.slice(-20).join("\n") }));
    createInterface({ input: child.stderr }).on("line", (line) => {
      options.log(line);
      said.push(line);
      if (said.length > 40) said.shift();
      if (line.includes("database system is ready to accept connections") && child.pid) {
        settle({ kind: "ready", pid: child.pid, exited });
      }
    });
  });
}

/** Whether this pid still is the server of this data directory. */
export async function isServing(pid: number, dataDir: string): Promise<boolean> {
  const command = await findCommandLine(pid);
  return command !== undefined && isServerOf(command, dataDir);
}

/** Fast shutdown (SIGINT); after `timeoutMs` immediate shutdown, which recovers at the next start. */
export async function stopServer(pid: number, dataDir: string, timeoutMs: number): Promise<void> {
  const gone = async () => !(await isServing(pid, dataDir));
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (await gone()) return;
    signalProcess(pid, signal);
    if (await waitFor(gone, timeoutMs)) return;
  }
  throw new Error(`PostgreSQL (pid ${pid}) does not stop: end it by hand.`);
}

async function readLines(file: string): Promise<string[]> {
  try {
    return (await readFile(file, "utf8")).split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
