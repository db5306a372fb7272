import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // The product is given time to end.
    teardownTimeout: 300_000,
    projects: [
      {
        test: {
          // Ends what hangs. Nothing is decided by how long a test takes.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 100_000 } },
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}"],
          isolate: false,
        },
      },
      {
        test: {
          // Ends what hangs. Nothing is decided by how long a test takes.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 250_000 } },
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          globalSetup: "e2e/stack.setup.ts",
          // Two at a time: while one waits for sites to be scraped the other works.
          maxWorkers: 2,
          // Files share what they import: loading it again for each of them took a tenth of the time.
          isolate: false,
        },
      },
      {
        test: {
          hookTimeout: 600_000,
          name: "screenshots",
          include: ["e2e/*.shots.ts"],
          globalSetup: "e2e/stack.setup.ts",
        },
      },
    ],
  },
});
