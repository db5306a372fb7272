/** Whether a missing browser is a failure instead of a reason to skip. */
export const isCi = process.env["CI"] === "true";

/**
 * The environment a process of the tested product gets: ours, without a database or secrets of the machine. The product
 * runs in production mode whatever it says; only its worker, which visits fake sites, asks whether it may.
 */
export const productEnv = (settings: Record<string, string>): NodeJS.ProcessEnv => {
  const {
    DATABASE_URL: _url,
    DATABASE_MIGRATION_URL: _direct,
    AUTH_SECRET: _secret,
    WEBHOOKS_KEY: _key,
    ...inherited
  } = process.env;
  return { ...inherited, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1", ...settings };
};
