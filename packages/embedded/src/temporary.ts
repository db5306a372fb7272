import { constants } from "node:fs";
import { access, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeOwnedFolder, type OwnedFolder } from "./owned-folder.ts";
import { findServer, stopServer } from "./postmaster.ts";
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
  const place = await findScratchPlace(onDisk);
  const folder = await makeOwnedFolder("scrapersky-postgres-", place, stopServers);
  try {
    const server = await startPostgres({
      settings: { max_connections: "300" },
      ...options,
      dataDir: join(folder.path, "data"),
      durable: false,
    });
    return {
      ...server,
      async stop(stopOptions) {
        await server.stop(stopOptions);
        await folder.remove();
        await rm(server.dataDir, { recursive: true, force: true, maxRetries: 10 });
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/** A folder for data of a test that everyone may enter, in memory where that is offered. What crashed runs left in theirs goes first. */
export const makeScratchFolder = async (prefix: string): Promise<OwnedFolder> =>
  makeOwnedFolder(prefix, await findScratchPlace(), stopServers);

/** Where tests keep their servers, and `npm start` its own. */
const DATA_DIRS = ["data", "data/postgres"];

async function stopServers(leftover: string): Promise<void> {
  for (const dataDir of DATA_DIRS.map((name) => join(leftover, name))) {
    const server = await findServer(dataDir);
    if (server) await stopServer(server.pid, dataDir, 5_000);
  }
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
