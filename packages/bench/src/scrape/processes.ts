import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { SITES_PROGRAM } from "@scrapersky/testing/sites";
import type { Finish } from "./contender.ts";
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

/** A Node process on a core of its own. */
export function spawnOn(core: number, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const command = canPin
    ? ["taskset", "-c", String(core), process.execPath, ...args]
    : [process.execPath, ...args];
  return spawn(command[0] as string, command.slice(1), {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Runs a contender to its end; its last line says how it did. */
export async function runContender(file: string, courseFile: string): Promise<Finish> {
  const child = spawnOn(CONTENDER_CORE, [file, courseFile], measured);
  let last = "";
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
    last = line;
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${file} ended with code ${code}; its message is above.`);
  return JSON.parse(last) as Finish;
}

/** The fake sites in a process of their own. */
export async function startSiteServer(
  allowFile: string,
  size: { sites: number; pages: number },
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
