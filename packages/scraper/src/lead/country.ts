import type { CountryFacts, CountrySign, LanguageFacts } from "@scrapersky/outcome";
import type { Mention, SiteNumbers } from "../phones/site-numbers.ts";
import { type SitePlace, taxIdsOf } from "../places/site-places.ts";
import { countryOfCurrency } from "../places/currencies.ts";
import { countryOfEnding } from "../places/endings.ts";
import { COUNTRIES_OF_LANGUAGE, weightOfRegion } from "../places/languages.ts";
import { firstOf, type GatheredPage } from "../site/gathered.ts";
import { line } from "../text.ts";

/** How much each sign weighs. A country is sure at 5, likely at 2, in both cases well before the next one. */
const WEIGHT = {
  json_ld: 5,
  tld: 4,
  tax_id: 4,
  address: 4,
  guessed_address: 1.5,
  abroad: 3,
  national: 2,
  geo: 3,
  currency: 1.5,
  locale: 0.7,
};
const SURE = 5;
const LIKELY = 2;
const AHEAD = 2;
/** Regions in which the numbers are tried: each costs a reading of all of them. */
const REGIONS_MAX = 9;

/** The country of a business, and the region in which its national numbers are read, which may be a guess. */
export function countryOf(
  pages: readonly GatheredPage[],
  host: string,
  languages: LanguageFacts,
  numbers: SiteNumbers,
  places: readonly SitePlace[],
): { country: CountryFacts | null; region: string | undefined } {
  const scale = new Scale();
  const ending = countryOfEnding(host);
  if (ending !== undefined) scale.add("tld", ending.country, WEIGHT.tld, ending.ending);
  const stated = firstOf(pages, ({ extract }) => extract.structured.country);
  if (stated !== null && /^[A-Z]{2}$/.test(stated))
    scale.add("json_ld", stated, WEIGHT.json_ld, stated);
  for (const { country, value } of taxIdsOf(pages))
    scale.addOnce("tax_id", country, WEIGHT.tax_id, value);
  weighNumbers(
    scale,
    numbers.in(undefined).filter(({ from }) => from !== "whatsapp"),
    WEIGHT.abroad,
  );
  for (const { extract } of pages) {
    for (const code of extract.structured.currencies) {
      const country = countryOfCurrency(code);
      if (country !== undefined) scale.addOnce("currency", country, WEIGHT.currency, code);
    }
    if (extract.price !== undefined)
      scale.addOnce("currency", extract.price.country, WEIGHT.currency, extract.price.value);
    if (extract.geoRegion !== null)
      scale.addOnce("geo", extract.geoRegion, WEIGHT.geo, extract.geoRegion);
  }
  const language = languages.site ?? firstOf(pages, ({ extract }) => extract.writtenLanguage);
  for (const { place } of places.slice(0, 6)) weighPlace(scale, place, language);
  weighLanguage(scale, language, languages.site !== null);
  const locale = firstOf(pages, ({ extract }) => extract.ogLocale);
  if (locale !== null && locale.includes("-") && locale !== "en-US" && locale !== language)
    scale.addOnce("lang", locale.slice(-2), WEIGHT.locale, locale);

  const tried = regionsToTry(scale, language);
  weighNational(scale, tried, numbers);
  const country = scale.country();
  return { country, region: country?.code ?? tried[0] };
}

/** Where a postcode leaves a choice, the language of the site takes it. */
function weighPlace(
  scale: Scale,
  { countries, written }: SitePlace["place"],
  language: string | null,
): void {
  const [only] = countries;
  if (only !== undefined && countries.length === 1) {
    scale.addOnce("address", only, WEIGHT.address, written);
    return;
  }
  const spoken = COUNTRIES_OF_LANGUAGE[(language ?? "").split("-")[0] ?? ""] ?? [];
  for (const country of countries)
    if (spoken.some(([code]) => code === country))
      scale.addOnce("guessed", country, WEIGHT.guessed_address, written);
}

/** Each country gets the part of the weight that its part of the numbers is. */
function weighNumbers(scale: Scale, mentions: readonly Mention[], weight: number): void {
  const counts = new Map<string, { numbers: Set<string>; first: string }>();
  let all = 0;
  const seen = new Set<string>();
  for (const { number, international, calling } of mentions) {
    if (
      !international ||
      number.country === undefined ||
      calling === "fax" ||
      seen.has(number.e164)
    )
      continue;
    seen.add(number.e164);
    all++;
    const count = counts.get(number.country) ?? { numbers: new Set(), first: number.e164 };
    count.numbers.add(number.e164);
    counts.set(number.country, count);
  }
  for (const [country, { numbers, first }] of counts)
    scale.add("phone", country, (weight * numbers.size) / all, first);
}

function weighLanguage(scale: Scale, language: string | null, isDeclared: boolean): void {
  if (language === null) return;
  const [bare = "", region] = language.split("-");
  if (region !== undefined && /^[A-Z]{2}$/.test(region) && isDeclared)
    scale.add("lang", region, weightOfRegion(language), language);
  for (const [country, weight] of COUNTRIES_OF_LANGUAGE[bare] ?? [])
    if (weight > 0) scale.add("lang", country, isDeclared ? weight : weight / 2, language);
}

/** Countries that something speaks for, then those of the language, else those of English. */
function regionsToTry(scale: Scale, language: string | null): string[] {
  const spoken =
    COUNTRIES_OF_LANGUAGE[(language ?? "en").split("-")[0] ?? ""] ??
    COUNTRIES_OF_LANGUAGE["en"] ??
    [];
  return [
    ...new Set([
      ...scale.ranking().map(([country]) => country),
      ...spoken.map(([country]) => country),
    ]),
  ].slice(0, REGIONS_MAX);
}

/** Numbers need a region, and the region needs numbers: the one in which most of them exist is the likeliest. */
function weighNational(scale: Scale, tried: readonly string[], numbers: SiteNumbers): void {
  const [first, second] = scale.ranking();
  const isSettled =
    first !== undefined && first[1] >= SURE && first[1] >= AHEAD * (second?.[1] ?? 0);
  let most = 0;
  const counts = new Map<string, { score: number; first: string }>();
  for (const region of isSettled ? [first[0]] : tried) {
    const found = new Map<string, Mention>();
    for (const mention of numbers.in(region)) {
      const { number, international, weak, calling, styled } = mention;
      if (international || weak || (number.country ?? region) !== region) continue;
      // digits alone make no country that nothing else speaks for
      if (calling === undefined && !styled && !scale.has(region)) continue;

      found.set(number.e164, mention);
    }
    const mentions = [...found.values()];
    const [example] = mentions;
    if (example === undefined) continue;
    // a number that is grouped as people of that country group it counts for more
    const score = mentions.reduce((sum, { styled }) => sum + (styled ? 1.5 : 1), 0);
    counts.set(region, { score, first: example.number.national });
    most = Math.max(most, score);
  }
  const best = [...counts].filter(([, { score }]) => score === most);
  for (const [region, { first: number }] of best)
    scale.add("phone", region, WEIGHT.national / Math.sqrt(best.length), number);
}

/** What speaks for each country, in the order it was put on. */
class Scale {
  readonly #weights = new Map<string, number>();
  readonly #signs: CountrySign[] = [];
  readonly #seen = new Set<string>();

  add(sign: CountrySign["sign"] | "guessed", says: string, weight: number, value: string): void {
    this.#weights.set(says, (this.#weights.get(says) ?? 0) + weight);
    if (this.#signs.length < 40)
      this.#signs.push({
        sign: sign === "guessed" ? "address" : sign,
        says,
        value: line(value, 120),
      });
  }

  /** A sign that repeats on every page weighs once. */
  addOnce(
    sign: CountrySign["sign"] | "guessed",
    says: string,
    weight: number,
    value: string,
  ): void {
    const key = `${sign} ${says}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.add(sign, says, weight, value);
  }

  has(country: string): boolean {
    return this.#weights.has(country);
  }

  ranking(): [country: string, weight: number][] {
    return [...this.#weights].toSorted((one, other) => other[1] - one[1]);
  }

  country(): CountryFacts | null {
    const [first, second] = this.ranking();
    if (first === undefined) return null;
    const [code, weight] = first;
    const ahead = weight / (second?.[1] ?? 0.01);
    const confidence =
      weight >= SURE && ahead >= AHEAD
        ? "sure"
        : weight >= LIKELY && ahead >= 1.25
          ? "likely"
          : "weak";
    return { code, confidence, signs: this.#signs };
  }
}
