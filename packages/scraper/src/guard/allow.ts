import { isProduction } from "./env.ts";

/** Names that lead to fixed addresses instead of the internet, for tests and demos. No other name resolves beside them. */
export interface SiteAllowList {
  hosts: Record<string, { http?: string; https?: string }>;
  /** PEM of an authority to trust for these names. */
  ca?: string;
}

/** Throws in production: an allow-list opens loopback addresses. */
export function refuseInProduction(allow: SiteAllowList | undefined): void {
  if (allow !== undefined && isProduction()) {
    throw new Error(
      "A site allow-list was given in production. Unset SCRAPER_SITES_FILE, or run with another NODE_ENV.",
    );
  }
}
