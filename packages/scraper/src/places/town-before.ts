import { countryAtEnd } from "./country-names.ts";
import type { Place } from "./find-places.ts";
import type { Surroundings } from "./postcodes.ts";
import { CA_PROVINCES, GB_COUNTIES } from "./provinces.ts";
import { isBritishStreet, isStreet, partStreetAndTown, streetAtEnd, UNIT_LINE } from "./streets.ts";

/** Where the town stands before the postcode. */
export function named(
  head: string,
  around: Surroundings,
  known: { postcode: string; region: string | null; country: string; tail: string },
): Place | undefined {
  const { above } = around;
  const segments = head.split(/\s*[|·•]\s*/).filter((segment) => /\p{L}/u.test(segment));
  const parts = (segments.at(-1) ?? "")
    .split(/\s*,\s*|\s+-\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  let town = parts.pop();
  let street = parts.length > 0 ? streetAtEnd(parts.join(", ")) : null;
  if (street === null && town !== undefined && parts.length === 0) {
    const both = partStreetAndTown(town);
    if (both !== undefined) {
      street = streetAtEnd(both.street);
      town = both.town;
    }
  }
  if (street === null && parts.length === 0) street = streetAtEnd(segments.at(-2) ?? "");
  let last = above.length - 1;
  if (town === undefined || town === "") town = above[last--]?.replace(/,$/, "");
  if (town === undefined || !isTown(town)) return undefined;
  if (street === null) street = streetAbove(above.slice(0, last + 1));
  if (street === null) return undefined;
  const written = `${street}, ${town}, ${known.tail}`;
  return {
    street,
    postcode: known.postcode,
    town,
    region: known.region,
    countries: [known.country],
    written,
  };
}

/** The nearest line above that is a street; a suite may stand between. */
export function streetAbove(above: readonly string[]): string | null {
  for (let index = above.length - 1; index >= Math.max(0, above.length - 3); index--) {
    const line = (above[index] as string).replace(/,$/, "");
    if (UNIT_LINE.test(line)) {
      const street = (above[index - 1] ?? "").replace(/,$/, "");
      if (isStreet(street)) return `${street}, ${line}`;
      continue;
    }
    if (isStreet(line)) return line;
    const street = /[,|·•:]/.test(line) ? streetAtEnd(line) : null;
    if (street !== null) return street;
  }
  return null;
}

export const isTown = (text: string): boolean =>
  text.length >= 2 &&
  text.length <= 50 &&
  /^[\p{Lu}\p{Lo}'’][\p{L}\p{M}.'’() \-/]*$/u.test(text) &&
  text.split(" ").length <= 6;

export function readBritish(
  code: string,
  { left, right, above, below }: Surroundings,
): Place | undefined {
  const isIrish = /^[A-Z]\d[\dW] ?[A-Z\d]{4}$/.test(code);
  const inner = isIrish ? 4 : 3;
  const postcode = code.includes(" ") ? code : `${code.slice(0, -inner)} ${code.slice(-inner)}`;
  const parts =
    left
      .split(/\s*[|·•]\s*/)
      .at(-1)
      ?.split(/\s*,\s*|\s+-\s+/)
      .map((part) => part.trim())
      .filter((part) => part !== "") ?? [];
  const lines = [
    ...above
      .flatMap((line) => line.split(/\s*,\s*/))
      .filter((part) => part !== "")
      .slice(-6),
    ...parts,
  ];
  const own = parts.length;
  let region: string | null = null;
  let town = lines.pop();
  if (town !== undefined && GB_COUNTIES.test(town)) {
    region = town;
    town = lines.pop();
  }
  if (town === undefined || !isTown(town)) {
    const both = town === undefined ? undefined : partStreetAndTown(town);
    if (both === undefined) return undefined;
    lines.push(both.street);
    town = both.town;
  }
  const street =
    lines.slice(own > 2 ? -(own - 1) : -4).findLast((part) => isStreet(part) && /\d/.test(part)) ??
    lines.findLast((part) => isStreet(part)) ??
    lines.findLast((part) => isBritishStreet(part));
  if (street === undefined) return undefined;
  const abroad = countryAtEnd(right) ?? countryAtEnd(below[0] ?? "");
  return {
    street,
    postcode,
    town,
    region,
    countries: [isIrish ? "IE" : (abroad ?? "GB")],
    written: [street, town, region, postcode].filter(Boolean).join(", "),
  };
}

export function readCanadian(code: string, around: Surroundings): Place | undefined {
  const postcode = code.includes(" ") ? code : `${code.slice(0, 3)} ${code.slice(3)}`;
  const [, head, province] = CA.exec(around.left) ?? [];
  if (head === undefined || province === undefined) return undefined;
  return named(head, around, {
    postcode,
    region: province,
    country: "CA",
    tail: `${province} ${postcode}`,
  });
}

const CA = new RegExp(String.raw`^(.*?)[\s,(]+(${CA_PROVINCES})\)?\.?,?\s*$`, "u");
