import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { COMMANDS } from "../bin/command.mjs";
import { root } from "../src/env.ts";
import { endAll, makeDataDir } from "./command.ts";

afterAll(endAll);

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** A command as npm runs it, from package.json. */
async function run(name: string, words: string[], dataDir: string): Promise<Run> {
  const manifest = await readFile(join(root, "package.json"), "utf8");
  const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
  const [, ...args] = scripts[name]!.split(" ");
  const options = { cwd: root, env: { ...process.env, DATA_DIR: dataDir } };
  return await new Promise((resolve) => {
    execFile(process.execPath, [...args, ...words], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test("a Node that is too old is told so by every command, before one that it cannot read is loaded", async () => {
  const manifest = await readFile(join(root, "package.json"), "utf8");
  const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
  const guard = "--require ./apps/local/bin/require-node.cjs";
  for (const script of Object.values(scripts))
    expect(script).toMatch(new RegExp(`^node ${guard} `));
  const old = `Object.defineProperty(process.versions, "node", { value: "18.20.8" }); require("./apps/local/bin/require-node.cjs"); console.log("on")`;
  const told = await promisify(execFile)(process.execPath, ["--eval", old], { cwd: root }).catch(
    (error: unknown) => error,
  );
  expect(told).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("18.20.8") });
});

const names = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];

test.each(names)("npm's %s says how it is used, and starts nothing", async (name) => {
  const dataDir = await makeDataDir();
  for (const word of ["--help", "-h"]) {
    const { code, stdout, stderr } = await run(name, [word], dataDir);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`Usage: ${COMMANDS[name].typed}`);
    for (const flag of Object.keys(COMMANDS[name].flags)) expect(stdout).toContain(`--${flag}`);
  }
  expect(await readdir(join(dataDir, ".."))).toEqual([]);
});

test.each(
  names.flatMap((name) =>
    [["--hlep"], ["--exitt"], ["-x"], ["--help=yes"], ["now"], ["--", "now"]].map(
      (words) => [name, words] as const,
    ),
  ),
)("npm's %s refuses %j with the usage", async (name, words) => {
  const dataDir = await makeDataDir();
  const { code, stdout, stderr } = await run(name, words, dataDir);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(words.at(-1)!.replace(/=.*/, ""));
  expect(stderr).toContain(`Usage: ${COMMANDS[name].typed}`);
  expect(await readdir(join(dataDir, ".."))).toEqual([]);
});
