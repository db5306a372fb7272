// From a bare clone and Node 20 to installed packages and Node 26. Plain JavaScript, no packages.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environment } from "./env.mjs";

const PNPM = "pnpm@12.21.0";
const NODE_MAJOR_MIN = 20;

export const root = fileURLToPath(new URL("../../../", import.meta.url));
const localBin = join(root, "node_modules", ".bin");

/** Node 26, which npm packages brought; exists after the install. */
export const node26 = join(localBin, process.platform === "win32" ? "node.cmd" : "node");

/** Ends the process with a sentence for a person. @param {string} message @returns {never} */
export function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

export function requireNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= NODE_MAJOR_MIN) return;
  fail(
    `ScraperSky needs Node.js ${NODE_MAJOR_MIN} or newer to start; this is ${process.versions.node}.\n` +
      "Install a current version from https://nodejs.org and run the command again.",
  );
}

/** The environment of everything started here: Node 26 and the installed programs come first. */
export function childEnvironment() {
  return {
    ...environment,
    ...cacheSettings(),
    PATH: [localBin, environment.PATH].join(delimiter),
    // What one process has compiled the next one need not: every start after the first is a fifth quicker.
    NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node-compile"),
    DO_NOT_TRACK: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    TURBO_TELEMETRY_DISABLED: "1",
  };
}

/**
 * Service accounts have no home; npm and pnpm need a place for their caches. npm hands its own
 * settings down, so the one that names the missing home is replaced as well.
 */
function cacheSettings() {
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    const home = join(root, ".data", "home");
    mkdirSync(home, { recursive: true });
    return { HOME: home, npm_config_cache: join(home, ".npm") };
  }
}

/**
 * Runs a program and keeps its output; `said` receives the last line as it comes.
 * @param {string} program @param {string[]} args
 * @param {{ said?: (line: string) => void, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
export function runQuietly(program, args, { said = () => {}, env = childEnvironment() } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const take = (chunk) => {
      output = (output + chunk).slice(-200_000);
      const lines = String(chunk)
        .trimEnd()
        .split(/[\r\n]+/);
      const last = lines[lines.length - 1].replace(/\u001b\[[0-9;]*[A-Za-z]/g, "").trim();
      if (last !== "") said(last);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => resolve({ exitCode: 1, output: `${output}${error.message}` }));
    child.on("close", (code) => resolve({ exitCode: code ?? 1, output }));
  });
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
 * @param {{ note: (text: string) => void, said: (text: string) => void }} report
 */
export async function installPackages({ note, said }) {
  const stamp = join(root, "node_modules", ".scrapersky-installed");
  const wanted = hashFiles(["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"]);
  const isInstalled = insideTurbo || readIfThere(stamp) === wanted;
  if (isInstalled && existsSync(node26)) return note("up to date");
  const args = ["install", "--frozen-lockfile", "--config.confirm-modules-purge=false"];
  const { exitCode, output } = await runQuietly("npx", pnpmArguments(args), { said });
  if (exitCode !== 0) {
    fail(
      `The packages could not be installed:\n\n${lastLines(output)}\n\n` +
        "Mend what it names (often the network, a proxy or the disk) and run the command again.",
    );
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
 * @param {{ note: (text: string) => void, said: (text: string) => void }} report
 */
export async function buildApps({ note, said }) {
  const stamp = join(root, "node_modules", ".scrapersky-built");
  const wanted = fingerprintSources();
  const outputs = [
    "apps/api/dist/main.js",
    "apps/cli/dist/db.js",
    "apps/web/.next/BUILD_ID",
    "apps/worker/dist/main.js",
  ];
  const there = outputs.every((path) => existsSync(join(root, path)));
  const isBuilt = insideTurbo || readIfThere(stamp) === wanted;
  if (there && isBuilt) return note("up to date");
  const args = pnpmArguments(["exec", "turbo", "run", "build", "--output-logs=new-only"]);
  const { exitCode, output } = await runQuietly("npx", args, { said });
  if (exitCode !== 0) fail(`The build failed:\n\n${lastLines(output, 40)}`);
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

/** Node 26 with a program of the workspace, in the environment of the workspace. */
function spawnNode(script, args, options) {
  const envFile = join(root, ".env");
  const flags = ["--disable-warning=ExperimentalWarning"];
  if (existsSync(envFile)) flags.push(`--env-file=${envFile}`);
  return spawn(node26, [...flags, join(root, script), ...args], {
    cwd: root,
    env: childEnvironment(),
    ...options,
  });
}

/** Runs a script that ends by itself, and ends with its exit code. @param {string} script path from the root */
export function runNode(script) {
  endWith(spawnNode(script, [], { stdio: "inherit" }));
}

/** The same for an installed program. @param {string} program @param {string[]} args */
export function runProgram(program, args) {
  endWith(spawn(program, args, { cwd: root, env: childEnvironment(), stdio: "inherit" }));
}

/** @param {import("node:child_process").ChildProcess} child */
function endWith(child) {
  // The terminal's Ctrl-C reaches the child too; this process waits for how it ends.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => fail(`The program could not be started: ${error.message}`));
  child.on("exit", (code) => process.exit(code ?? 1));
}

/**
 * Runs a script on Node 26 as the foreground work and ends with its exit code.
 * It gets a process group of its own and each signal once, and it ends when this process does.
 * @param {string} script path from the root @param {string[]} args
 */
export function handOver(script, args) {
  const child = spawnNode(script, args, {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    detached: true,
  });
  let lastSignal = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // npm passes on a Ctrl-C that the terminal has sent to everyone already.
      if (Date.now() - lastSignal < 300) return;
      lastSignal = Date.now();
      child.kill(signal);
    });
  }
  watchNpm(() => child.kill("SIGTERM"));
  child.on("error", (error) => fail(`Node 26 could not be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    if (signal !== null) {
      process.stderr.write(`\nThe supervisor was ended by ${signal}; run the command again.\n`);
    }
    process.exit(code ?? 1);
  });
}

/**
 * Under npm this process must not outlive it: nobody else could stop the stack then. Between the
 * two there may be a shell, so the parent's parent is watched as well.
 * @param {() => void} stop
 */
function watchNpm(stop) {
  if (environment.npm_lifecycle_event === undefined) return;
  const ancestors = () => `${process.ppid} ${findParent(process.ppid)}`;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    stop();
  }, 1_000);
  timer.unref();
}

/** The parent of a process; undefined where the system does not tell it in /proc. */
function findParent(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
  } catch {
    return undefined;
  }
}
