const ENDING_REGIONS: Record<string, string> = {
  uk: "GB",
  eu: "",
  com: "",
  net: "",
  org: "",
  info: "",
  biz: "",
  io: "",
  co: "",
  me: "",
  tv: "",
  cc: "",
  ai: "",
  example: "",
  test: "",
};
const LANGUAGE_REGIONS: Record<string, string> = {
  en: "US",
  de: "DE",
  fr: "FR",
  es: "ES",
  it: "IT",
  ja: "JP",
  nl: "NL",
  pt: "PT",
  pl: "PL",
  sv: "SE",
  da: "DK",
  nb: "NO",
  no: "NO",
  fi: "FI",
  cs: "CZ",
  ko: "KR",
  zh: "CN",
  tr: "TR",
  el: "GR",
  hu: "HU",
  ro: "RO",
  ru: "RU",
  uk: "UA",
  he: "IL",
};

/** What a site shows of where it is from. */
export interface RegionSigns {
  /** What its structured data says. */
  country: string | null;
  host: string;
  /** The language it declares. */
  language: string | null;
  /** Countries of its numbers that are written with one, the most frequent first. */
  numbers: readonly string[];
  /** The language its text is written in. */
  written: string | null;
}

/**
 * The country of a site: what its structured data says, else its domain's ending, the region of its language, the
 * country its other numbers are from, and last the language: the declared one, or where none is, the written one.
 */
export function regionOf(signs: RegionSigns): { region: string | undefined; certain: boolean } {
  if (signs.country !== null && /^[A-Z]{2}$/.test(signs.country))
    return { region: signs.country, certain: true };
  const ending = signs.host.slice(signs.host.lastIndexOf(".") + 1);
  const byEnding = ENDING_REGIONS[ending] ?? (ending.length === 2 ? ending.toUpperCase() : "");
  if (byEnding !== "") return { region: byEnding, certain: true };
  const [declared = "", part] = (signs.language ?? "").split(/[-_]/);
  if (part !== undefined && /^[a-z]{2}$/i.test(part))
    return { region: part.toUpperCase(), certain: true };
  if (signs.numbers.length > 0)
    return { region: signs.numbers[0], certain: signs.numbers.length === 1 };
  if (declared === "") return { region: LANGUAGE_REGIONS[signs.written ?? "en"], certain: false };
  const byLanguage = LANGUAGE_REGIONS[declared.toLowerCase()];
  return {
    region: byLanguage,
    certain: byLanguage !== undefined && declared.toLowerCase() !== "en",
  };
}
