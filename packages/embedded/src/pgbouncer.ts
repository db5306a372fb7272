// The PgBouncer of the system as a child process, for tests of what a pooler does to a session.
import { spawn, type ChildProcess } from "node:child_process";
import { chown, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findAccount } from "./account.ts";
import { pgBouncerAvailable } from "./install-pgbouncer.ts";
import { findFreePort, host } from "./postmaster.ts";
import { findArguments, findRow, signalProcess, waitFor } from "@scrapersky/machine";
import { makeOwnedFolder, type OwnedFolder } from "./owned-folder.ts";
import { toolEnvironment } from "./tool.ts";

export { installPgBouncer, pgBouncerAvailable, preparePgBouncer } from "./install-pgbouncer.ts";

/** How a pooler is started. */
export interface PgBouncerOptions {
  /** The server behind it; any of its databases can be reached. */
  target: { host: string; port: number; user: string };
  /** Server connections per database. Default 4. */
  poolSize?: number;
  poolMode?: "transaction" | "session" | "statement";
  /** A fixed loopback port, so that a stopped pooler can come back; default: any free one. */
  port?: number;
  /** Further settings of pgbouncer.ini, such as `{ query_wait_timeout: "1" }`. */
  settings?: Record<string, string>;
}

/** A running pooler. */
export interface PgBouncer {
  host: string;
  port: number;
  pid: number;
  /** The address of one database behind the pooler. */
  url(database: string): string;
  /** Holds every new transaction until `resume`; running ones go on. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops its clock: connections stay open and nothing answers, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Ends it at once, cutting every connection; repeatable. */
  stop(): Promise<void>;
}

/** Starts a pooler on a free loopback port. Throws an Error that says what to do. */
export async function startPgBouncer(options: PgBouncerOptions): Promise<PgBouncer> {
  const found = await pgBouncerAvailable();
  if (!found.available) throw new Error(found.reason);
  // It refuses to run as root.
  const account = process.getuid?.() === 0 ? await findAccount("nobody") : undefined;
  const folder = await makeOwnedFolder("scrapersky-pgbouncer-", tmpdir(), stopLeftover);
  if (account?.uid !== undefined && account.gid !== undefined) {
    await chown(folder.path, account.uid, account.gid);
  }
  const config = join(folder.path, "pgbouncer.ini");

  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort());
    await writeFile(config, configText(options, port, folder.path));
    const child = spawn(found.path, [config], {
      uid: account?.uid,
      gid: account?.gid,
      cwd: "/",
      env: toolEnvironment,
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    const log = followLog(child);
    const outcome = await log.next(/process up/, 10_000).catch((error: Error) => error);
    if (outcome instanceof Error) {
      child.kill("SIGKILL");
      if (attempt < 3 && options.port === undefined) continue;
      await folder.remove();
      throw new Error(`PgBouncer did not start on port ${port}: ${outcome.message}`);
    }
    return describe(child, port, folder, options, log);
  }
}

function describe(
  child: ChildProcess,
  port: number,
  folder: OwnedFolder,
  options: PgBouncerOptions,
  log: ReturnType<typeof followLog>,
): PgBouncer {
  const send = (signal: NodeJS.Signals) => void child.kill(signal);
  return {
    host,
    port,
    pid: child.pid ?? 0,
    url: (database) => `postgres://${options.target.user}@${host}:${port}/${database}`,
    async pause() {
      const paused = log.next(/PAUSE|pausing/, 5_000);
      send("SIGUSR1");
      await paused;
    },
    async resume() {
      const resumed = log.next(/RESUME|continuing/i, 5_000);
      send("SIGUSR2");
      await resumed;
    },
    freeze: () => send("SIGSTOP"),
    thaw: () => send("SIGCONT"),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.once("exit", resolve));
        send("SIGKILL");
        await gone;
      }
      await folder.remove();
    },
  };
}

function configText(options: PgBouncerOptions, port: number, folder: string): string {
  const { target } = options;
  const settings = {
    listen_addr: host,
    listen_port: String(port),
    unix_socket_dir: "",
    pidfile: join(folder, "pgbouncer.pid"),
    // Whoever reaches the loopback interface comes in, as the user the database line names.
    auth_type: "any",
    pool_mode: options.poolMode ?? "transaction",
    default_pool_size: String(options.poolSize ?? 4),
    max_client_conn: "500",
    server_reset_query: "",
    // A server connection that a pause cut while it logged in would be tried again after 15 seconds.
    server_login_retry: "1",
    ignore_startup_parameters: "extra_float_digits,search_path",
    ...options.settings,
  };
  return [
    "[databases]",
    `* = host=${target.host} port=${target.port} user=${target.user}`,
    "[pgbouncer]",
    ...Object.entries(settings).map(([name, value]) => `${name} = ${value}`),
    "",
  ].join("\n");
}

/** Lets callers wait for the next log line that matches. */
function followLog(child: ChildProcess) {
  const said: string[] = [];
  const waiting = new Set<(line: string | Error) => void>();
  const tell = (line: string | Error) => {
    for (const listener of waiting) listener(line);
  };
  child.once("error", tell);
  child.once("exit", () => tell(new Error(said.join("\n") || "it ended without a word")));
  if (child.stderr) {
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      if (said.length > 20) said.shift();
      tell(line);
    });
  }
  return {
    next(pattern: RegExp, timeoutMs: number): Promise<void> {
      return new Promise((resolve, reject) => {
        const finish = (error?: Error) => {
          clearTimeout(timer);
          waiting.delete(listener);
          if (error) reject(error);
          else resolve();
        };
        const timer = setTimeout(
          () => finish(new Error(`no answer in ${timeoutMs} ms:\n${said.join("\n")}`)),
          timeoutMs,
        );
        const listener = (line: string | Error) => {
          if (line instanceof Error) finish(line);
          else if (pattern.test(line)) finish();
        };
        waiting.add(listener);
      });
    },
  };
}

/** Ends the pooler a crashed run left in this folder. */
async function stopLeftover(folder: string): Promise<void> {
  const text = await readFile(join(folder, "pgbouncer.pid"), "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  if (Number.isNaN(pid)) return;
  const config = join(folder, "pgbouncer.ini");
  const isOurs = async () => findRow((await findArguments(pid)) ?? [], [config]) >= 0;
  if (!(await isOurs())) return;
  signalProcess(pid, "SIGKILL");
  await waitFor(async () => !(await isOurs()), 5_000);
}
