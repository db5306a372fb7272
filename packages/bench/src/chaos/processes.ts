// The product's own processes as they are run: told where their database is, ended by a signal, asked whether they are ready.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { APPS } from "../api-process.ts";
import { measured } from "../env.ts";

const NODE_FLAGS = ["--disable-warning=ExperimentalWarning"];

/** How programs are started: from the sources, as a command does, or as they were built, at a sixth of the processor time. */
export type Made = "from sources" | "built";

/** A program that says nothing: outages are what it is for. */
export function startProgram(
  app: "api" | "worker",
  made: Made,
  env: NodeJS.ProcessEnv,
): ChildProcess {
  const main = join(APPS, app, made === "built" ? "dist/main.js" : "src/main.ts");
  if (!existsSync(main)) throw new Error(`apps/${app} is not built: npm run turbo -- build`);
  return spawn(process.execPath, [...NODE_FLAGS, main], {
    env: { ...measured, LOG_LEVEL: "silent", ...env },
    stdio: ["pipe", "ignore", "ignore"],
  });
}

/** Sends the signal and waits for the end, with what ended it: its exit code, or the name of a signal. */
export async function endProgram(
  child: ChildProcess,
  signal: NodeJS.Signals,
): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }
  return child.exitCode ?? child.signalCode;
}

/** @throws Error when the program ended before its address said that it is ready */
export async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error("A program ended as it started.");
    await delay(50);
  }
}
