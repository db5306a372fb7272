import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Ends what hangs. Nothing is decided by how long a test takes.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 120_000,
    expect: { poll: { timeout: 100_000 } },
    globalSetup: "test/global-setup.ts",
    // More than there are cores: they wait for sites and leases most of the time.
    maxWorkers: 3,
  },
});
