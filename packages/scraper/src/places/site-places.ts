import type { DigitLine } from "../extract/digit-lines.ts";
import type { GatheredPage } from "../site/gathered.ts";
import { countryOfTaxId } from "./tax-ids.ts";
import { findPlaces, type Place } from "./find-places.ts";

/** A place of the text and the first page that has it. */
export interface SitePlace {
  place: Place;
  page: string;
  /** The line that has it, up to it, and the lines above: the name of the business stands there. */
  above: string[];
}

const PLACES_MAX = 60;

/** Places in the text of a site, each once; a line that repeats is looked at once. */
export function placesOfSite(pages: readonly GatheredPage[]): SitePlace[] {
  const seen = new Set<DigitLine>();
  const places: SitePlace[] = [];
  for (const { facts, extract } of pages) {
    for (const line of extract.lines) {
      if (places.length >= PLACES_MAX) return places;
      if (seen.has(line)) continue;
      seen.add(line);
      for (const place of findPlaces(line))
        places.push({
          place,
          page: facts.url,
          above: [line.text, ...line.before.split("\n").toReversed()],
        });
    }
  }
  return places;
}

/** Tax and register numbers of the text and of structured data, with their countries. */
export function taxIdsOf(pages: readonly GatheredPage[]): { country: string; value: string }[] {
  const seen = new Set<DigitLine>();
  const found: { country: string; value: string }[] = [];
  for (const { extract } of pages) {
    for (const id of extract.structured.taxIds) {
      const known = countryOfTaxId(id);
      if (known !== undefined) found.push(known);
    }
    for (const line of extract.lines) {
      if (seen.has(line) || line.digits < 5) continue;
      seen.add(line);
      const known = countryOfTaxId(line.text);
      if (known !== undefined) found.push(known);
    }
  }
  return found;
}
