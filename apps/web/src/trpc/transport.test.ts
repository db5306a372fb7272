import { afterEach, expect, test, vi } from "vitest";
import { createBrowserClient } from "./transport.ts";

afterEach(() => void vi.unstubAllGlobals());

test("each request of a page begins a trace, which the api goes on with", async () => {
  const seen: (string | null)[] = [];
  vi.stubGlobal("fetch", (_address: string, init: RequestInit) => {
    seen.push(new Headers(init.headers).get("traceparent"));
    return Promise.resolve(Response.json([{ result: { data: [] } }]));
  });
  const client = createBrowserClient("skyline");
  await client.features.tree.query();
  await client.features.tree.query();
  for (const traceparent of seen) expect(traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  expect(new Set(seen).size).toBe(2);
});
