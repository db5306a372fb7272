import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { persist } from "./late.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("asks for a script until it can be had", async () => {
  vi.useFakeTimers();
  let tries = 0;
  const script = persist(async () => {
    if (++tries < 8) throw new Error("not to be had");
    return Promise.resolve("here");
  });
  await vi.runAllTimersAsync();
  expect([await script, tries]).toEqual(["here", 8]);
});

it("asks no more once the server has other scripts than the page", async () => {
  vi.useFakeTimers();
  vi.resetModules();
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 404 })));
  // Modules that other tests know stay as they are.
  const { persist: ask } = await import("./late.ts");
  let tries = 0;
  const loadOld = (): Promise<never> => {
    tries++;
    return Promise.reject(new Error("Failed to load chunk /_next/static/chunks/0a1b.js"));
  };
  void ask(loadOld);
  void ask(loadOld);
  await vi.runAllTimersAsync();
  expect(tries).toBe(2);
  expect(vi.getTimerCount()).toBe(0);
});

it("is the only way to a part that comes later: another one takes the page down", () => {
  const root = join(import.meta.dirname, "..");
  const others = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) =>
      /\.tsx?$/.test(path) &&
      path !== join("ui", "late.ts") &&
      /import \{[^}]*\blazy\b[^}]*\} from "react"/.test(readFileSync(join(root, path), "utf8")),
  );
  expect(others).toEqual([]);
});
