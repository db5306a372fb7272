import { chmod, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findServer, stopServer } from "./postmaster.ts";
import { findProcess, isSameProcess } from "./processes.ts";
import { startPostgres, type EmbeddedPostgres, type StartOptions } from "./start.ts";

const prefix = "scrapersky-temporary-";

/**
 * A server for one test run: no fsync, in a folder of the system's temporary directory that
 * `stop()` removes. What crashed runs left behind is stopped and removed first.
 */
export async function startTemporaryPostgres(
  options: Omit<StartOptions, "dataDir" | "durable"> = {},
): Promise<EmbeddedPostgres> {
  await removeLeftovers();
  const self = await findProcess(process.pid);
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-${self?.startedAt}-`));
  // mkdtemp shuts everyone else out, the account PostgreSQL runs as included.
  await chmod(folder, 0o755);
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

/** Stops and removes the temporary servers whose starter is gone. */
async function removeLeftovers(): Promise<void> {
  const parent = await realpath(tmpdir());
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const [pid, startedAt = ""] = name.slice(prefix.length).split("-");
    if (await isSameProcess({ pid: Number(pid), startedAt })) continue;
    try {
      const dataDir = join(parent, name, "data");
      const server = await findServer(dataDir);
      if (server) await stopServer(server.pid, dataDir, 5_000);
      await rm(join(parent, name), { recursive: true, force: true });
    } catch (error) {
      // Another user's leftovers are theirs to remove.
      const { code = "" } = error as NodeJS.ErrnoException;
      if (!["EACCES", "EPERM"].includes(code)) throw error;
    }
  }
}
