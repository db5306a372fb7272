// Unpacks a release where there is nothing else, and uses it: a bare Debian, no network but loopback, an ordinary user.
// Namespaces and a root of its own need root; what runs in there is src/release/proof.ts.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { root } from "../env.ts";

const SUITE = "bookworm";
/** What Node is linked to and the smallest Debian lacks; its terms keep it out of the release. */
const LIBRARY = "libatomic1";
/** For the units. */
const SYSTEMD = ["systemd", "systemd-sysv"];
const CACHE = join(root, "node_modules/.cache/scrapersky");
const TOOLS = ["/usr/sbin/debootstrap", "/usr/bin/unshare", "/usr/sbin/chroot"];

/** Kills what is inside with it, mounts and network included. */
const ALONE = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--"];
const SET_UP = 'ip link set lo up && exec "$0" "$@"';

async function runToEnd(program: string, args: string[], quiet = false): Promise<void> {
  const child = spawn(program, args, {
    stdio: ["ignore", quiet ? "ignore" : "inherit", "inherit"],
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code !== 0) throw new Error(`${basename(program)} ended with ${String(code)}.`);
}

/** The smallest Debian with these, downloaded once. */
async function findBareRoot(packages: readonly string[]): Promise<string> {
  const bare = join(CACHE, `debian-${SUITE}-${packages.join("-")}`);
  if (existsSync(bare)) return bare;
  const partial = await mkdtemp(`${bare}.`);
  console.log(`Making a bare Debian ${SUITE} with ${packages.join(", ")} by debootstrap, once …`);
  try {
    await runToEnd(
      "debootstrap",
      ["--variant=minbase", `--include=${packages.join(",")}`, SUITE, partial],
      true,
    );
    await rename(partial, bare);
    return bare;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** A root with the release's file in /opt, and an ordinary user. */
async function makeRoot(
  folder: string,
  file: string,
  packages: readonly string[],
): Promise<string> {
  const place = join(folder, packages.join("-"));
  await runToEnd("cp", ["-a", await findBareRoot(packages), place]);
  // The folder that debootstrap was given shuts everybody else out.
  await chmod(place, 0o755);
  await writeFile(join(place, "etc/passwd"), "sky:x:1000:1000::/srv/sky:/bin/sh\n", {
    flag: "a",
  });
  await writeFile(join(place, "etc/group"), "sky:x:1000:\n", { flag: "a" });
  // An installer's work, as the rest of a network's set-up: debootstrap leaves it out.
  await writeFile(join(place, "etc/hosts"), "127.0.0.1 localhost\n::1 localhost\n");
  for (const path of [file, `${file}.sha256`]) await cp(path, join(place, "opt", basename(path)));
  return place;
}

/** @throws Error with what is missing here, or with what the release did not do */
export async function prove(file: string): Promise<void> {
  const missing = TOOLS.filter((path) => !existsSync(path));
  if (process.getuid?.() !== 0 || missing.length > 0) {
    const what = missing.length > 0 ? missing.join(", ") : "root";
    throw new Error(
      `The release is made, and not proven: that needs Debian, root and debootstrap; here is no ${what}.`,
    );
  }
  if (root.startsWith("/tmp/")) {
    throw new Error(
      "The release is made, and not proven: the proof has an empty /tmp, and this checkout is in yours. Have it elsewhere.",
    );
  }
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, "proof-"));
  try {
    const place = await makeRoot(folder, file, [LIBRARY]);
    const booted = await makeRoot(folder, file, [LIBRARY, ...SYSTEMD]);
    const proof = join(root, "apps/local/src/release/proof.ts");
    const node = [process.execPath, "--disable-warning=ExperimentalWarning", proof];
    await runToEnd("unshare", [
      ...ALONE,
      "/bin/sh",
      "-c",
      SET_UP,
      ...node,
      place,
      booted,
      basename(file),
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
