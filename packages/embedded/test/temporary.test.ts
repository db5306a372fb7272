import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { findProcess, startTemporaryPostgres } from "../src/index.ts";
import { kill, later, startElsewhere } from "./harness.ts";

test("a temporary server leaves nothing behind", async () => {
  const server = await startTemporaryPostgres();
  expect((await stat(server.dataDir)).isDirectory()).toBe(true);
  await server.stop();
  await expect(stat(dirname(server.dataDir))).rejects.toThrow("ENOENT");
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
