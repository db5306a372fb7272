import { chmod, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findServer, stopServer } from "./postmaster.ts";
import { findProcess, isSameProcess } from "./processes.ts";
import { startPostgres, type EmbeddedPostgres, type StartOptions } from "./start.ts";

/**
 * A server for one test run: no fsync, in a folder of the system's temporary directory that
 * `stop()` removes. What crashed runs left behind is stopped and removed first.
 */
export async function startTemporaryPostgres(
  options: Omit<StartOptions, "dataDir" | "durable"> = {},
): Promise<EmbeddedPostgres> {
  const folder = await makeTemporaryFolder("scrapersky-postgres-", async (leftover) => {
    const dataDir = join(leftover, "data");
    const server = await findServer(dataDir);
    if (server) await stopServer(server.pid, dataDir, 5_000);
  });
  const remove = () => rm(folder, { recursive: true, force: true });
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
        await rm(server.dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * Makes a folder everyone may enter, named after this process. Folders of the same prefix whose
 * process is gone are handed to `stop`, which ends what runs in them, and removed.
 */
export async function makeTemporaryFolder(
  prefix: string,
  stop: (leftover: string) => Promise<void>,
): Promise<string> {
  const parent = await realpath(tmpdir());
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
