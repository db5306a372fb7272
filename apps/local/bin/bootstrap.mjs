// From a bare clone and Node 20 to installed packages and Node 26. Plain JavaScript, no packages.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environment } from "./env.mjs";
import { explainFullDisk } from "./full-disk.mjs";
import { node26, root, runQuietly } from "./run-node.mjs";

const PNPM = "pnpm@12.21.0";

/** Ends the process with a sentence for a person. @param {string} message @returns {never} */
export function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/** Arguments for npx that run pnpm, at the version this workspace is made for. */
export function pnpmArguments(args) {
  return ["--yes", PNPM, ...args];
}

function lastLines(output, count = 25) {
  return output.trimEnd().split("\n").slice(-count).join("\n");
}

/** A task of turbo comes after the installation and the builds it needs: they are not judged again. */
const insideTurbo = environment.TURBO_HASH !== undefined;

/**
 * Installs what the lockfile says, unless that was done already.
 * @param {import("./progress.mjs").Report} report
 */
export async function installPackages(report) {
  const { note } = report;
  const stamp = join(root, "node_modules", ".scrapersky-installed");
  const wanted = hashFiles(["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"]);
  const isInstalled = insideTurbo || readIfThere(stamp) === wanted;
  if (isInstalled && existsSync(node26)) return note("up to date");
  const args = ["install", "--frozen-lockfile", "--config.confirm-modules-purge=false"];
  // From here on neither what was there nor what is wanted is.
  rmSync(stamp, { force: true });
  const { exitCode, output } = await runQuietly("npx", pnpmArguments(args), report);
  if (exitCode !== 0) {
    const problem =
      `The packages could not be installed:\n\n${lastLines(output)}\n\n` +
      "Mend what it names (often the network, a proxy or the disk) and run the command again.";
    fail(explainFullDisk(problem, [root]));
  }
  if (!existsSync(node26)) {
    fail(
      `Node 26 is not published for ${process.platform} ${process.arch}: ` +
        "ScraperSky runs on Linux and macOS, x64 and arm64.",
    );
  }
  writeFileSync(stamp, wanted);
  note("installed");
}

/**
 * Builds api, worker and web, unless nothing they are made of changed since the last build.
 * @param {import("./progress.mjs").Report} report
 */
export async function buildApps(report) {
  const { note } = report;
  const stamp = join(root, "node_modules", ".scrapersky-built");
  const wanted = fingerprintSources();
  const outputs = [
    "apps/api/dist/main.js",
    "apps/cli/dist/db.js",
    "apps/local/dist/scrapersky.js",
    "apps/web/.next/BUILD_ID",
    "apps/worker/dist/main.js",
  ];
  const there = outputs.every((path) => existsSync(join(root, path)));
  const isBuilt = insideTurbo || readIfThere(stamp) === wanted;
  if (there && isBuilt) return note("up to date");
  const args = pnpmArguments(["exec", "turbo", "run", "build", "--output-logs=new-only"]);
  rmSync(stamp, { force: true });
  const { exitCode, output } = await runQuietly("npx", args, report);
  if (exitCode !== 0) {
    fail(explainFullDisk(`The build failed:\n\n${lastLines(output, 40)}`, [root]));
  }
  writeFileSync(stamp, wanted);
  note("built");
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function hashFiles(paths) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const path of paths) hash.update(readFileSync(join(root, path)));
  return hash.digest("hex");
}

const NOT_SOURCE = new Set([
  "node_modules",
  "dist",
  ".next",
  ".turbo",
  "test-results",
  "test",
  "e2e",
]);

/** Lie between the sources; a check of types after the build writes them. */
const WRITTEN_BY_TOOLS = /^next-env\.d\.ts$|\.tsbuildinfo$/;

/** Size and time of every source file: enough to see a change, and 20 times faster than reading. */
function fingerprintSources() {
  const hash = createHash("sha256");
  const visit = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && !NOT_SOURCE.has(entry.name)) visit(path);
      else if (entry.isFile() && !WRITTEN_BY_TOOLS.test(entry.name)) {
        const { size, mtimeMs } = statSync(join(root, path));
        hash.update(`${path} ${size} ${mtimeMs}\n`);
      }
    }
  };
  for (const folder of ["apps", "packages"]) visit(folder);
  hash.update(hashFiles(["pnpm-lock.yaml", "tsconfig.base.json", "tsconfig.json", "turbo.json"]));
  return hash.digest("hex");
}
