import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";

/** A number that exists in the plan of its country. */
export interface PhoneNumber {
  e164: string;
  /** As dialled within its country. */
  national: string;
  /** ISO 3166 code; undefined for numbers that several countries share. */
  country: string | undefined;
}

/** Kept free for films by the British regulator, which is why no plan lists them; sites of samples are full of them. */
const STAGE = /^\+44(?:1632960|7700900|8081570|3069990)\d{3}$/;
/** Plans tell Vatican City by the first digits of a part of Rome. */
const SAME_PLAN: Readonly<Record<string, string>> = { VA: "IT" };
/** Islands whose mobile numbers look as those of the country they dial as. */
const ISLANDS: Readonly<Record<string, string>> = { GG: "GB", JE: "GB", IM: "GB" };

/** A site of a hundred branches stays far below, in all the regions that are tried. */
const READINGS_MAX = 1_500;

/** Reads digits as numbers, each once however often a site shows it: a reading costs up to 50 µs. */
export class Numbers {
  readonly #known = new Map<string, PhoneNumber | undefined>();

  /** Digits with the country's code in front, without "+". */
  international(digits: string): PhoneNumber | undefined {
    const number = this.#read(`+${digits}`, undefined);
    // Mexico had a 1 before its mobile numbers until 2019, and many sites still have
    return (
      number ??
      (/^521\d{10}$/.test(digits) ? this.#read(`+52${digits.slice(3)}`, undefined) : undefined)
    );
  }

  /** Digits as dialled within a region. */
  national(digits: string, region: string): PhoneNumber | undefined {
    return this.#read(digits, region);
  }

  /** Whether there were more digits than are read for one site. */
  get isSpent(): boolean {
    return this.#known.size >= READINGS_MAX;
  }

  #read(digits: string, region: string | undefined): PhoneNumber | undefined {
    const key = region === undefined ? digits : `${region}${digits}`;
    if (this.#known.has(key)) return this.#known.get(key);
    if (this.#known.size >= READINGS_MAX) return undefined;
    const number = parse(digits, region);
    this.#known.set(key, number);
    return number;
  }
}

/** Numbers of places in the US: the library would compile their plan anew for each, which takes 50 µs. */
const AMERICAN = patternOf("US");

function patternOf(country: CountryCode): RegExp | undefined {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  // what the library's own checks read, and its types leave out
  const plan = metadata.numberingPlan as unknown as {
    type?(name: string): { pattern?(): string } | undefined;
  };
  const pattern = plan.type?.("FIXED_LINE")?.pattern?.();
  return pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`);
}

/** No number of North America is shorter from abroad: "310" and four digits is the shortest. */
const isShortAmerican = (digits: string): boolean =>
  digits.startsWith("+1") && digits.length < "+1310XXXX".length;

const FROM_ABROAD = /^\+1(\d{3})(\d{3})(\d{4})$/;
const FROM_WITHIN = /^1?(\d{3})(\d{3})(\d{4})$/;

function parseAmerican(digits: string, region: string | undefined): PhoneNumber | undefined {
  if (region !== undefined && region !== "US") return undefined;
  const [, area, office, line] =
    (region === undefined ? FROM_ABROAD : FROM_WITHIN).exec(digits) ?? [];
  if (area === undefined || !AMERICAN?.test(`${area}${office}${line}`)) return undefined;
  return {
    e164: `+1${area}${office}${line}`,
    national: `(${area}) ${office}-${line}`,
    country: "US",
  };
}

function parse(digits: string, region: string | undefined): PhoneNumber | undefined {
  if (digits.length > 18 || isShortAmerican(digits)) return undefined;
  const american = parseAmerican(digits, region);
  if (american !== undefined) return american;
  const options =
    region === undefined
      ? { extract: false }
      : isSupportedCountry(region)
        ? { extract: false, defaultCountry: region }
        : undefined;
  const phone = options && parsePhoneNumberFromString(digits, options);
  if (phone === undefined || !(phone.isValid() || STAGE.test(phone.number))) return undefined;
  const country = STAGE.test(phone.number)
    ? "GB"
    : phone.country !== undefined && phone.getType() === "MOBILE"
      ? (ISLANDS[phone.country] ?? phone.country)
      : phone.country;
  return {
    e164: phone.number,
    national: phone.formatNational(),
    country: country === undefined ? undefined : (SAME_PLAN[country] ?? country),
  };
}

/** "49" for DE; undefined for what is no country. */
export const callingCodeOf = (country: string | undefined): string | undefined =>
  country !== undefined && isSupportedCountry(country) ? getCountryCallingCode(country) : undefined;
