import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // A whole stack starts in each: on a busy small machine that may take a while.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Side by side they would fight for the two cores and measure each other.
    fileParallelism: false,
  },
});
