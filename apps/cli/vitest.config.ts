import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Files share what they import: loading it again for each of them took a quarter of the time.
    isolate: false,
    globalSetup: "test/global-setup.ts",
    testTimeout: 60_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    // More than there are cores: they wait for servers, poolers and deadlines most of the time.
    maxWorkers: 3,
  },
});
