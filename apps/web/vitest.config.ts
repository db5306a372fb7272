import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      // Lists of a hundred thousand lines take a while on a busy machine.
      {
        test: { name: "unit", include: ["src/**/*.test.ts"], testTimeout: 30_000, isolate: false },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          globalSetup: "e2e/stack.setup.ts",
          // Two at a time: while one waits for sites to be scraped the other works.
          maxWorkers: 2,
          // Files share what they import: loading it again for each of them took a tenth of the time.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
