import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "./catalogue/index.ts";
import { serveSites } from "./server/serve.ts";
import type { Site } from "./site.ts";

export { catalogue } from "./catalogue/index.ts";
export { EVIL_MAIL, EVIL_TAGS, EVIL_TEXTS, repeatTo } from "./evil.ts";
export { gatherSites, generateSites, pathsOfPages } from "./generate.ts";
export type { Site, SiteAnswer, SiteExpectation, SiteRequest } from "./site.ts";

/** The sites as a process of their own: the file to hand to Node, with `--allow-file FILE`. */
export const SITES_PROGRAM = join(import.meta.dirname, "main.ts");

/** Which names lead where; the exact shape that the scraper's `allow` option and SCRAPER_SITES_FILE take. */
export interface SiteAllowList {
  hosts: Record<string, { http?: string; https?: string }>;
  /** PEM of the authority that signed the sites' certificates. */
  ca?: string;
}

export interface StartedSites {
  sites: Site[];
  allow: SiteAllowList;
  writeAllowFile(path: string): void;
  /** Requests a site has answered since the start. */
  requests(name: string): number;
  close(): Promise<void>;
}

/** Nothing listens on the first port: connections are refused at once. */
const CLOSED = "127.0.0.1:1";

/** Serves fake sites on loopback by name; the whole catalogue unless told otherwise. */
export async function startSites(
  options: {
    sites?: Site[];
    /** False serves every site over plain HTTP only. */
    https?: boolean;
    /** Added before every answer. */
    latencyMs?: number;
  } = {},
): Promise<StartedSites> {
  const sites = options.sites ?? catalogue();
  const served = await serveSites(sites, { latencyMs: options.latencyMs ?? 0 });
  const allow: SiteAllowList = { hosts: {}, ca: served.ca };
  for (const site of sites) {
    for (const host of site.hosts) {
      allow.hosts[host] = {
        http: site.schemes.includes("http") ? served.http : CLOSED,
        https: site.schemes.includes("https") && options.https !== false ? served.https : CLOSED,
      };
    }
  }
  return {
    sites,
    allow,
    writeAllowFile: (path) => writeFileSync(path, `${JSON.stringify(allow, null, 2)}\n`),
    requests: served.requests,
    close: served.close,
  };
}
