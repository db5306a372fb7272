import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // A whole stack starts in each: on a busy small machine that may take a while.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One starts stacks and waits for them most of the time; the others fit beside it.
    maxWorkers: 2,
  },
});
