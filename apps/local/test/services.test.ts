import { expect, test } from "vitest";
import { checkSettings } from "../src/check-settings.ts";
import { readEnv } from "../src/env.ts";
import { servicesOf } from "../src/services.ts";
import type { Mode } from "../src/stack.ts";

/** The worker as this command would start it. `sitesFile`: what the demo writes down for itself. */
function findWorker(mode: Mode, settings: NodeJS.ProcessEnv, sitesFile?: string) {
  const env = readEnv({ PATH: process.env["PATH"], ...settings });
  const list = servicesOf({
    env: sitesFile === undefined ? env : { ...env, sitesFile },
    mode,
    ports: { web: 3000, api: 4000, worker: 4001 },
    databaseUrl: "postgresql://127.0.0.1/scrapersky",
    secrets: { auth: "a".repeat(32), webhooks: "w".repeat(32) },
    token: "of this start",
  });
  return list.find(({ name }) => name === "worker")!;
}

const judge = (...args: Parameters<typeof findWorker>): Promise<void> =>
  checkSettings(findWorker(...args), AbortSignal.timeout(30_000));

test.each([
  ["demo", { NODE_ENV: "production" }, "demo-sites.json"],
  ["demo", {}, "demo-sites.json"],
  ["dev", { NODE_ENV: "production", SCRAPER_SITES_FILE: "sites.json" }, undefined],
  ["start", { NODE_ENV: "development", SCRAPER_SITES_FILE: "sites.json" }, undefined],
  ["start", { NODE_ENV: "test", SCRAPER_SITES_FILE: "sites.json" }, undefined],
  ["start", { NODE_ENV: "production" }, undefined],
] as const)("npm run %s with %j lets its worker start", async (mode, settings, sitesFile) => {
  await judge(mode, settings, sitesFile);
  const given = sitesFile ?? ("SCRAPER_SITES_FILE" in settings ? "sites.json" : undefined);
  expect(findWorker(mode, settings, sitesFile).env["SCRAPER_SITES_FILE"]).toBe(given);
});

test.each([{ NODE_ENV: "production" }, { NODE_ENV: "staging" }, {}])(
  "npm start with fake sites and %j is refused",
  async (settings) => {
    await expect(judge("start", { ...settings, SCRAPER_SITES_FILE: "sites.json" })).rejects.toThrow(
      "SCRAPER_SITES_FILE: replaces the internet",
    );
  },
);
