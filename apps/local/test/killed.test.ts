// Whatever is killed, and whenever: nothing is left that harms the next start.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { waitFor } from "@scrapersky/machine";
import { afterEach, expect, test } from "vitest";
import { type Command, endAll, makeDataDir, RUNNING, startCommand } from "./command.ts";

afterEach(endAll);

/** Every living process that was started for this data folder: told by its environment or its arguments. */
async function findAll(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, "utf8").catch(() => "");
    const [environment, args] = await Promise.all([read("environ"), read("cmdline")]);
    const isOurs =
      environment.split("\0").includes(`DATA_DIR=${dataDir}`) ||
      args.split("\0").some((arg) => arg.startsWith(dataDir));
    if (isOurs) found.push(`${pid} ${args.replaceAll("\0", " ")}`);
  }
  return found;
}

const findSupervisor = async (dataDir: string): Promise<string | undefined> =>
  (await findAll(dataDir)).find((one) => one.includes("apps/local/src/main.ts"));

/** What is left once nobody leaves any more. */
async function findLeft(dataDir: string): Promise<string[]> {
  await waitFor(async () => (await findAll(dataDir)).length === 0, 30_000, 100);
  return await findAll(dataDir);
}

/** As a terminal that is closed, or a service manager, kills: all of npm's process group at once. */
async function killGroup(command: Command): Promise<void> {
  process.kill(-command.child.pid!, "SIGKILL");
  await command.exited;
}

const onLinux = process.platform === "linux";

test
  .runIf(onLinux)
  .each([
    "ScraperSky",
    "1/6  Packages",
    "2/6  Build",
    "3/6  Database",
    "4/6  Migrations",
    "5/6  First data",
    RUNNING,
  ])("npm's process group killed at %j leaves no process", async (said) => {
  const dataDir = await makeDataDir();
  const command = startCommand(dataDir, {}, { ofItsOwn: true });
  await command.says(said);
  await killGroup(command);
  expect(await findLeft(dataDir)).toEqual([]);
});

test.runIf(onLinux)(
  "npm's process group killed while the supervisor is loaded leaves no process",
  async () => {
    const dataDir = await makeDataDir();
    // As on a slow machine: what is loaded first takes its time, in every process.
    const slow = "data:text/javascript,await%20new%20Promise(r=>setTimeout(r,1500))";
    const settings = { NODE_OPTIONS: `--import=${slow}` };
    const command = startCommand(dataDir, settings, { ofItsOwn: true });
    const isLoading = async () => (await findSupervisor(dataDir)) !== undefined;
    expect(await waitFor(isLoading, 60_000, 1)).toBe(true);
    await killGroup(command);
    expect(await findLeft(dataDir)).toEqual([]);
  },
);

test.runIf(onLinux)(
  "a supervisor killed at any step leaves PostgreSQL at most, and the next start runs",
  async () => {
    const dataDir = await makeDataDir();
    for (const said of ["3/6  Database", "4/6  Migrations", "5/6  First data"]) {
      const command = startCommand(dataDir);
      await command.says(said);
      const supervisor = await findSupervisor(dataDir);
      process.kill(Number(supervisor?.split(" ")[0]), "SIGKILL");
      await command.exited;
      const others = async () =>
        (await findAll(dataDir)).filter((one) => !one.includes(join(dataDir, "postgres")));
      await waitFor(async () => (await others()).length === 0, 30_000, 100);
      expect(await others()).toEqual([]);
    }
    const next = startCommand(dataDir);
    await next.says(RUNNING);
    next.child.kill("SIGTERM");
    expect(await next.exited).toBe(0);
    expect(await findLeft(dataDir)).toEqual([]);
  },
);
