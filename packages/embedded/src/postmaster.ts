import { spawn } from "node:child_process";
import { readFile, realpath, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { Account } from "./account.ts";
import {
  findArguments,
  findProcess,
  findRow,
  isSameProcess,
  type ProcessIdentity,
  runsIn,
  signalProcess,
  waitFor,
} from "@scrapersky/machine";
import { toolEnvironment } from "./tool.ts";

export const host = "127.0.0.1";

/** A setting of ours on the server's command line: pid and start of who started it. */
const OWNER = "scrapersky.owner=";

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
  if (!(await isServing(pid, dataDir))) return undefined;
  const owner = await findOwner(pid);
  const status = lines[7]?.trim();
  return {
    pid,
    port: Number(lines[3]),
    status: status === "ready" || status === "stopping" ? status : "starting",
    owner: owner && (await isSameProcess(owner)) ? owner : undefined,
  };
}

/** Whether this pid is the server of this data directory, whoever started it and however. */
export async function isServing(pid: number, dataDir: string): Promise<boolean> {
  const args = await findArguments(pid);
  if (args === undefined) return false;
  const at = findRow(args, ["-D", dataDir]);
  if (at > 0 && isPostgres(args[at - 1])) return true;
  // One that was started by hand may name its folder in another way; a server stands in it.
  return isPostgres(args[0]) && (await runsIn(pid, await realpath(dataDir)));
}

const isPostgres = (program = "") => basename(program) === "postgres";

/** Who started the server, as it was told; undefined when nobody told it. */
async function findOwner(pid: number): Promise<ProcessIdentity | undefined> {
  const mark = (await findArguments(pid))?.find((arg) => arg.startsWith(OWNER));
  const [, ownerPid, startedAt] = /=(\d+)-(.+)$/.exec(mark ?? "") ?? [];
  return startedAt === undefined ? undefined : { pid: Number(ownerPid), startedAt };
}

/**
 * PostgreSQL refuses to start while the pid in postmaster.pid lives, even when the system gave
 * that pid to another program meanwhile. The pid is replaced rather than the file removed: its
 * other lines let PostgreSQL find backends that outlived their postmaster.
 */
export async function clearReusedPid(dataDir: string): Promise<void> {
  const file = join(dataDir, "postmaster.pid");
  const lines = await readLines(file);
  const pid = Number(lines[0]);
  if ((await findArguments(pid)) === undefined || (await isServing(pid, dataDir))) return;
  const pidOfNobody = String(2 ** 31 - 1);
  await writeFile(file, [pidOfNobody, ...lines.slice(1)].join("\n"));
}

/** The port of the last start, as PostgreSQL notes it; undefined before the first. */
export async function findLastPort(dataDir: string): Promise<number | undefined> {
  const [options = ""] = await readLines(join(dataDir, "postmaster.opts"));
  // The last one: the path of the data directory stands before it, unescaped.
  const port = [...options.matchAll(/"-p" "(\d+)"/g)].at(-1)?.[1];
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
  };
  const child = spawn(
    join(options.binaries, "bin", "postgres"),
    [
      ["-D", dataDir, "-p", String(options.port)],
      Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      ["-c", `${OWNER}${owner.pid}-${owner.startedAt}`],
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

/** Fast shutdown (SIGINT); after `timeoutMs` immediate shutdown, which recovers at the next start. */
export async function stopServer(pid: number, dataDir: string, timeoutMs: number): Promise<void> {
  const server = await findProcess(pid);
  if (server === undefined || !(await isServing(pid, dataDir))) return;
  // A process that ends has no arguments any more while it still holds its files and its port.
  const gone = async () => !(await isSameProcess(server));
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
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
