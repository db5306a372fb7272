import { access, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isCi } from "./env.ts";
import { runTool } from "./tool.ts";

const program = "pgbouncer";
const programFolders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];

/** Whether PgBouncer can be started here, and if not, what to do. */
export async function pgBouncerAvailable(): Promise<
  { available: true; path: string } | { available: false; reason: string }
> {
  for (const folder of [...programFolders, "/opt/homebrew/bin"]) {
    const path = join(folder, program);
    if (await exists(path)) return { available: true, path };
  }
  const reason = "PgBouncer is not installed: apt-get install pgbouncer, or brew install pgbouncer";
  return { available: false, reason };
}

/**
 * For test files: `test.runIf(await preparePgBouncer())`. Installs it where that can be done; where
 * not, says why and answers false, but throws in CI, where nothing may be left out.
 */
export async function preparePgBouncer(): Promise<boolean> {
  const found = await installPgBouncer(console.log);
  if (found.available) return true;
  if (isCi) throw new Error(found.reason);
  console.warn(`Tests with PgBouncer are left out. ${found.reason}`);
  return false;
}

/**
 * Installs PgBouncer where that needs no question: as root on a system with apt-get. Elsewhere it
 * answers what `pgBouncerAvailable` says. Throws when the installation fails.
 */
export async function installPgBouncer(
  log: (line: string) => void = () => {},
): ReturnType<typeof pgBouncerAvailable> {
  const before = await pgBouncerAvailable();
  if (before.available || process.getuid?.() !== 0 || !(await exists("/usr/bin/apt-get"))) {
    return before;
  }
  log("installing PgBouncer by apt-get");
  const root = { name: "root" };
  const wait = ["-o", "DPkg::Lock::Timeout=120"];
  await runTool("/usr/bin/apt-get", [...wait, "update"], root);
  const installed = await withoutServices(() =>
    runTool(
      "/usr/bin/env",
      [
        ["DEBIAN_FRONTEND=noninteractive", "/usr/bin/apt-get", ...wait],
        ["install", "--yes", "--no-install-recommends", program],
      ].flat(),
      root,
    ),
  );
  const after = await pgBouncerAvailable();
  if (!after.available) {
    throw new Error(`apt-get did not install PgBouncer:\n${installed.output.slice(-2_000)}`);
  }
  return after;
}

/** Debian starts a service when it installs one; this file is how it is told not to. */
async function withoutServices<T>(work: () => Promise<T>): Promise<T> {
  const policy = "/usr/sbin/policy-rc.d";
  const had = await exists(policy);
  if (!had) await writeFile(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    return await work();
  } finally {
    if (!had) await rm(policy, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
