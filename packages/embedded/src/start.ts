import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { canEnter, chooseAccount, type Account } from "./account.ts";
import { type Binaries, locateBinaries, makeOpenFolder, prepareBinaries } from "./binaries.ts";
import { createCluster } from "./cluster.ts";
import {
  clearReusedPid,
  findFreePort,
  findLastPort,
  findServer,
  host,
  isServing,
  launch,
  stopServer,
} from "./postmaster.ts";
import { readPassword } from "./password.ts";
import { findProcess } from "@scrapersky/machine";

/** What to start, and where. */
export interface StartOptions {
  /** The data directory; made when missing. Its parents get mode 0755, itself 0700. */
  dataDir: string;
  /** Database made with a new cluster: lower-case letters, digits, underscores. Default `postgres`. */
  database?: string;
  /**
   * True: a cluster made here asks for a password, which is in `url`. One made without stays as it
   * is: whoever reaches the loopback interface is its superuser. Default false, for tests.
   */
  password?: boolean;
  /** A folder with bin/, lib/ and share/ of PostgreSQL; default: the one npm installed. */
  binariesDir?: string;
  /** A fixed loopback port; default: the last one when free, else any free one. */
  port?: number;
  /** False trades safety for speed (no fsync): for data that may be lost. Default true. */
  durable?: boolean;
  /** Further server settings, such as `{ max_connections: "300" }`. */
  settings?: Record<string, string>;
  /** Where binaries and data go when the account cannot reach them (as root only). */
  fallbackDir?: string;
  /** How long a start may take, crash recovery included. Default 60,000. */
  timeoutMs?: number;
  /** Receives what happens and each line of the server's log. */
  log?: (line: string) => void;
}

/** A server that accepts connections: superuser `postgres`, loopback only. */
export interface EmbeddedPostgres {
  host: string;
  port: number;
  user: string;
  database: string;
  url: string;
  pid: number;
  /** Where the data really is: the wanted folder, or one below `fallbackDir`. */
  dataDir: string;
  /** True when the server was already running on this data directory. */
  adopted: boolean;
  /** Resolves when the server has ended, for whatever reason. */
  exited: Promise<void>;
  /**
   * Fast shutdown, then waits for the end; repeatable. A server adopted from a process that
   * still lives is left running: it belongs to that process.
   */
  stop(options?: { timeoutMs?: number }): Promise<void>;
}

type Server = Pick<EmbeddedPostgres, "pid" | "port" | "adopted" | "exited">;

/** For data that may be lost and servers that do not live long. */
const unsafeSettings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  // Each connection is a process that maps all of it.
  shared_buffers: "16MB",
};

/** The first that would have three processes for reading. */
const POSTGRES_WITH_WORKERS = 18;

/**
 * Starts PostgreSQL on a data directory, or adopts the one already running on it.
 *
 * Two starts at once end with one server, which the second adopts. A server whose starter
 * crashed is adopted and then owned. Throws an Error that says what to do.
 */
export async function startPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const durable = options.durable ?? true;
  const database = options.database ?? "postgres";
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(database)) {
    throw new Error(`"${database}" is no database name: use lower-case letters, digits and _.`);
  }
  const wanted = resolve(options.dataDir);
  const home = options.fallbackDir ?? "/var/lib/scrapersky";
  const account = await chooseAccount(wanted);
  const binaries = await prepareBinaries(
    options.binariesDir ?? locateBinaries(),
    account,
    home,
    log,
  );
  const dataDir = await placeData(wanted, account, home, log);
  const made = await createCluster({
    dataDir,
    binaries: binaries.folder,
    major: binaries.major,
    account,
    database,
    password: options.password ?? false,
    durable,
  });
  const password = await readPassword(dataDir);
  if (made === "created") log(`${binaries.version}: new data directory ${dataDir}`);

  const self = await findProcess(process.pid);
  if (!self) throw new Error("This process cannot be found in the process table.");
  const deadline = Date.now() + (options.timeoutMs ?? 60_000);
  let port = options.port ?? (await findFreePort(await findLastPort(dataDir)));
  let problem = "no attempt was made";

  const describe = (server: Server, borrowed: boolean): EmbeddedPostgres => {
    let stopping: Promise<void> | undefined;
    return {
      ...server,
      host,
      user: "postgres",
      database,
      url: `postgres://postgres${password === undefined ? "" : `:${password}`}@${host}:${server.port}/${database}`,
      dataDir,
      stop({ timeoutMs = 10_000 } = {}) {
        stopping ??= borrowed ? Promise.resolve() : stopServer(server.pid, dataDir, timeoutMs);
        return stopping;
      },
    };
  };

  while (Date.now() < deadline) {
    const running = await findServer(dataDir);
    if (running?.status === "ready") {
      log(`PostgreSQL already runs on ${dataDir} (pid ${running.pid}): adopted`);
      const { pid } = running;
      return describe(
        { pid, port: running.port, adopted: true, exited: watchExit(pid, dataDir) },
        running.owner !== undefined,
      );
    }
    if (running) {
      problem = `another PostgreSQL (pid ${running.pid}) is ${running.status}`;
      await pause(50);
      continue;
    }
    await clearReusedPid(dataDir);
    const launched = await launch({
      binaries: binaries.folder,
      dataDir,
      account,
      port,
      owner: self,
      settings: { ...(durable ? {} : unsafeSettingsOf(binaries)), ...options.settings },
      timeoutMs: Math.max(deadline - Date.now(), 1_000),
      log,
    });
    if (launched.kind === "ready") {
      return describe({ pid: launched.pid, port, adopted: false, exited: launched.exited }, false);
    }
    problem = launched.output;
    if (/lock file ".*"|pre-existing shared memory block/.test(problem)) {
      // Another start came first, or backends of a killed postmaster have not noticed yet.
      await pause(100);
      continue;
    }
    if (problem.includes("could not bind")) {
      if (options.port !== undefined) {
        throw new Error(`Port ${port} of ${host} is taken. Free it, or choose another port.`);
      }
      port = await findFreePort();
      continue;
    }
    break;
  }
  throw new Error(`PostgreSQL did not start on ${dataDir}:\n${problem}`);
}

const unsafeSettingsOf = ({ major }: Binaries): Record<string, string> =>
  major < POSTGRES_WITH_WORKERS ? unsafeSettings : { ...unsafeSettings, io_method: "sync" };

/** The wanted folder when the account can walk to it, else a folder of its own below `home`. */
async function placeData(
  wanted: string,
  account: Account,
  home: string,
  log: (line: string) => void,
): Promise<string> {
  await makeOpenFolder(dirname(wanted));
  const parent = await realpath(dirname(wanted));
  if (account.uid === undefined || (await canEnter(account, parent))) {
    return join(parent, basename(wanted));
  }
  const mark = createHash("sha256")
    .update(join(parent, basename(wanted)))
    .digest("hex");
  const folder = join(home, "data");
  await makeOpenFolder(folder);
  const dataDir = join(await realpath(folder), `${basename(wanted)}-${mark.slice(0, 12)}`);
  log(`${account.name} cannot reach ${parent}: the data is in ${dataDir}`);
  return dataDir;
}

async function watchExit(pid: number, dataDir: string): Promise<void> {
  // A server that is no child of ours announces its end to nobody: look twice a second.
  while (await isServing(pid, dataDir)) await pause(500, false);
}

function pause(ms: number, keepAlive = true): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    if (!keepAlive) timer.unref();
  });
}
