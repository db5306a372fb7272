import { SiteTraces } from "../extract/site-traces.ts";
import type { Peer } from "../guard/connect.ts";
import type { SiteFacts } from "@scrapersky/outcome";
import { siteFacts } from "./site-facts.ts";

/** The facts of a site of which no page was read. */
export function emptySite(known: {
  domain: string;
  url: URL;
  robotsTxt: string | null;
  peer: Peer | undefined;
}): SiteFacts {
  return siteFacts({
    domain: known.domain,
    home: {
      ok: true,
      url: known.url,
      status: 0,
      headers: {},
      body: Buffer.alloc(0),
      truncated: false,
      headerMs: 0,
      totalMs: 0,
      wireBytes: 0,
      peer: known.peer ?? { address: null, tls: null },
    },
    redirectedTo: null,
    robotsTxt: known.robotsTxt,
    sitemap: { url: null, files: 0, pages: [] },
    pages: [],
    traces: new SiteTraces(),
    parked: false,
  });
}
