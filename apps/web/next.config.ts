import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD } from "next/constants.js";

const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url));

export default (phase: string): NextConfig => ({
  // For the release. `next start` runs the same build without it, and would complain of it.
  output: phase === PHASE_PRODUCTION_BUILD ? "standalone" : undefined,
  outputFileTracingRoot: repositoryRoot,
  turbopack: { root: repositoryRoot },
  transpilePackages: ["@scrapersky/api"],
  // Pages named *.dev.tsx (the gallery) exist only under `next dev`.
  pageExtensions: phase === PHASE_DEVELOPMENT_SERVER ? ["tsx", "ts", "dev.tsx"] : ["tsx", "ts"],
  // `npm run check` judges the types; nobody waits for that at a start.
  typescript: { ignoreBuildErrors: true },
  // Of pages proxy.ts says it, of answers the api.
  headers: () =>
    Promise.resolve([
      { source: "/_next/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] },
    ]),
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  allowedDevOrigins: ["127.0.0.1"],
});
