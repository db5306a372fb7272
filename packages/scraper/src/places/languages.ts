/** Countries where a language is at home, the likeliest first, each with what the language alone is worth as a sign. */
export const COUNTRIES_OF_LANGUAGE: Readonly<
  Record<string, readonly (readonly [country: string, weight: number])[]>
> = {
  en: [
    ["US", 0],
    ["GB", 0],
    ["CA", 0],
    ["AU", 0],
    ["IE", 0],
    ["NZ", 0],
    ["IN", 0],
    ["ZA", 0],
  ],
  de: [
    ["DE", 1],
    ["AT", 0.5],
    ["CH", 0.5],
    ["LI", 0],
  ],
  fr: [
    ["FR", 1],
    ["BE", 0.3],
    ["CH", 0.4],
    ["CA", 0.4],
    ["LU", 0],
  ],
  es: [
    ["ES", 1],
    ["MX", 0.8],
    ["AR", 0.3],
    ["CO", 0.3],
    ["CL", 0.3],
    ["PE", 0.2],
    ["US", 0],
  ],
  it: [
    ["IT", 1.5],
    ["CH", 0.3],
  ],
  nl: [
    ["NL", 1.2],
    ["BE", 0.6],
  ],
  pt: [
    ["BR", 1],
    ["PT", 0.9],
  ],
  sv: [
    ["SE", 1.5],
    ["FI", 0.2],
  ],
  da: [["DK", 1.5]],
  nb: [["NO", 1.5]],
  no: [["NO", 1.5]],
  nn: [["NO", 1.5]],
  fi: [["FI", 1.5]],
  ja: [["JP", 2]],
  pl: [["PL", 1.5]],
  cs: [["CZ", 1.5]],
  sk: [["SK", 1.5]],
  ko: [["KR", 2]],
  zh: [
    ["CN", 1],
    ["TW", 0.5],
    ["HK", 0.3],
  ],
  tr: [["TR", 1.5]],
  el: [["GR", 1.5]],
  hu: [["HU", 1.5]],
  ro: [["RO", 1.5]],
  ru: [["RU", 1]],
  uk: [["UA", 1.5]],
  he: [["IL", 1.5]],
  hi: [["IN", 1.5]],
  ca: [["ES", 1.5]],
  eu: [["ES", 1.5]],
  gl: [["ES", 1.5]],
};

/** What a declared language with a region is worth; builders write en-US everywhere. */
export const weightOfRegion = (tag: string): number => (tag.toLowerCase() === "en-us" ? 0.5 : 2);
