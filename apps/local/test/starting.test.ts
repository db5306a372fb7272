import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { findProcess, isSameProcess, waitFor } from "@scrapersky/machine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../src/env.ts";

/** What a start reads before anything is installed, with a package manager that never ends. */
let checkout: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "scrapersky-checkout-"));
  const parts = [
    "apps/local/bin",
    "packages/machine/src",
    "package.json",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
  ];
  for (const part of parts) {
    await cp(join(root, part), join(checkout, part), { recursive: true });
  }
  const programs = join(checkout, "programs");
  await mkdir(programs);
  const npx = join(programs, "npx");
  await writeFile(npx, "#!/bin/sh\necho $$ > npx.pid\nexec sleep 600\n");
  await chmod(npx, 0o755);
  environment = {
    HOME: checkout,
    PATH: [programs, process.env["PATH"]].join(delimiter),
  };
});
afterAll(() => rm(checkout, { recursive: true, force: true }));

const command = () => [join(checkout, "apps/local/bin/start.mjs"), "start"];

/** A start that is in the middle of its install. */
async function startInstalling() {
  const pidFile = join(checkout, "npx.pid");
  await rm(pidFile, { force: true });
  const child = spawn(process.execPath, command(), { env: environment, stdio: "ignore" });
  const readPid = async () => Number(await readFile(pidFile, "utf8").catch(() => ""));
  expect(await waitFor(async () => (await readPid()) > 0, 100_000)).toBe(true);
  const installer = (await findProcess(await readPid()))!;
  return {
    pid: child.pid,
    /** Kills the start alone: what it was running leaves by itself. */
    async kill() {
      child.kill("SIGKILL");
      await once(child, "close");
      expect(await waitFor(async () => !(await isSameProcess(installer)), 100_000)).toBe(true);
    },
  };
}

test("a second npm start waits a little for the first to install, and not for one that was killed", async () => {
  const first = await startInstalling();
  const second: unknown = await promisify(execFile)(process.execPath, command(), {
    env: environment,
  }).catch((error: unknown) => error);
  expect(second).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`Another npm start is under way (pid ${first.pid})`),
    stdout: "",
  });
  const patient = startInstalling();
  const waits = async () => {
    const names = await readdir(join(checkout, ".data"));
    return names.some((name) => name.startsWith("starting.lock."));
  };
  expect(await waitFor(waits, 100_000)).toBe(true);
  await first.kill();
  await (await patient).kill();
  const third = await startInstalling();
  await third.kill();
});
