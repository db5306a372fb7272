import type { AddressFacts } from "@scrapersky/outcome";
import { countryNamed } from "../places/country-names.ts";
import { line, lineOrNull } from "../text.ts";
import type { Findings } from "./findings.ts";
import { wholeHours } from "./hours.ts";
import { isOnEarth, writtenOf } from "./postal-address.ts";

/** What schema.org microdata of a page says of the business. */
export interface Microdata {
  phones: string[];
  faxes: string[];
  hours: string[];
  places: Omit<AddressFacts, "page">[];
}

const PARTS = new Set([
  "streetAddress",
  "addressLocality",
  "addressRegion",
  "postalCode",
  "addressCountry",
]);
const PLACES_MAX = 40;

/** Properties in the order of the page: a part that comes a second time belongs to the next address. */
export function readMicrodata({ itemprops }: Findings): Microdata {
  const found: Microdata = { phones: [], faxes: [], hours: [], places: [] };
  let parts = new Map<string, string>();
  let latitude: number | undefined;
  for (const { name, value } of itemprops) {
    const short = line(value, 120);
    if (name === "telephone") found.phones.push(value);
    else if (name === "faxNumber") found.faxes.push(value);
    else if (name === "openingHours") found.hours.push(wholeHours(short));
    else if (name === "latitude") latitude = Number(short);
    else if (name === "longitude") locate(found.places, parts, latitude, Number(short));
    else if (PARTS.has(name)) {
      if (parts.has(name)) {
        keep(found.places, parts);
        parts = new Map();
      }
      if (short !== "") parts.set(name, short);
    }
  }
  keep(found.places, parts);
  return found;
}

function keep(places: Microdata["places"], parts: ReadonlyMap<string, string>): void {
  const street = lineOrNull(parts.get("streetAddress")?.replace(/,\s*$/, ""), 120);
  if (street === null || places.length >= PLACES_MAX) return;
  const part = (name: string): string | null =>
    lineOrNull(parts.get(name)?.replace(/,\s*$/, ""), 120);
  const place = {
    street,
    postcode: part("postalCode"),
    town: part("addressLocality"),
    region: part("addressRegion"),
  };
  const country = part("addressCountry");
  const lat = Number(parts.get("latitude"));
  const lon = Number(parts.get("longitude"));
  places.push({
    ...place,
    country: countryNamed(country ?? ""),
    geo: parts.has("latitude") && isOnEarth(lat, lon) ? { lat, lon } : null,
    written: writtenOf(place, country),
    from: "microdata",
  });
}

/** Degrees belong to the address that is being read, or to the one before them. */
function locate(
  places: Microdata["places"],
  parts: Map<string, string>,
  lat: number | undefined,
  lon: number,
): void {
  if (lat === undefined || !isOnEarth(lat, lon)) return;
  const last = places.at(-1);
  if (parts.size > 0) parts.set("latitude", String(lat)).set("longitude", String(lon));
  else if (last !== undefined) last.geo ??= { lat, lon };
}
