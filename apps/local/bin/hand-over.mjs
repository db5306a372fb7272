// Programs of the workspace that take this process's place in the foreground.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findParent } from "./machine.mjs";
import { fail } from "./bootstrap.mjs";
import { environment } from "./env.mjs";
import { childEnvironment, node26, root } from "./run-node.mjs";

/** Between npm and this process there may be a shell, so the parent's parent is looked at as well. */
const findAncestors = async () => `${process.ppid} ${await findParent(process.ppid)}`;

// Taken now, before anything else: npm may be gone before the work of this process is done.
const ancestors = await findAncestors();

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
 * Under npm this process must not outlive it: nobody else could stop the stack then.
 * @param {() => void} stop
 */
function watchNpm(stop) {
  if (environment.npm_lifecycle_event === undefined) return;
  const timer = setInterval(async () => {
    if ((await findAncestors()) === ancestors) return;
    clearInterval(timer);
    stop();
  }, 1_000);
  timer.unref();
}
