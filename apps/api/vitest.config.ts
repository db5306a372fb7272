import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Ends what hangs. Nothing is decided by how long a test takes.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 120_000,
    expect: { poll: { timeout: 100_000 } },
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: "./test/global-setup.ts",
    // Files share what they import: loading it again for each of them took a quarter of the time.
    isolate: false,
    // Some look at the whole server that they share.
    fileParallelism: false,
  },
});
