import type { AddressFacts } from "@scrapersky/outcome";
import { placesIn, type Place } from "../places/find-places.ts";
import type { SitePlace } from "../places/site-places.ts";
import { isStreet } from "../places/streets.ts";
import type { GatheredPage } from "../site/gathered.ts";
import { CAPS, line } from "../text.ts";
import type { Caps } from "./caps.ts";

/** Places of the business, each once: structured data first, then what is marked as an address, maps, and the text. */
export function addressesOf(
  pages: readonly GatheredPage[],
  places: readonly SitePlace[],
  country: string | null,
  caps: Caps,
): AddressFacts[] {
  const found: AddressFacts[] = [];
  const add = (address: AddressFacts): void => {
    const same = found.find((known) => isSame(known, address));
    if (same === undefined) found.push(address);
    else complete(same, address);
  };
  // the same on a further page adds nothing
  const seen = new Set<unknown>();
  const isFresh = (written: unknown): boolean => !seen.has(written) && seen.add(written).size > 0;
  for (const { facts, extract } of pages)
    for (const place of [...extract.structured.places, ...extract.microdata.places])
      if (isFresh(place))
        for (const address of stated(place, country)) add({ ...address, page: facts.url });
  for (const { facts, extract } of pages)
    for (const text of extract.addressTexts)
      if (isFresh(text))
        for (const address of marked(text, country)) add({ ...address, page: facts.url });
  for (const { place, page } of places) {
    const address = located(place, "text", country);
    if (address !== undefined) add({ ...address, page });
  }
  for (const { facts, extract } of pages) {
    for (const { query, geo } of extract.maps) {
      for (const place of query === null ? [] : placesIn(query)) {
        const address = located(place, "map", country);
        if (address !== undefined) add({ ...address, geo, page: facts.url });
      }
    }
  }
  return caps.cut("addresses", found);
}

type Unpaged = Omit<AddressFacts, "page">;

/** An address that structured data gives as one text is taken apart as any other. */
function stated(place: Unpaged, country: string | null): Unpaged[] {
  if (place.street !== null || place.town !== null) return [place];
  const parts = placesIn(place.written).flatMap(
    (found) => located(found, place.from, country) ?? [],
  );
  return parts.length > 0 ? parts : isStreet(place.written) ? [place] : [];
}

/** The text of an <address>: with a postcode, or with a street at least. */
function marked(text: string, country: string | null): Unpaged[] {
  const places = placesIn(text).flatMap((place) => located(place, "address", country) ?? []);
  if (places.length > 0) return places;
  const parts = text
    .split(/\n|,\s/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const at = parts.findIndex((part) => isStreet(part) && /\d/.test(part));
  const street = parts[at];
  if (street === undefined || text.length > 200 || /[@!?]/.test(text)) return [];
  const next = parts[at + 1];
  const town = next !== undefined && /^\p{Lu}[\p{L}\p{M}.'’ -]{1,40}$/u.test(next) ? next : null;
  return [
    {
      ...NOWHERE,
      street,
      town,
      written: line([street, town].filter(Boolean).join(", "), CAPS.address),
      from: "address",
    },
  ];
}

const NOWHERE = {
  street: null,
  postcode: null,
  town: null,
  region: null,
  country: null,
  geo: null,
};

/** A place with the country that it can be in; undefined where the country of the site rules all of them out. */
function located(
  place: Place,
  from: AddressFacts["from"],
  country: string | null,
): Unpaged | undefined {
  const { countries } = place;
  const here = country !== null && countries.includes(country) ? country : null;
  if (here === null && country !== null && countries.length > 1 && from === "text")
    return undefined;
  return {
    street: line(place.street, CAPS.short),
    postcode: place.postcode,
    town: line(place.town, CAPS.short),
    region: place.region,
    country: here ?? (countries.length === 1 ? (countries[0] ?? null) : null),
    geo: null,
    written: line(place.written, CAPS.address),
    from,
  };
}

const bare = (text: string | null): string =>
  (text ?? "")
    .toLowerCase()
    .replace(/stra(?:ss|ß)e|street/g, "str")
    .replace(/[^\p{L}\p{N}]+/gu, "");
const numbersOf = (text: string | null): string => (text?.match(/\d+/g) ?? []).join(" ");

function isSame(one: AddressFacts, other: AddressFacts): boolean {
  const [left, right] = [bare(one.street), bare(other.street)];
  const [code, otherCode] = [bare(one.postcode), bare(other.postcode)];
  const isNear =
    code !== "" && otherCode !== ""
      ? code === otherCode
      : one.town === null || other.town === null || bare(one.town) === bare(other.town);
  if (!isNear) return false;
  if (left === "" || right === "") return left === right;
  if (left.startsWith(right) || right.startsWith(left)) return true;
  return (
    code !== "" &&
    numbersOf(one.street) === numbersOf(other.street) &&
    left.slice(0, 4) === right.slice(0, 4)
  );
}

/** What one way to write an address leaves out, another way may have. */
function complete(known: AddressFacts, other: AddressFacts): void {
  known.postcode ??= other.postcode;
  known.town ??= other.town;
  known.region ??= other.region;
  known.country ??= other.country;
  known.geo ??= other.geo;
}
