import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: "./test/global-setup.ts",
    // Files share what they import: loading it again for each of them took a quarter of the time.
    isolate: false,
    // As many as there are cores: half of the time they wait for answers and limits.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
