import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach } from "vitest";
import {
  makeScratchFolder,
  startPostgres,
  type EmbeddedPostgres,
  type StartOptions,
} from "../src/index.ts";

const APART = ["/usr/bin/unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];

const undo: (() => Promise<unknown>)[] = [];

/** Registers what must be undone after the test, last first. */
export function later(step: () => Promise<unknown>): void {
  undo.push(step);
}

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A folder of the test's own that the account of the server may enter. */
export async function makeFolder(): Promise<string> {
  const folder = await makeScratchFolder("embedded-test-");
  later(folder.remove);
  return folder.path;
}

/** Starts a server that is stopped after the test. */
export async function start(options: StartOptions): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ durable: false, ...options });
  later(() => server.stop());
  return server;
}

/** A server that another process started. */
export interface RemoteStart {
  process: ChildProcess;
  server: EmbeddedPostgres;
}

/** Starts a server in a process of its own; `apart`: in a namespace of processes of its own, as a container has. */
export async function startElsewhere(
  name: "startPostgres" | "startTemporaryPostgres",
  options: Partial<StartOptions>,
  uid?: number,
  apart = false,
): Promise<RemoteStart> {
  const child = forkStarter(name, options, uid, apart);
  const [server] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => Promise.reject(new Error("the starter ended"))),
  ])) as [EmbeddedPostgres];
  return { process: child, server };
}

export function forkStarter(
  name: "startPostgres" | "startTemporaryPostgres",
  options: Partial<StartOptions>,
  uid?: number,
  apart = false,
): ChildProcess {
  const words = [
    name,
    JSON.stringify({ durable: false, ...options }),
    ...(uid === undefined ? [] : [String(uid)]),
  ];
  const [execPath, ...execArgv] = [...(apart ? APART : []), process.execPath, ...process.execArgv];
  const child = fork(join(import.meta.dirname, "starter.ts"), words, {
    ...(execPath === undefined ? {} : { execPath }),
    execArgv,
  });
  later(() => kill(child));
  return child;
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
