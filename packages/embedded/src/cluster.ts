import { chown, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Account } from "./account.ts";
import { withPlainPath } from "./binaries.ts";
import { requirePassword } from "./password.ts";
import { findProcess, isSameProcess } from "@scrapersky/machine";
import { fillFromTemplate } from "./template.ts";
import { runTool } from "./tool.ts";

/** How a new cluster is made. */
export interface ClusterOptions {
  dataDir: string;
  binaries: string;
  /** The version of the binaries: 18. */
  major: number;
  account: Account;
  /** Created in the new cluster beside `postgres`. */
  database: string;
  /** Whether the superuser needs a password, which is made and kept in the data directory. */
  password: boolean;
  /** False skips flushing the new files to disk. */
  durable: boolean;
}

/**
 * Makes the data directory unless it exists. It is made in a folder beside it and renamed when
 * complete, so that an interrupted initdb leaves nothing that looks like a database.
 */
export async function createCluster(options: ClusterOptions): Promise<"created" | "exists"> {
  const { dataDir } = options;
  if (await isCluster(dataDir)) return "exists";
  await removeAbandoned(dataDir);

  const self = await findProcess(process.pid);
  const partial = await mkdtemp(`${dataDir}.partial-${process.pid}-${self?.startedAt ?? "0"}-`);
  try {
    if (options.account.uid !== undefined && options.account.gid !== undefined) {
      await chown(partial, options.account.uid, options.account.gid);
    }
    const make = () => initialise(partial, options);
    const { binaries, account, database, durable, password } = options;
    if (durable || password) await make();
    else await fillFromTemplate(partial, [binaries, account.uid, database], make);
    await rename(partial, dataDir);
    return "created";
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOTEMPTY" || code === "EEXIST") {
      // Somebody else's rename came first: their cluster is as good as ours.
      if (await isCluster(dataDir)) return "exists";
      throw new Error(
        `${dataDir} is not empty and holds no PostgreSQL data. Move its content away, or choose another folder.`,
      );
    }
    throw error;
  }
}

async function isCluster(dataDir: string): Promise<boolean> {
  try {
    return (await stat(join(dataDir, "PG_VERSION"))).isFile();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    if (code === "EACCES") {
      throw new Error(
        `${dataDir} belongs to another user. Start as that user, or choose another folder.`,
        { cause: error },
      );
    }
    throw error;
  }
}

const POSTGRES_WITH_BUILTIN_LOCALE = 17;

async function initialise(folder: string, options: ClusterOptions): Promise<void> {
  const { binaries, account, database } = options;
  const settings = [
    ["-D", folder],
    ["-U", "postgres"],
    // For tests; where a password is wanted it is set below, before the server first runs.
    ["--auth=trust", "--no-instructions"],
    ["-E", "UTF8", "--locale=C"],
    // The builtin provider needs no locale of the operating system and never changes with it.
    options.major < POSTGRES_WITH_BUILTIN_LOCALE
      ? []
      : ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    options.durable ? [] : ["--no-sync"],
  ].flat();
  const made = await withPlainPath(binaries, (plain) =>
    runTool(join(plain, "bin", "initdb"), settings, account),
  );
  if (made.code !== 0) {
    throw new Error(`initdb failed for ${options.dataDir}:\n${made.output.trim()}`);
  }
  const statements = [
    options.password ? await requirePassword(folder, account) : "",
    database === "postgres" ? "" : `create database ${database}\n`,
  ].join("");
  if (statements === "") return;
  const created = await runTool(
    join(binaries, "bin", "postgres"),
    ["--single", "-D", folder, "-c", `fsync=${options.durable ? "on" : "off"}`, "postgres"],
    account,
    statements,
  );
  if (created.code !== 0 || created.output.includes("ERROR")) {
    throw new Error(`Preparing the new database failed:\n${created.output.trim()}`);
  }
}

/** Removes what an interrupted initdb left, unless its process is still at work. */
async function removeAbandoned(dataDir: string): Promise<void> {
  const prefix = `${basename(dataDir)}.partial-`;
  for (const name of await readdir(dirname(dataDir))) {
    if (!name.startsWith(prefix)) continue;
    const [pid, startedAt = ""] = name.slice(prefix.length).split("-");
    if (await isSameProcess({ pid: Number(pid), startedAt })) continue;
    // An initdb that outlived its starter may still write there for a moment.
    await rm(join(dirname(dataDir), name), { recursive: true, force: true, maxRetries: 10 });
  }
}
