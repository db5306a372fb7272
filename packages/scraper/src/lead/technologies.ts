import type { TechnologyFacts } from "@scrapersky/outcome";
import { SiteTraces } from "../extract/site-traces.ts";
import { type Gathered, ownPages } from "../site/gathered.ts";
import { detectTechnologies } from "../site/technologies.ts";
import type { Caps } from "./caps.ts";

/** Products behind the site; of a parker's page only those that serve it. */
export const technologiesOf = (gathered: Gathered, caps: Caps): TechnologyFacts[] =>
  caps.cut(
    "technologies",
    detectTechnologies({
      traces: gathered.flags.has("parked") ? new SiteTraces() : gathered.traces,
      home: gathered.home.url,
      domain: gathered.domain,
      headers: gathered.home.headers,
      pages: ownPages(gathered).map(({ facts }) => facts),
    }),
  );
