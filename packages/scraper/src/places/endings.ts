/** Endings of countries that anybody anywhere registers for their looks: they say nothing. */
const FOR_LOOKS = new Set(
  "ac ag ai am as bi bz cc cd cf cm co cx dj eu fm ga gd gg gl gq gs gy hm hn im io is je ki la lc ly me md ml mn ms mu nf nu pn pw sc sh so st su sx tc tk tl tm to tv vc vg vu ws".split(
    " ",
  ),
);
/** Endings that a firm sells below .com and its like. */
const SOLD_BELOW: Readonly<Record<string, string>> = {
  "uk.com": "GB",
  "gb.com": "GB",
  "uk.net": "GB",
  "gb.net": "GB",
  "us.com": "US",
  "us.org": "US",
  "de.com": "DE",
  "com.de": "DE",
  "br.com": "BR",
  "mex.com": "MX",
  "jpn.com": "JP",
  "jp.net": "JP",
  "in.net": "IN",
  "se.net": "SE",
  "se.com": "SE",
  "za.com": "ZA",
  "gr.com": "GR",
  "hu.net": "HU",
  "ru.com": "RU",
  "cn.com": "CN",
  "kr.com": "KR",
  "no.com": "NO",
};
const REGIONS: Readonly<Record<string, string>> = {
  DE: "berlin hamburg koeln cologne bayern nrw saarland ruhr",
  AT: "wien tirol",
  CH: "swiss zuerich",
  FR: "paris bzh corsica alsace",
  GB: "london scot wales cymru",
  ES: "barcelona madrid cat eus gal",
  NL: "amsterdam frl",
  BE: "brussels vlaanderen gent",
  US: "nyc miami vegas boston",
  JP: "tokyo nagoya osaka kyoto yokohama okinawa ryukyu",
  AU: "sydney melbourne",
  CA: "quebec",
  BR: "rio",
  NZ: "kiwi",
  IE: "irish",
  ZA: "capetown joburg durban",
};
const byRegion = new Map<string, string>();
for (const [country, endings] of Object.entries(REGIONS))
  for (const ending of endings.split(" ")) byRegion.set(ending, country);

/** The country that a host's ending stands for, with the ending; undefined where it stands for none. */
export function countryOfEnding(host: string): { country: string; ending: string } | undefined {
  const labels = host.replace(/\.$/, "").split(".");
  const last = labels.at(-1) ?? "";
  const lastTwo = labels.slice(-2).join(".");
  const sold = SOLD_BELOW[lastTwo];
  // the firm's own name is no customer's
  if (sold !== undefined && labels.length > 2) return { country: sold, ending: `.${lastTwo}` };
  const region = byRegion.get(last);
  if (region !== undefined) return { country: region, ending: `.${last}` };
  if (!/^[a-z]{2}$/.test(last)) return undefined;
  // companies of such countries do register below com.ly or co.im
  if (
    FOR_LOOKS.has(last) &&
    !(labels.length > 2 && /^(?:com|co|org|gov|edu)$/.test(labels.at(-2) ?? ""))
  )
    return undefined;
  return { country: last === "uk" ? "GB" : last.toUpperCase(), ending: `.${last}` };
}
