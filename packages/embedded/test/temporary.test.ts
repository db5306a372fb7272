import { existsSync } from "node:fs";
import { mkdir, readFile, realpath, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findProcess } from "@scrapersky/machine";
import { startTemporaryPostgres } from "../src/index.ts";
import { runTool } from "../src/tool.ts";
import { query } from "./query.ts";
import { kill, later, startElsewhere } from "./harness.ts";

test("a temporary server leaves nothing behind", async () => {
  const server = await startTemporaryPostgres();
  expect((await stat(server.dataDir)).isDirectory()).toBe(true);
  await server.stop();
  await expect(stat(dirname(server.dataDir))).rejects.toThrow("ENOENT");
});

test("its files are on a disk when that is asked for", async () => {
  const server = await startTemporaryPostgres({ onDisk: true });
  expect(server.dataDir.startsWith(await realpath(tmpdir()))).toBe(true);
  await server.stop();
});

test("temporary servers are copies of one cluster, and share nothing else", async () => {
  const servers = await Promise.all([1, 2, 3].map(() => startTemporaryPostgres()));
  const identify = "select system_identifier from pg_control_system()";
  const identities = await Promise.all(servers.map((server) => query(server, identify)));
  const another = await startTemporaryPostgres();
  servers.push(another);
  expect(identities).toContainEqual(await query(another, identify));
  await query(servers[0]!, "create table mine (a int)");
  expect(await query(another, "select to_regclass('mine') is null")).toEqual([["t"]]);
  await Promise.all(servers.map((server) => server.stop()));
});

test("what a killed run left is stopped and removed; what a living run uses is not", async () => {
  const living = await startElsewhere("startTemporaryPostgres", {});
  const killed = await startElsewhere("startTemporaryPostgres", {});
  await kill(killed.process);
  expect(await findProcess(killed.server.pid)).toBeDefined();

  const server = await startTemporaryPostgres();
  later(() => server.stop());
  expect(await findProcess(killed.server.pid)).toBeUndefined();
  await expect(stat(dirname(killed.server.dataDir))).rejects.toThrow("ENOENT");
  expect(await findProcess(living.server.pid)).toBeDefined();

  await kill(living.process);
  const last = await startTemporaryPostgres();
  await last.stop();
});

test.runIf(process.platform === "linux" && process.getuid?.() === 0)(
  "whose a folder is holds between those who cannot see each other's processes, and a disk in it is given back",
  async () => {
    const living = await startTemporaryPostgres();
    later(() => living.stop());
    const apart = await startElsewhere("startTemporaryPostgres", {}, undefined, true);
    await (await startTemporaryPostgres()).stop();
    for (const { dataDir } of [living, apart.server])
      expect((await stat(dataDir)).isDirectory()).toBe(true);

    const left = dirname(apart.server.dataDir);
    const disk = join(left, "disk");
    await mkdir(disk);
    expect((await runTool("mount", ["-t", "tmpfs", "tmpfs", disk], { name: "root" })).code).toBe(0);
    await kill(apart.process);
    // The system ends those in there a moment later.
    const isLeft = async () => {
      await (await startTemporaryPostgres()).stop();
      return existsSync(left);
    };
    await expect.poll(isLeft).toBe(false);
    expect(await readFile("/proc/self/mountinfo", "utf8")).not.toContain(disk);
  },
);
