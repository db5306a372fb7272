import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether a missing browser is a failure instead of a reason to skip. */
export const isCi = process.env["CI"] === "true";

/** A Chromium to use instead of the ones that are looked for. */
export const browserOverride = process.env["TEST_CHROMIUM"];

/**
 * The environment a process of the tested product gets: ours, without a database or secrets of the machine. The product
 * runs in production mode whatever it says; only its worker, which visits fake sites, asks whether it may.
 */
export const productEnv = (settings: Record<string, string>): NodeJS.ProcessEnv => {
  const {
    DATABASE_URL: _url,
    DATABASE_MIGRATION_URL: _direct,
    AUTH_SECRET: _secret,
    ...inherited
  } = process.env;
  return { ...inherited, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1", ...settings };
};

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
