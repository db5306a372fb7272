import { countryAtEnd } from "./country-names.ts";
import type { Place } from "./find-places.ts";
import type { Surroundings } from "./postcodes.ts";
import { countriesOfTown } from "./provinces.ts";
import { streetAtEnd } from "./streets.ts";
import { isTown, streetAbove } from "./town-before.ts";

const STOPS =
  /\s+(?:Tel|Telefon|Phone|Fax|Mobil|Email|E-?Mail|Mail|Web|Internet|Öffnungszeiten|Anfahrt|T|M|F|P)(?!\p{L}).*$|\s[-|·•].*$/iu;
const PARTICLE =
  /^(?:am|an|der|im|in|bei|ob|unter|auf|dem|vor|zu|sur|sous|la|le|les|lès|de|del|della|di|da|do|dos|den|aan|het|i|y|et|a\.|b\.|d\.|v\.|et|en)$/;

/** The words of a town after its postcode. */
function townAfter(right: string): string | undefined {
  const [, stretch] = /^\s+([^,;|()\d\n·•:@!?]{2,60})/u.exec(right) ?? [];
  if (stretch === undefined) return undefined;
  const words = stretch.replace(STOPS, "").trim().split(/\s+/);
  const town: string[] = [];
  for (const word of words) {
    if (
      !(
        /^\p{Lu}/u.test(word) ||
        (town.length > 0 && PARTICLE.test(word)) ||
        /^[’'](?:s$|t$|s-\p{Lu})/u.test(word)
      )
    )
      break;
    town.push(word);
    if (town.length === 5 || (/\p{L}{3}\.$/u.test(word) && word !== "Sankt")) break;
  }
  while (town.length > 0 && PARTICLE.test(town.at(-1) as string)) town.pop();
  if (town.length === 0) return undefined;
  const name = town.join(" ").replace(/\.$/, "");
  const country = countryAtEnd(name);
  if (country === null || town.length === 1) return name;
  const rest = name.replace(/[\s-]+\S+$/, "");
  return PARTICLE.test(rest.split(" ").at(-1) ?? "") ? name : rest;
}

/** "10115 Berlin": the town after the postcode, the street before both or above. */
export function continental(
  postcode: string,
  candidates: readonly string[],
  around: Surroundings,
  prefix?: string,
): Place | undefined {
  const { left, right, above, below } = around;
  // no figure looks like it, so that a comma may follow: "C.P. 03100, Benito Juárez", "3011 AD, Rotterdam"
  const isMarked = /C\.?P\.?:? ?$/.test(left) || candidates[0] === "NL";
  const town = townAfter(isMarked ? right.replace(/^,/, "") : right);
  if (town === undefined || !isTown(town)) return undefined;
  const own = left.replace(/C\.?P\.?:? ?$/, "").trim();
  const street =
    own === ""
      ? streetAbove(above)
      : (streetAtEnd(own) ?? (/[,|]$/.test(own) ? null : streetAboveOf(own, above)));
  // "10115 Berlin, 10117 Berlin": a town that is served, no house
  if (street === null || leadingDigits(street) === leadingDigits(postcode)) return undefined;
  const [, bare = town, province] = candidates.includes("IT")
    ? (/^(.*\p{Ll}) ([A-Z]{2})$/u.exec(town) ?? [])
    : [];
  const [, region = province ?? null] =
    /^[\s,]*\(?([A-Z]{2})\)?(?![\p{L}\p{N}])/u.exec(
      right.slice(right.indexOf(town) + town.length),
    ) ?? [];
  const rest = right.slice(right.indexOf(town) + town.length);
  const country =
    countryAtEnd(/^[\s,-]*([\p{L} .]{2,30})/u.exec(rest)?.[1] ?? "") ??
    countryAtEnd(below[0] ?? "");
  const towns = countriesOfTown(bare).filter((code) => candidates.includes(code));
  const countries =
    country !== null
      ? [country]
      : towns.length > 0
        ? [...towns, ...candidates.filter((code) => !towns.includes(code))]
        : candidates;
  const code = prefix === undefined ? postcode : `${prefix}-${postcode}`;
  return {
    street,
    postcode,
    town: bare,
    region: candidates.includes("IT") || candidates.includes("ES") ? region : null,
    countries: country === null && towns.length === 1 ? [towns[0] as string] : countries,
    written: `${street}, ${code} ${town}`,
  };
}

/** A word such as "Adresse" before the postcode does not part it from the street above. */
const streetAboveOf = (own: string, above: readonly string[]): string | null =>
  /^\p{L}+:?$/u.test(own) ? streetAbove(above) : null;

const leadingDigits = (text: string): number => /^\d*/.exec(text)?.[0].length ?? 0;
