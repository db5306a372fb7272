/** How far before a contact the words count that give it to somebody. */
const REACH = 160;
const QUOTE_REACH = 400;
const QUOTE_CHARS_MIN = 30;
const AUTHOR_CHARS_MAX = 120;

const AND = String.raw`(?: ?(?:&|\+|,|and|und|et|y|e|en|och) ?\p{L}+)?`;
/** Who made the site or its pictures, and who keeps it. */
const MAKERS = String.raw`
  (?:web ?sites?|sites?|web ?design|design(?:ed)?|develop(?:ed|ment)|coded|built|created|made|maintained|hosted|hosting|photos?|photography|pictures|illustrations?|branding)${AND} by
  (?:erstellt|gestaltet|realisiert|umgesetzt|programmiert|gehostet)${AND} (?:von|durch|bei)
  (?:réalisé|créé|conçu|développé|hébergé)e?s?${AND} par
  (?:diseñ|desarroll|realiz|alojad)\p{L}*${AND} por
  (?:realizzat|sviluppat|progettat)[oa]${AND} (?:da|di)
  (?:desenvolvid|criad|feit|hospedad)o${AND} por
  (?:ontworpen|gebouwd|gemaakt|ontwikkeld|gerealiseerd|website|webdesign|foto['’]s)${AND} door
  (?:webbplats|hemsida|webbdesign|producerad|designad|utvecklad|foto)${AND} av`;
/** The same in words that need a colon to name somebody. */
const LABELS = String.raw`
  web(?:site)?[ -]?design
  webmaster|webseite|konzept(?:ion)?|umsetzung|realisierung|realisation|programmierung
  (?:presse)?fotos?|bildnachweise?|bildrechte|photo credits?|credits|photos?|crédits?(?: photos?)?
  hosting|hoster|hébergeur|hébergement|alojamiento(?: web)?
  (?:création|conception|réalisation)(?: web| du site)?
  (?:diseño|desarrollo)(?: web)?
  realizzazione(?: sito)?|progetto grafico|realisatie|ontwerp|webbdesign|desenvolvimento
  (?:サイト|ホームページ)?制作`;
/** Offices that law makes an imprint name. */
const OFFICES = String.raw`
  (?:zuständige |(?:handwerks|(?:zahn|tier)?ärzte|architekten|rechtsanwalts|notar|apotheker|psychotherapeuten|steuerberater|wirtschaftsprüfer|wirtschafts|landwirtschafts|ingenieure?|handels)?)kammer
  (?:aufsichts|datenschutz|gewerbe)behörde|schlichtungsstelle|(?:landes|bundes)beauftragte\p{L}*|verbraucherzentrale|kassen(?:zahn)?ärztliche|KZV
  datenschutzbeauftragte\p{L}*|\p{L}*haftpflicht\p{L}*|bezirkshauptmannschaft
  NHS (?:England|Scotland|Wales|Direct)|care quality commission|information commissioner|solicitors regulation authority|better business bureau|\p{L}* ?ombudsman
  CNIL|médiateur|médiation de la consommation|ordre (?:des|national)|agencia española|colegio oficial|garante (?:per|della)
  autoriteit persoonsgegevens|geschillencommissie|integritetsskyddsmyndigheten|konsumentverket|procon`;
/** Lines for everybody in need, and businesses that a page only speaks of. */
const ELSEWHERE = String.raw`
  poison control|giftnotruf\p{L}*|giftinformation\p{L}*|lawinenwarndienst|bergrettung|telefonseelsorge|samaritans|crisis (?:line|lifeline)|suicide prevention|centre antipoison
  (?:zahn)?ärztlicher (?:bereitschaftsdienst|not(?:fall)?dienst) (?:der|des|kanton)
  (?:kooperations|vertriebs|netzwerk|medien|projekt)partner ?:|partenaires? ?:|conseil(?:ler)? (?:en )?assurance|(?:preferred|approved|authori[sz]ed) (?:contractor|installer|dealer|supplier)s? (?:of|for)
  courtesy of|sold by|supplied by|(?:unsere|our|nos|nuestros|i nostri|onze|våra) (?:partner\p{L}*|partenaires|socios|sponsor\p{L}*)`;

/** Where to turn when the business is closed. */
const CLOSED =
  /emergenc(?:y|ies)|after[- ]hours|out[- ]of[- ]hours|when (?:we are|we['’]re) closed|im notfall|notfällen|außerhalb (?:der|unserer)|en dehors (?:de nos|des)|cas d['’]urgence|urgencias|fuera de (?:horario|nuestro)|fuori orario|buiten (?:de )?(?:openings|praktijk)/i;
const PLACE =
  /(?:\p{L}*[Vv]et|Veterinary|Animal|Hospital|Clinic|Cl[ií]nica|Clinique|Klinik\p{L}*|\p{L}*klinik|Krankenhaus|Notfallpraxis|Center|Centre|Zentrum|Towing|Recovery|Urgent Care|Ziekenhuis|Spoedpost|Huisartsenpost|Ospedale|Urgences)(?!\p{L})(?: \p{Lu}[\p{L}'’]*){0,3}[\s,:–-]*(?:at|on|unter|au|al|op)?[\s:.(+\u001f]*$/u;

const oneOf = (...lists: string[]): string => lists.join("\n").trim().replace(/\n\s*/g, "|");
const NAMING = new RegExp(
  String.raw`(?<!\p{L})(?:(?:${oneOf(MAKERS, OFFICES, ELSEWHERE)})(?!\p{L})|(?:${oneOf(LABELS)})${AND} ?[:：–—])`,
  "giu",
);
const HEADING = new RegExp(String.raw`^(?:zuständige )?(?:${oneOf(OFFICES)})(?!\p{L})`, "iu");
/** Where the business itself goes on: another piece of the line, a notice of its own, or another sentence. */
const ENDS =
  /[|•©]|\([cC]\)|[Cc]opyright|(?<!(?<!\p{L})(?:Dr|Prof|St|Str|Mr|Mrs|Ms|Me|Ing|Dipl))[.!?] \p{Lu}/u;
const OPENING = "“„«「『";
const CLOSING = "”»」』“";
const CLOSES = new RegExp(`[${CLOSING}]`);

/**
 * Whether a contact is not the business's: its maker's, a chamber's, a partner's, or quoted. Told by its line before and
 * behind it, and by the lines above, the nearest last.
 */
export function isOthers(before: string, behind: string, above: readonly string[]): boolean {
  const near = before.slice(-REACH);
  let named = -1;
  for (const { index, 0: words } of near.matchAll(NAMING)) named = index + words.length;
  if (named >= 0 && !ENDS.test(near.slice(named))) return true;
  if (CLOSED.test(near) && PLACE.test(near)) return true;
  const quote = quoteIn(before);
  if (quote !== undefined && quote.closed === undefined) {
    const rest = behind.slice(0, QUOTE_REACH).search(CLOSES);
    if (rest >= 0 && before.length - quote.opened + rest >= QUOTE_CHARS_MIN) return true;
  }
  // "Handwerkskammer für München", then its street, its town and its telephone
  return above.slice(-3).some((line) => HEADING.test(line.trimStart()));
}

/** Whether a line has a quotation before a place, and then nothing but a few words: those of its author. */
export function isOfAuthor(before: string): boolean {
  const quote = quoteIn(before);
  return (
    quote?.closed !== undefined &&
    quote.closed - quote.opened >= QUOTE_CHARS_MIN &&
    before.length - quote.closed <= AUTHOR_CHARS_MAX
  );
}

/** The last quotation, in marks that printers use, that begins in a line. */
function quoteIn(line: string): { opened: number; closed: number | undefined } | undefined {
  let quote: { opened: number; closed: number | undefined } | undefined;
  for (let at = Math.max(0, line.length - QUOTE_REACH); at < line.length; at++) {
    const sign = line[at] as string;
    if (quote !== undefined && quote.closed === undefined && CLOSING.includes(sign))
      quote.closed = at;
    else if ((quote === undefined || quote.closed !== undefined) && OPENING.includes(sign))
      quote = { opened: at, closed: undefined };
  }
  return quote;
}
