/** Names of countries as addresses end with them, in the languages of the sites. */
const NAMES: Readonly<Record<string, string>> = {
  US: "usa|u.s.a.|u.s.|united states|united states of america|vereinigte staaten|états-unis|etats-unis|estados unidos|ee.uu.|stati uniti",
  GB: "uk|u.k.|united kingdom|great britain|england|scotland|wales|northern ireland|vereinigtes königreich|großbritannien|royaume-uni|reino unido|regno unito|verenigd koninkrijk|storbritannien",
  CA: "canada|kanada|canadá",
  AU: "australia|australien|australie",
  NZ: "new zealand|neuseeland|aotearoa",
  IE: "ireland|éire|eire|irland|republic of ireland",
  DE: "germany|deutschland|allemagne|alemania|germania|duitsland|tyskland|alemanha|brd",
  AT: "austria|österreich|oesterreich|autriche|oostenrijk|österrike|áustria",
  CH: "switzerland|schweiz|suisse|svizzera|suiza|zwitserland|suíça|svizra",
  LI: "liechtenstein",
  LU: "luxembourg|luxemburg|lëtzebuerg",
  FR: "france|frankreich|francia|frankrijk|frankrike|frança",
  BE: "belgium|belgien|belgique|belgië|bélgica|belgio",
  NL: "netherlands|the netherlands|niederlande|pays-bas|nederland|países bajos|paesi bassi|holland",
  ES: "spain|spanien|espagne|españa|spagna|spanje|espanha",
  PT: "portugal|portogallo",
  IT: "italy|italien|italie|italia|italië|itália",
  SE: "sweden|schweden|suède|suecia|svezia|zweden|sverige|suécia",
  NO: "norway|norwegen|norvège|noruega|norge",
  DK: "denmark|dänemark|danemark|dinamarca|danmark",
  FI: "finland|finnland|finlande|finlandia|suomi",
  PL: "poland|polen|pologne|polonia|polska",
  CZ: "czech republic|czechia|tschechien|česko|česká republika",
  GR: "greece|griechenland|grèce|grecia|ελλάδα",
  JP: "japan|japon|japón|giappone|日本|日本国",
  IN: "india|indien|inde|bharat|भारत",
  BR: "brazil|brasil|brasilien|brésil|brasile",
  MX: "mexico|méxico|mexiko|mexique|messico",
  ZA: "south africa|südafrika",
  AR: "argentina|argentinien",
  CL: "chile",
  CO: "colombia|kolumbien",
  PE: "perú|peru",
  SG: "singapore|singapur",
  AE: "united arab emirates|uae|u.a.e.",
};
const THREE_LETTERS: Readonly<Record<string, string>> = {
  USA: "US",
  GBR: "GB",
  CAN: "CA",
  AUS: "AU",
  DEU: "DE",
  GER: "DE",
  AUT: "AT",
  CHE: "CH",
  FRA: "FR",
  ESP: "ES",
  ITA: "IT",
  NLD: "NL",
  SWE: "SE",
  JPN: "JP",
  BRA: "BR",
  MEX: "MX",
  IND: "IN",
  BEL: "BE",
  DNK: "DK",
  NOR: "NO",
  FIN: "FI",
  POL: "PL",
  PRT: "PT",
  IRL: "IE",
  NZL: "NZ",
};

const byName = new Map<string, string>();
for (const [code, names] of Object.entries(NAMES))
  for (const name of names.split("|")) byName.set(name, code);

/** ISO 3166 alpha-2 of a country by code or name; null for what names none. */
export function countryNamed(text: string): string | null {
  const name = text.trim().replace(/^https?:\/\/.*\//, "");
  if (name === "" || name.length > 60) return null;
  const known = byName.get(name.toLowerCase());
  if (known !== undefined) return known;
  if (/^[A-Za-z]{2}$/.test(name)) return name.toUpperCase();
  return THREE_LETTERS[name.toUpperCase()] ?? null;
}

/** The country whose name a text ends with: "Wien, Österreich". */
export function countryAtEnd(text: string): string | null {
  const [name] = /[\p{L}.'’ -]{2,40}$/u.exec(text.trim()) ?? [];
  if (name === undefined) return null;
  const words = name.trim().split(/\s+/);
  for (let count = Math.min(4, words.length); count > 0; count--) {
    const known = byName.get(words.slice(-count).join(" ").toLowerCase());
    if (known !== undefined) return known;
  }
  return null;
}
