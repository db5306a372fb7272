// Programs of the system that tests need: looked for, and installed where that needs no question.
// Nothing that is installed here is started as a service.
import { access } from "node:fs/promises";
import { isCi } from "./env.ts";
import { runTool } from "./tool.ts";

/** A program that a package of the system brings. */
export interface SystemProgram {
  /** For people: `PgBouncer`. */
  title: string;
  /** Debian's name of the package. */
  package: string;
  /** Where it may lie, the likeliest first. */
  paths: readonly string[];
  /** How a person gets it: ends the sentence that it is not installed. */
  advice: string;
}

/** Whether a program can be started here, and if not, what to do. */
export type Availability = { available: true; path: string } | { available: false; reason: string };

export async function findProgram({ title, paths, advice }: SystemProgram): Promise<Availability> {
  for (const path of paths) {
    if (await exists(path)) return { available: true, path };
  }
  return { available: false, reason: `${title} is not installed: ${advice}` };
}

/**
 * For test files: installs the program where that can be done; where not, says why and answers false,
 * but throws in CI, where nothing may be left out.
 */
export async function prepareProgram(program: SystemProgram): Promise<boolean> {
  const found = await installProgram(program, console.log).catch((error: Error) => ({
    available: false as const,
    reason: error.message,
  }));
  if (found.available) return true;
  if (isCi) throw new Error(found.reason);
  console.warn(`Tests with ${program.title} are left out. ${found.reason}`);
  return false;
}

/**
 * Installs a program where that needs no question: as root on a system with apt-get. Elsewhere it
 * answers what `findProgram` says. Throws when the installation fails.
 */
export async function installProgram(
  program: SystemProgram,
  log: (line: string) => void = () => {},
): Promise<Availability> {
  const before = await findProgram(program);
  if (before.available || process.getuid?.() !== 0 || !(await exists("/usr/bin/apt-get"))) {
    return before;
  }
  log(`installing ${program.title} by apt-get`);
  const installed = await runTool(
    "/usr/bin/flock",
    ["/run/lock/scrapersky-install", "/bin/sh", "-c", INSTALL, "sh", program.package],
    { name: "root" },
  );
  const after = await findProgram(program);
  if (!after.available) {
    throw new Error(`apt-get did not install ${program.title}:\n${installed.output.slice(-2_000)}`);
  }
  return after;
}

/**
 * Debian starts a service when it installs one; policy-rc.d is how it is told not to. Who installs at
 * the same time waits for the lock, or would find the file gone when its own package asks for it.
 */
const INSTALL = `
  export DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\\nexit 101\\n' > $policy && chmod 755 $policy
  fi
  apt-get -o DPkg::Lock::Timeout=120 update
  apt-get -o DPkg::Lock::Timeout=120 install --yes --no-install-recommends "$1"`;

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
