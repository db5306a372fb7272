import { afterAll, expect, test } from "vitest";
import { waitFor } from "@scrapersky/embedded";
import { areGone, endAll, makeDataDir, readStack, RUNNING, startCommand } from "./command.ts";

afterAll(endAll);

test("npm run dev serves the dashboard from its sources, and leaves with its supervisor", async () => {
  const dataDir = await makeDataDir();
  const command = startCommand(dataDir, {}, "dev");
  await command.says(RUNNING);
  const stack = await readStack(dataDir);
  const page = await fetch(`${stack.web}/sign-in`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("ScraperSky");

  process.kill(stack.pid, "SIGKILL");
  await command.exited;
  expect(await waitFor(() => areGone([stack, ...stack.children]), 15_000)).toBe(true);
});
