import { realpath, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { findProcess } from "@scrapersky/machine";
import { startTemporaryPostgres } from "../src/index.ts";
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
