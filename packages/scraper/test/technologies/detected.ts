import type { PageType, TechnologyFacts } from "@scrapersky/outcome";
import type { HeaderMap } from "../../src/fetch/wire.ts";
import type { Catalogue } from "../../src/site/evidence/catalogue.ts";
import { detectTechnologies } from "../../src/site/technologies.ts";
import { read } from "../read.ts";

/** The technologies of a site of one page. */
export function detected(
  site: { html: string; headers?: HeaderMap; address?: string; pageType?: PageType },
  catalogue?: Catalogue,
): TechnologyFacts[] {
  const { html, headers = {}, address = "https://www.nordwind-studio.example/" } = site;
  const { traces, page } = read(html, address);
  const home = new URL(address);
  return detectTechnologies(
    {
      traces,
      home,
      domain: home.hostname,
      headers,
      pages: [
        { url: address, pageType: site.pageType ?? "home", outboundLinks: page.outboundLinks },
      ],
    },
    catalogue,
  );
}
