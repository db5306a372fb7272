import { allowsTestSites } from "./env.ts";

/** Names that lead to fixed addresses instead of the internet, for tests and demos. No other name resolves beside them. */
export interface SiteAllowList {
  hosts: Record<
    string,
    {
      http?: string;
      https?: string;
      /** The network address at which the name is said to be, for tests of what many names share. */
      address?: string;
    }
  >;
  /** PEM of an authority to trust for these names. */
  ca?: string;
}

/** Throws unless NODE_ENV says development or test: an allow-list opens loopback addresses. */
export function refuseInProduction(allow: SiteAllowList | undefined): void {
  if (allow !== undefined && !allowsTestSites()) {
    throw new Error(
      "A site allow-list was given in production. Unset SCRAPER_SITES_FILE, or set NODE_ENV to development or test.",
    );
  }
}
