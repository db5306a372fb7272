/** States and provinces as addresses name them. */
const codes = (list: string): string => list.trim().split(/\s+/).join("|");

export const US_STATES = codes(
  "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR",
);
export const US_STATE_NAMES =
  "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming";
export const CA_PROVINCES = `${codes("AB BC MB NB NL NS NT NU ON PE QC SK YT")}|Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland|Nova Scotia|Ontario|Prince Edward Island|Québec|Quebec|Saskatchewan`;
export const AU_STATES = `${codes("NSW VIC QLD SA WA TAS NT ACT")}|Vic|Qld|Tas|New South Wales|Victoria|Queensland|South Australia|Western Australia|Tasmania`;
export const BR_STATES = codes(
  "AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO",
);
export const IN_STATES =
  "Andhra Pradesh|Assam|Bihar|Chhattisgarh|Delhi|New Delhi|Goa|Gujarat|Haryana|Himachal Pradesh|Jharkhand|Karnataka|Kerala|Madhya Pradesh|Maharashtra|Odisha|Punjab|Rajasthan|Tamil Nadu|Tamilnadu|Telangana|Uttar Pradesh|Uttarakhand|West Bengal|TN|KA|MH|DL|UP|GJ";
export const GB_COUNTIES =
  /^(?:\p{L}+shire|Kent|Essex|Surrey|(?:East |West )?Sussex|Norfolk|Suffolk|Devon|Cornwall|Dorset|Somerset|Cumbria|Durham|County Durham|Rutland|Greater London|Greater Manchester|Merseyside|(?:South|West|North|East) (?:Yorkshire|Lothian|Midlands)|Tyne (?:and|&) Wear|Isle of Wight|Middlesex|Avon|Cleveland|Powys|Gwent|Clwyd|Dyfed|Gwynedd|Fife|Co\.? \p{L}+|County \p{L}+)$/u;

/** Towns that settle a postcode which several countries could have given. */
const TOWNS: Readonly<Record<string, string>> = {
  AT: "wien graz linz salzburg innsbruck klagenfurt villach wels st.pölten dornbirn steyr bregenz leoben krems baden",
  CH: "zürich genf genève basel bern lausanne winterthur luzern st.gallen lugano biel thun zug chur köniz fribourg schaffhausen neuchâtel sion aarau baden davos",
  DE: "berlin hamburg münchen köln frankfurt stuttgart düsseldorf leipzig dortmund essen bremen dresden hannover nürnberg duisburg bochum wuppertal bielefeld bonn münster mannheim karlsruhe augsburg wiesbaden kiel mainz freiburg potsdam",
  FR: "paris marseille lyon toulouse nice nantes montpellier strasbourg bordeaux lille rennes reims toulon grenoble dijon angers nîmes",
  IT: "roma milano napoli torino palermo genova bologna firenze bari catania verona venezia padova trieste brescia parma modena",
  ES: "madrid barcelona valencia sevilla zaragoza málaga murcia palma bilbao alicante córdoba valladolid vigo gijón granada",
  MX: "cdmx monterrey guadalajara puebla tijuana león querétaro mérida cancún zapopan toluca",
  BE: "brussel bruxelles antwerpen gent charleroi liège brugge namur leuven mons mechelen",
  DK: "københavn aarhus odense aalborg esbjerg randers",
  NO: "oslo bergen trondheim stavanger",
  SE: "stockholm göteborg malmö uppsala västerås örebro linköping helsingborg jönköping lund umeå",
  CZ: "praha brno ostrava plzeň",
  FI: "helsinki espoo tampere vantaa oulu turku",
  LU: "luxembourg",
};
const byTown = new Map<string, string[]>();
for (const [country, towns] of Object.entries(TOWNS))
  for (const town of towns.split(" ")) byTown.set(town, [...(byTown.get(town) ?? []), country]);

/** Countries that have a large town of this name. */
export const countriesOfTown = (town: string): readonly string[] =>
  byTown.get(
    town
      .toLowerCase()
      .replace(/\bst\. /, "st.")
      .split(/[\s,/-]/)[0] ?? "",
  ) ?? [];
