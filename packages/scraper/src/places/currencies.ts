/** Currencies that one country alone has. */
const COUNTRIES: Readonly<Record<string, string>> = {
  GBP: "GB",
  CHF: "CH",
  CAD: "CA",
  AUD: "AU",
  NZD: "NZ",
  JPY: "JP",
  SEK: "SE",
  NOK: "NO",
  DKK: "DK",
  PLN: "PL",
  CZK: "CZ",
  HUF: "HU",
  INR: "IN",
  BRL: "BR",
  MXN: "MX",
  ZAR: "ZA",
};
const IN_TEXT =
  /(£|CHF|R\$|₹|A\$|AU\$|CA\$|C\$|NZ\$|MX\$|zł|Kč|円|SEK|NOK|DKK|INR|AUD|CAD|NZD|GBP|BRL|MXN)[ \u00a0.]{0,2}\d|\d[ \u00a0]?(CHF|円|zł|Kč|SEK|NOK|DKK|GBP)/;
const SIGNS: Readonly<Record<string, string>> = {
  "£": "GB",
  R$: "BR",
  "₹": "IN",
  A$: "AU",
  AU$: "AU",
  CA$: "CA",
  C$: "CA",
  NZ$: "NZ",
  MX$: "MX",
  zł: "PL",
  Kč: "CZ",
  円: "JP",
};

export const countryOfCurrency = (code: string): string | undefined => COUNTRIES[code];

/** The first price with a currency of one country alone. */
export function countryOfPrice(text: string): { country: string; value: string } | undefined {
  const match = IN_TEXT.exec(text);
  const sign = match?.[1] ?? match?.[2];
  const country = sign === undefined ? undefined : (SIGNS[sign] ?? COUNTRIES[sign]);
  return country === undefined ? undefined : { country, value: sign as string };
}
