// Runs the command a person types, on a data folder of its own, and ends it whatever happens.
import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { makeScratchFolder } from "@scrapersky/embedded";
import {
  findProcess,
  isSameProcess,
  type ProcessIdentity,
  type RunningStack,
  waitFor,
} from "@scrapersky/machine";
import { root } from "../src/env.ts";

export interface Command {
  child: ChildProcess;
  output(): string;
  /** Exit code, or the signal that ended it. */
  exited: Promise<number | string>;
  /** Waits until the output holds the text; throws with the output when the command ends before. */
  says(text: string): Promise<void>;
}

/** The last line of a start: from here on everything answers. */
export const RUNNING = "Stop        Ctrl-C";

const commands = new Set<Command>();
const folders = new Set<() => Promise<void>>();

export async function makeDataDir(): Promise<string> {
  const folder = await makeScratchFolder("scrapersky-local-");
  folders.add(folder.remove);
  return join(folder.path, "data");
}

/** `npm start`, or `npm run dev`, without npm: free ports unless told otherwise. `ofItsOwn`: in a process group. */
export function startCommand(
  dataDir: string,
  settings: NodeJS.ProcessEnv = {},
  {
    mode = "start",
    flags = [],
    ofItsOwn = false,
  }: { mode?: "start" | "dev"; flags?: string[]; ofItsOwn?: boolean } = {},
): Command {
  const { DATABASE_URL: _url, PORT: _port, ...inherited } = process.env;
  const child = spawn(process.execPath, ["apps/local/bin/start.mjs", mode, ...flags], {
    cwd: root,
    env: {
      ...inherited,
      DATA_DIR: dataDir,
      WEB_PORT: "0",
      API_PORT: "0",
      WORKER_PORT: "0",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: ofItsOwn,
  });
  let text = "";
  const take = (chunk: Buffer) => (text += chunk.toString());
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  let ended = false;
  const exited = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => {
      ended = true;
      resolve(code ?? signal ?? "");
    }),
  );
  const command: Command = {
    child,
    output: () => text,
    exited,
    async says(wanted) {
      const found = async () => text.includes(wanted) || ended;
      if ((await waitFor(found, 100_000)) && text.includes(wanted)) return;
      throw new Error(`"${wanted}" was not said:\n${text}`);
    },
  };
  commands.add(command);
  return command;
}

/** Ends every command of this file and removes its folders. */
export async function endAll(): Promise<void> {
  for (const command of commands) {
    command.child.kill("SIGTERM");
    await command.exited;
  }
  commands.clear();
  for (const remove of folders) await remove();
  folders.clear();
}

export async function readStack(dataDir: string): Promise<RunningStack> {
  return JSON.parse(await readFile(join(dataDir, "stack.json"), "utf8")) as RunningStack;
}

/** Every process of a stack: the supervisor, its services and PostgreSQL. */
export async function findProcesses(dataDir: string): Promise<ProcessIdentity[]> {
  const stack = await readStack(dataDir);
  const postgres = await findProcess(await readPostgresPid(dataDir));
  if (!postgres) throw new Error("PostgreSQL does not run.");
  return [stack, ...stack.children, postgres];
}

export async function readPostgresPid(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8");
  return Number(text.split("\n")[0]);
}

export async function areGone(processes: ProcessIdentity[]): Promise<boolean> {
  const states = await Promise.all(processes.map(isSameProcess));
  return !states.includes(true);
}

/** Listens on a port until `close`. */
export async function occupyPort(port = 0): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    port: address.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
