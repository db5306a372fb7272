import { spawn } from "node:child_process";
import { copyFile, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  findArguments,
  findParent,
  findProcess,
  findRow,
  isSameProcess,
  runsIn,
} from "../src/index.mjs";

/** A process that sleeps in `cwd`, with these arguments. */
async function sleeper(program: string, args: string[], cwd: string) {
  const child = spawn(program, args, { cwd, stdio: ["pipe", "ignore", "ignore"] });
  await new Promise((resolve) => child.once("spawn", resolve));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return { pid: child.pid!, child, ended };
}

async function makeFolder(name: string): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), name)));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test.runIf(process.platform === "linux")(
  "arguments are told one by one, whatever they hold, and so is where a process stands",
  async () => {
    const folder = await makeFolder(`machine ") Z '`);
    const program = join(folder, "a (b) c");
    await copyFile("/bin/sh", program);
    const row = ["-D", `${folder}/x -p 1`, ""];
    const { pid } = await sleeper(program, ["-c", "read line; :", ...row, "--"], folder);
    const args = (await findArguments(pid))!;
    expect(findRow(args, row)).toBe(3);
    expect(findRow(args, ["-D", `${folder}/x`])).toBe(-1);
    expect(await runsIn(pid, folder)).toBe(true);
    expect(await runsIn(pid, tmpdir())).toBe(false);
    expect(await findParent(pid)).toBe(process.pid);
  },
);

test("a process is the same while it lives, and not another one of its pid", async () => {
  const { pid, child, ended } = await sleeper("/bin/cat", [], tmpdir());
  const identity = (await findProcess(pid))!;
  expect(await isSameProcess(identity)).toBe(true);
  expect(await isSameProcess({ pid: process.pid, startedAt: identity.startedAt })).toBe(false);
  expect(await isSameProcess({ pid, startedAt: "" })).toBe(false);
  child.kill("SIGKILL");
  await ended;
  expect(await isSameProcess(identity)).toBe(false);
  expect(await findArguments(pid)).toBeUndefined();
});
