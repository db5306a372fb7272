import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // More than there are cores: they wait for servers, poolers and deadlines most of the time.
    maxWorkers: 3,
  },
});
