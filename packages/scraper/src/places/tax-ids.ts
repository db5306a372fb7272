/** Numbers that only one country gives out, and words that only its companies write. */
const SIGNS: readonly (readonly [country: string, pattern: string])[] = [
  [
    "AU",
    String.raw`A\.?B\.?N\.?:? ?\d{2} ?\d{3} ?\d{3} ?\d{3}|A\.?C\.?N\.?:? ?\d{3} ?\d{3} ?\d{3}`,
  ],
  [
    "DE",
    String.raw`DE ?\d{3} ?\d{3} ?\d{3}|HR[AB][ -]?(?:Nr\.? ?)?\d{2,6}|Amtsgericht \p{Lu}\p{L}+`,
  ],
  ["AT", String.raw`ATU ?\d{8}|(?:FN|Firmenbuch(?:nummer)?:?) ?\d{5,6} ?[a-z]`],
  ["CH", String.raw`CHE[- ]?\d{3}\.?\d{3}\.?\d{3}`],
  [
    "FR",
    String.raw`FR ?[\dA-Z]{2} ?\d{3} ?\d{3} ?\d{3}|(?:SIRET|SIREN|R\.?C\.?S\.?)[^\d\n]{0,25}\d{3} ?\d{3} ?\d{3}|(?:APE|NAF) ?:? ?\d{4} ?[A-Z]`,
  ],
  [
    "IT",
    String.raw`(?:P\. ?IVA|P\.? ?I\.|Partita IVA|Cod(?:ice|\.) ?Fisc(?:ale|\.)|C\.F\.)[^\d\n]{0,20}(?:IT ?)?\d{11}|REA [A-Z]{2}`,
  ],
  [
    "ES",
    String.raw`(?:C\.?I\.?F\.?|N\.?I\.?F\.?)[: -]{1,3}(?:ES ?)?[A-Z]-? ?\d{2}\.?\d{3}\.?\d{2}[\dA-J]`,
  ],
  ["PT", String.raw`(?:NIPC|NIF|Contribuinte)[^\d\n]{0,6}5\d{2} ?\d{3} ?\d{3}`],
  ["NL", String.raw`K\.?v\.?K\.?[^\d\n]{0,15}\d{8}|NL ?\d{9} ?B ?\d{2}`],
  ["BE", String.raw`BE ?0?\d{3}\.?\d{3}\.?\d{3}`],
  ["SE", String.raw`Org(?:anisations)?\.?[- ]?(?:nr|nummer)\.?:? ?(?:SE ?)?\d{6}-\d{4}|SE ?\d{12}`],
  [
    "NO",
    String.raw`Org(?:anisasjons)?\.?[- ]?(?:nr|nummer)\.?:? ?(?:NO ?)?\d{3} ?\d{3} ?\d{3}(?: ?MVA)?`,
  ],
  ["DK", String.raw`CVR[-. ]?(?:nr\.?)?:? ?\d{2} ?\d{2} ?\d{2} ?\d{2}`],
  ["FI", String.raw`Y-tunnus:? ?\d{7}-\d`],
  [
    "GB",
    String.raw`GB ?\d{3} ?\d{4} ?\d{2}|[Rr]egistered in (?:England|Scotland|Wales|Northern Ireland)[^\n]{0,60}?\d{6,8}|(?:SC|NI)\d{6}`,
  ],
  ["IE", String.raw`IE ?\d{7}[A-Z]{1,2}`],
  ["PL", String.raw`NIP:? ?\d{3}-?\d{3}-?\d{2}-?\d{2}|REGON:? ?\d{9}`],
  ["CZ", String.raw`IČO?:? ?\d{8}|DIČ:? ?CZ ?\d{8,10}`],
  ["BR", String.raw`\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}`],
  ["MX", String.raw`R\.?F\.?C\.?[: ]{1,2}[A-ZÑ&]{3,4}-?\d{6}-?[A-Z\d]{3}`],
  ["IN", String.raw`\d{2}[A-Z]{5}\d{4}[A-Z]\dZ[A-Z\d]|CIN[: -]{1,3}[LU]\d{5}[A-Z]{2}\d{4}`],
  ["CA", String.raw`\d{9} ?RT ?\d{4}|(?:GST|HST)(?:\/HST)?[^\d\n]{0,12}\d{9}(?: ?RT)?`],
  ["JP", String.raw`(?:登録番号|法人番号)[^\d\n]{0,4}T?\d{13}`],
  ["US", String.raw`EIN[: ]{1,2}\d{2}-\d{7}`],
  ["NZ", String.raw`NZBN[^\d\n]{0,5}\d{13}`],
];
const ANY = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${SIGNS.map(([, pattern]) => `(${pattern})`).join("|")})(?![\p{L}\p{N}])`,
  "u",
);
/** Few lines hold a run of capitals or one of the words; the others are not looked at. */
const MAY_BE =
  /[A-Z]{2}|K\.?v\.?K|[A-Z]\. ?[A-Z]\.|Amtsgericht|Firmenbuch|egistered in|Partita|Codice|Org|tunnus|IČ|Contrib|番号|\d\/\d{4}-/;

/** The country whose tax or register number a folded line holds. */
export function countryOfTaxId(line: string): { country: string; value: string } | undefined {
  if (!MAY_BE.test(line)) return undefined;
  const match = ANY.exec(line);
  if (match === null) return undefined;
  const index = match.findIndex((group, at) => at > 0 && group !== undefined) - 1;
  const country = SIGNS[index]?.[0];
  return country === undefined ? undefined : { country, value: match[0] };
}
