import type { DigitLine } from "../extract/digit-lines.ts";
import { fold } from "../phones/fold.ts";
import { postcodesIn } from "./postcodes.ts";

/** A place written in a text. */
export interface Place {
  street: string;
  postcode: string;
  town: string;
  region: string | null;
  /** Where it can be, the likeliest first; one when its spelling leaves no choice. */
  countries: readonly string[];
  written: string;
}

const PLACES_PER_LINE_MAX = 10;
const BEFORE_CHARS = 160;
/** Digits as dense as postcodes have them. */
const MAY_HAVE_CODE = /\d{3}|\d[A-Z]{2}|\d[A-Z]\d|\d\d-\d{3}/;

/** Places of a line: a postcode with its town, and the street beside or above it. Without a street nothing is a place. */
export function findPlaces({
  text,
  before,
  after,
}: Pick<DigitLine, "text" | "before" | "after">): Place[] {
  if (!MAY_HAVE_CODE.test(text)) return [];
  const line = clean(text);
  const codes = postcodesIn(line);
  if (codes.length === 0) return [];
  const above = before
    .split("\n")
    .map(clean)
    .filter((part) => part !== "");
  const below = after
    .split("\n")
    .map(clean)
    .filter((part) => part !== "");
  const places: Place[] = [];
  let from = 0;
  for (const code of codes.slice(0, PLACES_PER_LINE_MAX)) {
    const left = line.slice(Math.max(from, code.start - BEFORE_CHARS), code.start);
    const place = code.read({
      left,
      right: line.slice(code.end),
      above: from === 0 ? above : [],
      below,
    });
    if (place === undefined) continue;
    places.push(place);
    from = code.end;
  }
  return places;
}

/** Places of a text of one or several lines, such as an <address> element or what a map is asked for. */
export function placesIn(text: string): Place[] {
  const lines = text
    .split("\n")
    .map((part) => fold(part).trim())
    .filter((part) => part !== "");
  return lines.flatMap((line, index) =>
    findPlaces({
      text: line,
      before: lines.slice(Math.max(0, index - 3), index).join("\n"),
      after: lines.slice(index + 1, index + 3).join("\n"),
    }),
  );
}

const clean = (text: string): string =>
  text
    .replace(/[\u001f☏℻]/g, " ")
    .replace(/ {2,}/g, " ")
    .trim();
