// Commands in a bare root, as an ordinary user, with an environment that holds nothing but what is given.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { waitFor } from "@scrapersky/machine";

const READY_MS = 120_000;

/** @throws Error that names what did not hold */
export function check(what: string, holds: boolean, detail = "", quietly = false): void {
  if (!holds) throw new Error(`Not so: ${what}.\n${detail}`);
  if (!quietly) console.log(`  ok  ${what}`);
}

interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Program {
  name: string;
  output(): string;
  says(text: string): Promise<void>;
  /** SIGTERM; its exit code, or the signal that ended it. */
  stop(): Promise<number | string>;
}

export interface Bare {
  /** The command of the release, as its path is in there. */
  command: string;
  /** Any program there, to its end. */
  runAny(args: string[], env?: Record<string, string>): Ran;
  /** A command of the release that has to end well. */
  run(words: string[], env?: Record<string, string>): Ran;
  /** A command of the release that goes on. */
  start(name: string, words: string[], env: Record<string, string>): Program;
}

export function enterBare(place: string, command: string): Bare {
  const inside = (args: string[], env: Record<string, string>) => {
    const all = Object.entries({ HOME: "/srv/sky", ...env });
    const settings = all.map(([key, value]) => `${key}=${value}`);
    const account = ["--userspec=1000:1000", place];
    return [...account, "/usr/bin/env", "-i", "-C", "/srv/sky", ...settings, ...args];
  };
  const runAny = (args: string[], env: Record<string, string> = {}): Ran => {
    const { status, stdout, stderr } = spawnSync("chroot", inside(args, env), { encoding: "utf8" });
    return { code: status, stdout, stderr };
  };
  return {
    command,
    runAny,
    run(words, env) {
      const ran = runAny([command, ...words], env);
      check(`scrapersky ${words.join(" ")}`, ran.code === 0, ran.stdout + ran.stderr);
      return ran;
    },
    start(name, words, env) {
      const args = inside([command, ...words], env);
      return follow(name, spawn("chroot", args, { stdio: ["ignore", "pipe", "pipe"] }));
    },
  };
}

function follow(name: string, child: ChildProcess): Program {
  let text = "";
  const take = (chunk: Buffer) => (text += chunk.toString());
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  let ended = false;
  const exited = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => {
      ended = true;
      resolve(code ?? signal ?? "");
    }),
  );
  return {
    name,
    output: () => text,
    async says(wanted) {
      const found = async () => text.includes(wanted) || ended;
      await waitFor(found, READY_MS);
      check(`${name} is started`, text.includes(wanted), text);
    },
    async stop() {
      child.kill("SIGTERM");
      return await exited;
    },
  };
}
