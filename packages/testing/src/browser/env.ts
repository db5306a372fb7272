import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Chromium to use instead of the ones that are looked for. */
export const browserOverride = process.env["TEST_CHROMIUM"];

/**
 * The npm Chromium carries its own copies of the system libraries for machines without them, but unpacks them only
 * where it believes to run in a cloud function. Call this before it is imported.
 */
export const askForBundledLibraries = (): void => {
  process.env["AWS_EXECUTION_ENV"] = "AWS_Lambda_nodejs22.x";
};

/** The environment of a browser that needs those libraries. */
export const bundledBrowserEnv = (): NodeJS.ProcessEnv => ({
  ...process.env,
  LD_LIBRARY_PATH: join(tmpdir(), "al2023", "lib"),
});
