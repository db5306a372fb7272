import type { Place } from "./find-places.ts";
import { AU_STATES, BR_STATES, IN_STATES, US_STATE_NAMES, US_STATES } from "./provinces.ts";
import { streetAtEnd } from "./streets.ts";
import { continental } from "./town-after.ts";
import { isTown, named, readBritish, readCanadian, streetAbove } from "./town-before.ts";

/** What stands around a postcode. */
export interface Surroundings {
  left: string;
  right: string;
  /** Lines above, the nearest last; and below. */
  above: readonly string[];
  below: readonly string[];
}

/** A postcode of a line, and how a place is read around it. */
export interface Postcode {
  start: number;
  end: number;
  read(around: Surroundings): Place | undefined;
}

const ANY =
  /(?<![\p{L}\p{N}./_-])(?:([A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}|[AC-FHKNPRTV-Y]\d[\dW] ?[AC-FHKNPRTV-Y\d]{4}(?=.{0,30}$))|([A-Z]\d[A-Z] ?\d[A-Z]\d)|(\d{4} ?[A-Z]{2}(?=,? [\p{Lu}'’]))|(?:([A-Z]{1,3})(?:[- ]|(?<=(?:^|[,|·•] ?)[A-Z]{1,3}) - ?))?(\d{5}-\d{3}|〒?\d{3}-\d{4}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{3}|\d{3} \d{2}|\d{5}(?:-\d{4})?|\d{6}|\d{4})|〒(\d{3}-\d{4}))(?![\p{L}\p{N}%€]|[.,:/]\d|-\d)/gu;

/** Prefixes that Europeans put before a postcode, by country. */
const PREFIXES: Readonly<Record<string, string>> = {
  D: "DE",
  DE: "DE",
  A: "AT",
  AT: "AT",
  CH: "CH",
  F: "FR",
  FR: "FR",
  I: "IT",
  IT: "IT",
  E: "ES",
  ES: "ES",
  NL: "NL",
  B: "BE",
  BE: "BE",
  L: "LU",
  LU: "LU",
  S: "SE",
  SE: "SE",
  DK: "DK",
  N: "NO",
  NO: "NO",
  FI: "FI",
  FL: "LI",
  PL: "PL",
  CZ: "CZ",
};
const FIVE = ["DE", "FR", "ES", "IT", "MX", "FI"];
const FOUR = ["AT", "CH", "BE", "DK", "NO", "LU"];

export function postcodesIn(line: string): Postcode[] {
  const found: Postcode[] = [];
  for (const match of line.matchAll(ANY)) {
    if (found.length >= 20) break;
    const [whole, british, canadian, dutch, prefix, digits, japanese] = match;
    const end = match.index + whole.length;
    const at = { start: match.index, end };
    if (british !== undefined)
      found.push({ ...at, read: (around) => readBritish(british, around) });
    else if (canadian !== undefined)
      found.push({ ...at, read: (around) => readCanadian(canadian, around) });
    else if (dutch !== undefined) {
      const code = `${dutch.slice(0, 4)} ${dutch.slice(-2)}`;
      found.push({ ...at, read: (around) => continental(code, ["NL"], around) });
    } else {
      const code = digits ?? japanese ?? "";
      found.push({ ...at, read: (around) => readDigits(code, prefix, around) });
    }
  }
  return found;
}

const US = new RegExp(String.raw`^(.*?)[\s,]+(${US_STATES}|${US_STATE_NAMES})\.?,?\s*$`, "u");
const AU = new RegExp(String.raw`^(.*?)[\s,]+(${AU_STATES})\.?,?\s*$`, "u");

function readDigits(
  code: string,
  prefix: string | undefined,
  around: Surroundings,
): Place | undefined {
  const { left } = around;
  if (/^〒?\d{3}-\d{4}$/.test(code)) return readJapanese(code.replace("〒", ""), around);
  if (/^\d{5}-\d{3}$/.test(code)) return readBrazilian(code, around);
  const full = prefix === undefined ? left : `${left}${prefix} `;
  if (/^\d{5}(?:-\d{4})?$/.test(code)) {
    const [, head, state] = US.exec(full) ?? [];
    if (head !== undefined && state !== undefined)
      return named(head, around, {
        postcode: code,
        region: state,
        country: "US",
        tail: `${state} ${code}`,
      });
    if (code.length > 5) return undefined;
  }
  if (/^\d{4}$/.test(code)) {
    const [, head, state] = AU.exec(full) ?? [];
    if (head !== undefined && state !== undefined)
      return named(head, around, {
        postcode: code,
        region: state,
        country: "AU",
        tail: `${state} ${code}`,
      });
  }
  if (/^\d{3} ?\d{3}$/.test(code)) return readIndian(code, around);
  const known = prefix === undefined ? undefined : PREFIXES[prefix];
  if (prefix !== undefined && known === undefined) return undefined;
  if (/^\d{3} \d{2}$/.test(code)) return continental(code, known ? [known] : ["SE", "CZ"], around);
  if (/^\d{4}-\d{3}$/.test(code)) return continental(code, ["PT"], around);
  if (/^\d{2}-\d{3}$/.test(code)) return continental(code, ["PL"], around);
  return continental(code, known ? [known] : code.length === 4 ? FOUR : FIVE, around, prefix);
}

const PREFECTURE =
  /(北海道|東京都|京都府|大阪府|\p{Script=Han}{2,3}県)([^\d\s,、（(|]{1,8}?[市区町村郡])?([^|（(\n]{0,40})/u;

function readJapanese(
  postcode: string,
  { left, right, below, above }: Surroundings,
): Place | undefined {
  for (const text of [right, below[0] ?? "", left, above.at(-1) ?? ""]) {
    const [whole, prefecture, town, rest] = PREFECTURE.exec(text) ?? [];
    if (whole === undefined || prefecture === undefined) continue;
    const street = (rest ?? "").replace(/\s*(?:TEL|電話|FAX|Tel).*$/i, "").trim();
    if (street === "" || !/[\d一二三四五六七八九十]/.test(street)) return undefined;
    return {
      street,
      postcode,
      town: town ?? prefecture,
      region: prefecture,
      countries: ["JP"],
      written: `〒${postcode} ${prefecture}${town ?? ""}${street}`,
    };
  }
  const [, city, within] = /^\s*(\p{Script=Han}{1,5}[市郡])([^|（(\n]{2,40})/u.exec(right) ?? [];
  if (city !== undefined && within !== undefined && /[\d一二三四五六七八九十]/.test(within)) {
    const street = within.replace(/\s*(?:TEL|電話|FAX|Tel).*$/i, "").trim();
    return {
      street,
      postcode,
      town: city,
      region: null,
      countries: ["JP"],
      written: `〒${postcode} ${city}${street}`,
    };
  }
  const [, head, town] =
    /^(.*\d.*?),\s*(\p{Lu}[\p{L}\p{M}-]+)(?:,? Japan)?,?\s*$/u.exec(left) ?? [];
  if (head === undefined || town === undefined || !/^[\s,]*Japan/.test(right)) return undefined;
  return {
    street: head,
    postcode,
    town,
    region: null,
    countries: ["JP"],
    written: `${head}, ${town} ${postcode}`,
  };
}

const BR_TOWN = new RegExp(
  String.raw`(?:^|[,\-–/|]\s*)(\p{Lu}[\p{L}\p{M} .']{1,40}?)\s*[,/\-–]\s*(${BR_STATES})(?![\p{L}])`,
  "u",
);

function readBrazilian(postcode: string, { left, right, above }: Surroundings): Place | undefined {
  const bare = left.replace(/CEP:?\s*$/i, "").replace(/[\s,\-–|]+$/, "");
  for (const text of [bare, right.replace(/^[\s,\-–|]+/, ""), above.at(-1) ?? ""]) {
    const match = BR_TOWN.exec(text);
    if (match === null) continue;
    const [, town = "", region = ""] = match;
    const head = text === bare || text === above.at(-1) ? text.slice(0, match.index) : bare;
    const street =
      streetAtEnd(head.split(/\s+[-–]\s+/)[0] ?? "") ??
      streetAbove(text === above.at(-1) ? above.slice(0, -1) : above);
    if (street === null) continue;
    return {
      street,
      postcode,
      town,
      region,
      countries: ["BR"],
      written: `${street}, ${town} - ${region}, ${postcode}`,
    };
  }
  return undefined;
}

const IN_STATE = new RegExp(`^(?:${IN_STATES})\\.?$`, "i");

function readIndian(code: string, { left, right, above, below }: Surroundings): Place | undefined {
  if (code.startsWith("0")) return undefined;
  const parts = [...above.slice(-3), left.replace(/(?:PIN(?: ?code)?|-|:|,|\s)+$/i, "")]
    .flatMap((part) => part.split(/\s*,\s*|\s+-\s+/))
    .map((part) => part.trim())
    .filter(
      (part) => part !== "" && part.replace(/\D/g, "").length < 8 && !/^india\.?$/i.test(part),
    );
  const ending = `${right} ${below[0] ?? ""}`;
  let region: string | null = null;
  let town = parts.pop();
  if (town !== undefined && IN_STATE.test(town)) {
    region = town;
    town = parts.pop() ?? town;
  }
  region ??=
    /^[\s,.-]*([\p{L} ]{4,20}?)(?:[\s,.]|$)/u.exec(right)?.[1]?.match(IN_STATE)?.[0] ?? null;
  const isIndian = region !== null || /\bindia\b/i.test(ending);
  if (town === undefined || !isTown(town)) return undefined;
  const first = parts.findIndex((part) => /\d/.test(part) && !/\d{7}/.test(part));
  if (first === -1) return undefined;
  const street = parts.slice(first).slice(0, 5).join(", ");
  if (street.length > 140) return undefined;
  return {
    street,
    postcode: code,
    town,
    region,
    countries: isIndian ? ["IN"] : ["IN", "SG", "CN"],
    written: [street, town, region, code].filter(Boolean).join(", "),
  };
}
