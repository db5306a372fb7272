import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startPostgres } from "@scrapersky/embedded";
import { waitFor } from "@scrapersky/machine";
import { areGone, endAll, makeDataDir, readStack, RUNNING, startCommand } from "./command.ts";

afterAll(endAll);

test("npm run dev serves the dashboard from its sources, and leaves with its supervisor", async () => {
  const dataDir = await makeDataDir();
  const command = startCommand(dataDir, {}, "dev");
  await command.says(RUNNING);
  const stack = await readStack(dataDir);
  const answer = await fetch(`${stack.web}/`, { redirect: "manual" });
  expect(answer.status).toBe(307);
  expect(answer.headers.get("location")).toContain("/sign-in");

  process.kill(stack.pid, "SIGKILL");
  await command.exited;
  expect(await waitFor(() => areGone([stack, ...stack.children]), 100_000)).toBe(true);
  // PostgreSQL outlives a killed supervisor, for the next start.
  const server = await startPostgres({ dataDir: join(dataDir, "postgres") });
  expect(server.adopted).toBe(true);
  await server.stop();
});
