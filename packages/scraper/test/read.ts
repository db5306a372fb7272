import { type Extract, extract } from "../src/extract/extract.ts";
import { siteReading } from "../src/extract/site-reading.ts";
import type { SiteTraces } from "../src/extract/site-traces.ts";

export interface Read extends Extract {
  traces: SiteTraces;
}

/** One page of HTML on its own. */
export function read(html: string, address = "https://one.example/"): Read {
  const url = new URL(address);
  const reading = siteReading(url.hostname, 2026);
  return { ...extract(html, url, reading), traces: reading.traces };
}
