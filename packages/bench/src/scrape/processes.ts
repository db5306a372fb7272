import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { SITES_PROGRAM } from "@scrapersky/testing/sites";
import type { Finish, Reads } from "./contender.ts";
import { measured } from "../env.ts";

export const HARNESS_CORE = 0;
export const CONTENDER_CORE = 1;

const canPin = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;

/** Moves this process, and so all it starts later, to one core. False where that is not possible. */
export function pinSelf(core: number): boolean {
  return (
    canPin &&
    spawnSync("taskset", ["-a", "-p", "-c", String(core), String(process.pid)]).status === 0
  );
}

/** A Node process, or one of another program, on a core of its own where one is named. */
export function spawnOn(
  core: number | undefined,
  args: string[],
  env: NodeJS.ProcessEnv,
  { program = process.execPath, cwd }: { program?: string | undefined; cwd?: string } = {},
): ChildProcess {
  const isPinned = canPin && core !== undefined;
  const command = [...(isPinned ? ["taskset", "-c", String(core)] : []), program, ...args];
  return spawn(command[0] as string, command.slice(1), {
    env,
    cwd,
    stdio: ["pipe", "pipe", "inherit"],
  });
}

/**
 * Runs a contender to its end: what it read in the warm-up goes to `judge`, which throws where that is wrong, then it runs
 * against the clock, and its last line says how it did.
 */
export async function runContender(
  { program, args }: { program?: string; args: string[] },
  files: { course: string; reads: string },
  judge: (reads: Reads) => void,
): Promise<Finish> {
  const child = spawnOn(CONTENDER_CORE, [...args, files.course, files.reads], measured, {
    program,
  });
  const ended = once(child, "close") as Promise<[number | null]>;
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  let last = "";
  let wrong: Error | undefined;
  lines.on("line", (line) => {
    if (line !== "warm") {
      last = line;
      return;
    }
    try {
      judge(JSON.parse(readFileSync(files.reads, "utf8")) as Reads);
      child.stdin?.write("go\n");
    } catch (error) {
      wrong = error instanceof Error ? error : new Error(String(error));
      child.kill();
    }
  });
  const [code] = await ended;
  if (wrong !== undefined) throw wrong;
  if (code !== 0) throw new Error(`${args[0]} ended with code ${code}; its message is above.`);
  return JSON.parse(last) as Finish;
}

/** The fake sites in a process of their own. */
export async function startSiteServer(
  allowFile: string,
  size: { sites: number; pages: number; tls?: boolean; latencyMs?: number },
): Promise<{ names: string[]; stop(): Promise<void> }> {
  const child = spawn(
    process.execPath,
    [
      SITES_PROGRAM,
      "--allow-file",
      allowFile,
      "--generate",
      String(size.sites),
      "--pages",
      String(size.pages),
      "--latency",
      String(size.latencyMs ?? 0),
      ...(size.tls ? ["--tls"] : []),
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const ended = once(child, "close");
  const lines = createInterface({ input: child.stdout });
  const ready = await Promise.race([
    once(lines, "line").then(([line]) => JSON.parse(String(line)) as { names: string[] }),
    ended.then(() => undefined),
  ]);
  if (ready === undefined) throw new Error("The fake sites did not start; their message is above.");
  return {
    names: ready.names,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
