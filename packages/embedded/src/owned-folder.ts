// Folders of one run, which the next one removes where the run was killed. Whose they are says a lock on a file in them, which the system
// lets go with its holder: it holds between processes that cannot see each other, as those of two containers with the same /tmp.
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { findProcess, isSameProcess } from "@scrapersky/machine";
import { runTool } from "./tool.ts";

const OWNER = "owner";
const FILES = "files";
const LEFT = "left-";
const TRIES_MAX = 5;

export interface OwnedFolder {
  path: string;
  /** Removes it with all that is in it; repeatable. */
  remove(): Promise<void>;
}

/**
 * Makes a folder everyone may enter. Folders of the same prefix whose owner is gone are handed to `stop`, which ends what runs in them,
 * and removed.
 */
export async function makeOwnedFolder(
  prefix: string,
  place: string,
  stop: (leftover: string) => Promise<void>,
): Promise<OwnedFolder> {
  const parent = await realpath(place);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    try {
      await removeLeft(parent, name, prefix, stop);
    } catch (error) {
      // Another user's leftovers are theirs to remove.
      const { code = "" } = error as NodeJS.ErrnoException;
      if (!["EACCES", "EPERM", "EBUSY", "ENOENT"].includes(code)) throw error;
    }
  }
  const self = await findProcess(process.pid);
  for (let tries = 1; ; tries++) {
    const whole = await mkdtemp(join(parent, `${prefix}${process.pid}-${self?.startedAt}-`));
    const owner = hold(whole);
    // Somebody else looked at it before it was held, and took it for a leftover.
    if (owner === undefined && tries < TRIES_MAX) continue;
    if (owner === undefined) throw new Error(`${join(whole, OWNER)} cannot be locked.`);
    // mkdtemp shuts everyone else out, the account of the server included.
    await chmod(whole, 0o755);
    const path = join(whole, FILES);
    await mkdir(path);
    return {
      path,
      async remove() {
        await rm(whole, { recursive: true, force: true, maxRetries: 10 });
        if (owner.isOpen) owner.close();
      },
    };
  }
}

async function removeLeft(
  parent: string,
  name: string,
  prefix: string,
  stop: (leftover: string) => Promise<void>,
): Promise<void> {
  const path = join(parent, name);
  const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 10 });
  if (name.startsWith(`${prefix}${LEFT}`)) return remove(path);
  if (!(await hasOwner(path))) {
    // One of a moment ago, or of a version without such locks.
    const [pid, startedAt = ""] = name.slice(prefix.length).split("-");
    if (await isSameProcess({ pid: Number(pid), startedAt })) return;
  }
  const owner = hold(path);
  if (owner === undefined) return;
  try {
    await stop(join(path, FILES));
    await unmountBelow(path);
    // Whoever made it a moment ago finds it gone at once, and makes another one.
    const left = join(parent, `${prefix}${LEFT}${name.slice(prefix.length)}`);
    await rename(path, left);
    await remove(left);
  } finally {
    owner.close();
  }
}

/** Disks of their own that tests gave themselves; whoever may not unmount them has not mounted them. */
async function unmountBelow(path: string): Promise<void> {
  const mounts = await readFile("/proc/self/mountinfo", "utf8").catch(() => "");
  const points = mounts.split("\n").map((line) => line.split(" ")[4] ?? "");
  for (const point of points.filter((one) => one.startsWith(`${path}/`)).toReversed())
    await runTool("umount", ["--lazy", point], { name: "the current user" });
}

const hasOwner = (path: string): Promise<boolean> =>
  stat(join(path, OWNER)).then(
    () => true,
    () => false,
  );

/** Undefined when somebody else holds it, or it is not there any more. SQLite has what Node lacks: locks on files. */
function hold(path: string): DatabaseSync | undefined {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(join(path, OWNER), { timeout: 0 });
    file.exec("pragma locking_mode = exclusive; begin exclusive");
    return file;
  } catch {
    file?.close();
    return undefined;
  }
}
