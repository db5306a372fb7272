import type { CountryFacts, LanguageFacts } from "@scrapersky/outcome";
import { countriesOf } from "../extract/phones.ts";
import { regionOf } from "../extract/region.ts";
import { firstOf, type Gathered, ownPages } from "../site/gathered.ts";

/** The country of a business, and the region in which its national numbers are read, which may be a guess. */
export function countryOf(
  gathered: Gathered,
  languages: LanguageFacts,
): { country: CountryFacts | null; region: string | undefined } {
  const pages = ownPages(gathered);
  const { region, certain } = regionOf({
    country: firstOf(pages, ({ extract }) => extract.structured.country),
    host: gathered.home.url.hostname,
    language: languages.site,
    numbers: countriesOf(
      new Set(pages.flatMap(({ extract }) => [...extract.telPhones, ...extract.phones])),
    ),
    written: firstOf(pages, ({ extract }) => extract.writtenLanguage),
  });
  if (region === undefined) return { country: null, region };
  return {
    country: { code: region, confidence: certain ? "likely" : "weak", signs: [] },
    region,
  };
}
