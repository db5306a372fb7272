import type { BusinessFacts } from "@scrapersky/outcome";
import { firstOf, type GatheredPage } from "../site/gathered.ts";

export function businessOf(pages: readonly GatheredPage[]): BusinessFacts {
  return {
    name: null,
    nameFrom: null,
    kind: firstOf(pages, ({ extract }) => extract.structured.businessType),
    legalName: null,
  };
}
