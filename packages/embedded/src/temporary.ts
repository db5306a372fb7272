import { constants } from "node:fs";
import { access, chmod, mkdtemp, readdir, realpath, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findServer, stopServer } from "./postmaster.ts";
import { findProcess, isSameProcess } from "@scrapersky/machine";
import { startPostgres, type EmbeddedPostgres, type StartOptions } from "./start.ts";

const MEMORY = "/dev/shm";
/** Room that must be free in memory: a cluster takes 40 MB, and a run has a dozen at once. */
const MEMORY_FREE_BYTES = 4 * 1024 ** 3;
const TMPFS = 0x01021994;

export interface TemporaryOptions extends Omit<StartOptions, "dataDir" | "durable"> {
  /** True: the files are on a disk even where memory has room for them. */
  onDisk?: boolean;
}

/**
 * A server for one test run: no fsync, in a folder that `stop()` removes, in memory where that is
 * offered. What crashed runs left behind is stopped and removed first.
 */
export async function startTemporaryPostgres({
  onDisk = false,
  ...options
}: TemporaryOptions = {}): Promise<EmbeddedPostgres> {
  const stop = async (leftover: string) => {
    const dataDir = join(leftover, "data");
    const server = await findServer(dataDir);
    if (server) await stopServer(server.pid, dataDir, 5_000);
  };
  const place = await findScratchPlace(onDisk);
  const folder = await makeTemporaryFolder("scrapersky-postgres-", stop, place);
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
  try {
    const server = await startPostgres({
      settings: { max_connections: "300" },
      ...options,
      dataDir: join(folder, "data"),
      durable: false,
    });
    return {
      ...server,
      async stop(stopOptions) {
        await server.stop(stopOptions);
        await remove();
        await rm(server.dataDir, { recursive: true, force: true, maxRetries: 10 });
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A folder for data of a test that everyone may enter, in memory where that is offered. */
export async function makeScratchFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(await realpath(await findScratchPlace()), prefix));
  // mkdtemp shuts everyone else out, the account of the server included.
  await chmod(folder, 0o755);
  return folder;
}

const findScratchPlace = async (onDisk = false): Promise<string> =>
  !onDisk && (await memoryHasRoom()) ? MEMORY : tmpdir();

/** Making a thousand files where a thousand were just removed costs a disk's file system seconds. */
async function memoryHasRoom(): Promise<boolean> {
  try {
    await access(MEMORY, constants.W_OK);
    const { type, bavail, bsize } = await statfs(MEMORY);
    return type === TMPFS && bavail * bsize >= MEMORY_FREE_BYTES;
  } catch {
    return false;
  }
}

/**
 * Makes a folder everyone may enter, named after this process. Folders of the same prefix whose
 * process is gone are handed to `stop`, which ends what runs in them, and removed.
 */
export async function makeTemporaryFolder(
  prefix: string,
  stop: (leftover: string) => Promise<void>,
  place: string = tmpdir(),
): Promise<string> {
  const parent = await realpath(place);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const [pid, startedAt = ""] = name.slice(prefix.length).split("-");
    if (await isSameProcess({ pid: Number(pid), startedAt })) continue;
    try {
      await stop(join(parent, name));
      await rm(join(parent, name), { recursive: true, force: true });
    } catch (error) {
      // Another user's leftovers are theirs to remove.
      const { code = "" } = error as NodeJS.ErrnoException;
      if (!["EACCES", "EPERM"].includes(code)) throw error;
    }
  }
  const self = await findProcess(process.pid);
  const folder = await mkdtemp(join(parent, `${prefix}${process.pid}-${self?.startedAt}-`));
  // mkdtemp shuts everyone else out, the account of the server included.
  await chmod(folder, 0o755);
  return folder;
}
