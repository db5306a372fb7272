const NOT_STREET =
  /^[A-Z]{2} \d{5}(?!\d)|^(?:in|im|am|on|at|by|seit|um|ab|vor|depuis|en|dal|nel|op|i|bis|ca|over|plus)\.? \d|@|[€$£]|(?<!\p{L})(?:tel|phone|fax|fon|mobil|uhr|hours?|seit|since|copyright|rights|januar|january|februar|february|märz|march|april|mai|may|juni|june|juli|july|august|september|oktober|october|november|dezember|december|open|geöffnet|page|seite|musterstr\p{L}*|artikel|article|buslinie|haltestelle|kapitel|chapter|absatz|posted|minut\p{L}*|stund\p{L}*|days?|tagen?|years?|jahren?|km|hours)(?!\p{L})[.:]?|©|\d ?[ap]m(?!\p{L})|\d{1,2}:\d\d|\d{7}/iu;
const SUFFIX = String.raw`(?:St|Street|Str|Ave|Avenue|Av|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Ct|Court|Pl|Place|Sq|Square|Hwy|Highway|Pkwy|Parkway|Ter|Terrace|Cir|Circle|Trl|Trail|Loop|Pike|Broadway|Row|Alley|Plaza|Wharf|Quay|Mews|Close|Crescent|Cres|Gardens|Grove|Hill|Park|Parade|Esplanade|Walk)`;
const UNIT = String.raw`(?:(?:Suite|Ste|Unit|Apt|Floor|Fl|Level|Room|Rm|Bldg|Building)\.? ?#?[\w-]{1,6}|#\w{1,6})`;
const NUMBER_FIRST =
  /^(?:no\.? ?|n°|nº|(?:unit|suite|shop|flat|level|studio|office|apt|apartment|lot|factory|warehouse|building) )?(?:[1-9]\d{0,5}\p{L}?|[NSEW]\d{1,3} ?[NSEW]\d{1,5})(?: ?[-–/] ?\d{1,5}\p{L}?)*(?:,| bis| ter)? +(?:\d+(?:st|nd|rd|th)\b[ ,])?\p{L}[\p{L}\p{M}\d.,'’\-/# ]{2,70}$/iu;
const NUMBER_LAST =
  /^['’]?\p{L}[\p{L}\p{M}\d.,'’\-/& ]{1,60}?[ ,.]+(?:n(?:r|°|º|o)?\.? ?)?\d{1,5}(?:[ -]?(?:\p{L}|bis|ter|hs|huis|boven))?(?: ?[-–/+] ?(?:\d{1,5} ?\p{L}?|\p{L}(?!\p{L})))*(?:, ?[\p{L}\d.ºª°\- ]{1,30}| \d{1,3}[ºª°]?[\p{L}\d.ºª° -]{0,10})?$/iu;
const NAMED =
  /(?:straße|strasse|str\.|weg|platz|gasse|allee|ring|damm|ufer|laan|straat|gracht|kade|plein|gatan|vägen|väg|torg)$|^(?:rue|avenue|av\.|boulevard|bd|place|quai|chemin|allée|impasse|route|calle|c\/|avda\.?|avenida|paseo|plaza|carrer|lieu-?dit|hameau|localit[àa]|loc\.|frazione|fraz\.|contrada|centre commercial|zone|polígono|urbanización|vía|via|viale|piazza|corso|largo|rua|praça|alameda|travessa|strada) /iu;

/** Days that streets are named after: "Straße des 17. Juni", "rue du 8 mai". */
const NAMED_DAY = /(?<= (?:des|du|de|del|der) )\d{1,2}\.? (?:de )?\p{L}{3,9}/iu;

/** Whether a line by itself is a street with a number. */
export const isStreet = (text: string): boolean =>
  text.length >= 4 &&
  text.length <= 90 &&
  !/\p{Ll}{4}\.$/u.test(text) &&
  !NOT_STREET.test(text.replace(NAMED_DAY, "")) &&
  ((/\d/.test(text) && (NUMBER_FIRST.test(text) || NUMBER_LAST.test(text))) || NAMED.test(text));

const BRITISH = new RegExp(
  String.raw`^(?:The )?\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){0,3} ${SUFFIX}$`,
  "u",
);

/** "Church Lane": in a British address a street may go without a number. */
export const isBritishStreet = (text: string): boolean => text.length <= 60 && BRITISH.test(text);

const SMALL =
  /^(?:de|del|della|dei|la|le|les|du|des|da|do|dos|das|di|van|der|den|von|vom|zum|zur|und|et|y|e|am|an|im|in|der|rue|via|the|of|and|'t)$/u;

/** "Miller Roofing Inc. 2200 Yonge Street": a number and a street behind a name. */
const SUFFIXED = new RegExp(
  String.raw`(?:^|[\s.:])([1-9]\d{0,5}\p{L}?(?:-\d{1,5})? (?:[\p{Lu}\d][\p{L}\d.'’-]* ){1,5}${SUFFIX}\b\.?.{0,12})$`,
  "u",
);

const HOUSE_NUMBER = /^(?:n(?:º|°|r|o)?\.? ?)?\d{1,5}(?: ?\p{L})?(?:$|\s*[-–]|\s+\d{1,2}[ºª°])/u;

/** The street at the end of a stretch that may begin with a sentence or a name. */
export function streetAtEnd(text: string): string | null {
  const bare = text.replace(/^[\s,.:;|·•\-–(]+|[\s,:;|·•\-–(]+$/g, "");
  const whole = bare.split(/\s*[|·•;:]\s*|\s[-–]\s|\s{3,}/).at(-1) ?? "";
  const parts = whole.split(/\s*,\s*/);
  // "c/o Huber, Hauptstr. 5, Hinterhaus": from the first part that has a number
  for (let from = Math.max(0, parts.length - 4); from < parts.length; from++) {
    const part = parts[from] as string;
    const first = isStreet(part) ? part : (SUFFIXED.exec(part)?.[1] ?? part);
    if (UNIT_LINE.test(first)) continue;
    const rest = [first, ...parts.slice(from + 1)].join(", ");
    if (
      /^\d{1,5}(?: ?(?:bis|ter|[a-z]))?$/i.test(first) &&
      /^\p{L}/u.test(parts[from + 1] ?? "") &&
      isStreet(`${first} ${parts[from + 1]}`)
    )
      return rest;
    if (
      !isStreet(first) &&
      !(/^\p{L}[\p{L}\p{M}.'’ -]{2,50}$/u.test(first) && HOUSE_NUMBER.test(parts[from + 1] ?? ""))
    )
      continue;
    if (isStreet(rest) || isStreet(first)) return withoutSentence(rest);
  }
  return null;
}

/** "Besuchen Sie uns in der Hauptstraße 5" is Hauptstraße 5. */
function withoutSentence(text: string): string | null {
  const words = text.split(" ");
  if (words.length <= 4 || /^\d/.test(text)) return words.length > 12 ? null : text;
  const colon = text.lastIndexOf(": ");
  if (colon !== -1) return text.slice(colon + 2);
  const number = words.findIndex((word) => /^\d/.test(word));
  for (let index = (number === -1 ? words.length : number) - 2; index >= 0; index--) {
    const word = words[index] as string;
    if (
      /^\p{Ll}/u.test(word) &&
      !/^(?:de|del|della|dei|di|da|do|dos|das|du|des|van|von|la|le|les|los|las|el)$/.test(word)
    )
      return SMALL.test(word) || index > 0 ? words.slice(index + 1).join(" ") : text;
  }
  return words.length > 9 ? null : text;
}

const TOWN_AFTER_STREET = new RegExp(
  String.raw`^(.*\b${SUFFIX}\b\.?(?: [NSEW]{1,2}\b\.?)?(?:,? ${UNIT})?),? +(\p{Lu}[\p{L}\p{M}.'’ -]{1,40})$`,
  "u",
);

/** "123 Main St Springfield" in its two parts. */
export function partStreetAndTown(text: string): { street: string; town: string } | undefined {
  const [, street, town] = TOWN_AFTER_STREET.exec(text) ?? [];
  return street === undefined || town === undefined || !/\d/.test(street)
    ? undefined
    : { street, town };
}

export const UNIT_LINE = new RegExp(`^${UNIT}$`, "iu");
