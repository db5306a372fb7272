import { execFile, spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The system account PostgreSQL runs as; undefined ids mean: the account of this process. */
export interface Account {
  name: string;
  uid?: number;
  gid?: number;
}

/**
 * PostgreSQL refuses uid 0. As root it runs as the owner of an existing data directory, else as
 * `postgres`, else as `nobody`; otherwise as the current user.
 */
export async function chooseAccount(dataDir: string): Promise<Account> {
  if (process.getuid?.() !== 0) return { name: "the current user" };
  const owner = await stat(`${dataDir}/PG_VERSION`).catch(() => undefined);
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  for (const name of ["postgres", "nobody"]) {
    const account = await findAccount(name);
    if (account) return account;
  }
  throw new Error(
    "PostgreSQL does not run as root, and this system has neither a user postgres nor nobody. " +
      "Create one of them, or start as an ordinary user.",
  );
}

const accounts = new Map<string, Promise<Account | undefined>>();

/** A system user by name; undefined when there is none, or when it is root. Looked up once in a process. */
export function findAccount(name: string): Promise<Account | undefined> {
  const known = accounts.get(name) ?? lookUp(name);
  accounts.set(name, known);
  return known;
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const uid = Number((await run("id", ["-u", name])).stdout);
    const gid = Number((await run("id", ["-g", name])).stdout);
    return uid > 0 ? { name, uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the account may walk into a folder: every parent must be traversable for it. */
export function canEnter(account: Account, folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    // The kernel decides: mode bits alone would miss access lists and mount options.
    const child = spawn("/bin/sh", ["-c", 'cd "$1"', "sh", folder], {
      uid: account.uid,
      gid: account.gid,
      cwd: "/",
      stdio: "ignore",
    });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
