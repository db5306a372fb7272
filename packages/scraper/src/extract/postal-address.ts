import type { AddressFacts } from "@scrapersky/outcome";
import { countryNamed } from "../places/country-names.ts";
import { CAPS, line, lineOrNull } from "../text.ts";
import { nameOf, type Node, strings } from "./schema-values.ts";

const PARTS = ["streetAddress", "addressLocality", "postalCode"];

/** The place that a node of structured data is; null when it is none. Whether it says "PostalAddress" does not matter. */
export function placeOf(node: Node, types: string[]): Omit<AddressFacts, "page"> | null {
  if (!types.includes("PostalAddress") && !PARTS.some((key) => Object.hasOwn(node, key)))
    return null;
  const part = (key: string): string | null =>
    lineOrNull(strings(node[key])[0] ?? nameOf(node[key]), CAPS.short);
  const place = {
    street: joined(strings(node["streetAddress"])),
    postcode: part("postalCode"),
    town: part("addressLocality"),
    region: part("addressRegion"),
    country: countryNamed(part("addressCountry") ?? ""),
    geo: null,
    from: "json_ld" as const,
  };
  if (place.street === null && place.town === null) return null;
  return { ...place, written: writtenOf(place, part("addressCountry")) };
}

const joined = (lines: string[]): string | null =>
  lineOrNull(
    lines
      .flatMap((text) => text.split(/\s*[\n\r]+\s*/))
      .filter((text) => text.trim() !== "")
      .slice(0, 4)
      .join(", "),
    CAPS.short,
  );

/** One line of the parts of an address, in the order that its country writes them. */
export function writtenOf(
  { street, postcode, town, region }: Pick<AddressFacts, "street" | "postcode" | "town" | "region">,
  country: string | null,
): string {
  const local = [town, [region, postcode].filter(Boolean).join(" ")].filter(Boolean).join(", ");
  return line([street, local, country].filter(Boolean).join(", "), CAPS.address);
}

/** Degrees as numbers, where both are some. */
export function geoOf(value: unknown): AddressFacts["geo"] {
  const node: unknown = Array.isArray(value) ? value[0] : value;
  if (node === null || typeof node !== "object") return null;
  const lat = Number(strings((node as Node)["latitude"])[0]);
  const lon = Number(strings((node as Node)["longitude"])[0]);
  return isOnEarth(lat, lon) ? { lat, lon } : null;
}

export const isOnEarth = (lat: number, lon: number): boolean =>
  Number.isFinite(lat) &&
  Number.isFinite(lon) &&
  Math.abs(lat) <= 90 &&
  Math.abs(lon) <= 180 &&
  (lat !== 0 || lon !== 0);
