import { line } from "../../text.ts";

/** Whom the words beside an address name as its owner. */
export interface Named {
  name: string;
  title: string | null;
}

const BEFORE_CHARS = 320;
const BEFORE_LINES = 6;
const BEHIND_CHARS = 160;
const BEHIND_LINES = 2;
const NAME_MAX = 80;
const TITLE_MAX = 100;

const HONORIFIC =
  "(?:(?:Dr|Prof|Dipl\\.?-?\\s?(?:Ing|Kfm|Kffr|Psych|Phys|Inf)|Mag|Ing|DI|RA|StB|WP|Mr|Mrs|Ms|Miss|Mme|Mlle|Sr|Sra|Srta|Dott|Dott\\.ssa|Avv|Arch|Geom|Rag|Me|Herr|Frau|Madame|Monsieur|Sig|Drs|Ir|Mw|Dhr|med|dent|vet|iur|jur|phil|rer|nat|h\\.c)\\.?\\s+){0,4}";
const PART = "\\p{Lu}[\\p{L}\\p{M}'’.-]{1,24}";
const PARTICLE =
  "(?:von|van|vom|zu|zur|zum|de|der|den|del|della|dei|di|da|das|do|dos|du|des|la|le|el|af|ten|ter|bin|al|y|e)";
const NAME = new RegExp(
  `${HONORIFIC}${PART}(?:\\s+(?:\\p{Lu}\\.\\s+)?(?:${PARTICLE}\\s+){0,3}${PART}){1,3}`,
  "gu",
);

/** Words of which one at least is in a title, in the languages of the sites that staff read. */
const TITLE_WORD =
  /\b(?:ceo|cfo|cto|coo|cmo|md|vp|owner|co-?owner|founder|co-?founder|president|vice president|chair(?:man|woman|person)?|director|manager|managing|partner|principal|proprietor|head of|lead(?:er)?|chief|officer|executive|supervisor|coordinator|administrator|assistant|secretary|receptionist|consultant|adviser|advisor|agent|broker|realtor|attorney|lawyer|solicitor|barrister|paralegal|notary|accountant|bookkeeper|auditor|engineer|architect|designer|developer|technician|mechanic|electrician|plumber|carpenter|builder|contractor|foreman|dentist|doctor|physician|surgeon|nurse|therapist|hygienist|psychologist|veterinarian|optometrist|pharmacist|chiropractor|physiotherapist|teacher|instructor|coach|trainer|tutor|principal|chef|cook|baker|sommelier|stylist|barber|photographer|editor|author|artist|florist|gardener|pastor|curator|producer|specialist|representative|sales|marketing|operations|support|reception|geschäftsführer(?:in)?|geschäftsleitung|geschäftsführung|inhaber(?:in)?|gründer(?:in)?|gesellschafter(?:in)?|vorstand|vorsitzende[r]?|prokurist(?:in)?|leiter(?:in)?|leitung|\p{L}*leiter(?:in)?|\p{L}*leitung|\p{L}*meister(?:in)?|meister(?:in)?|\p{L}*berater(?:in)?|\p{L}*assistent(?:in|enz)?|\p{L}*sekretär(?:in)?|sekretariat|\p{L}*anwalt|\p{L}*anwältin|notar(?:in)?|steuerberater(?:in)?|buchhalter(?:in)?|buchhaltung|\p{L}*arzt|\p{L}*ärztin|\p{L}*therapeut(?:in)?|apotheker(?:in)?|architekt(?:in)?|ingenieur(?:in)?|\p{L}*techniker(?:in)?|\p{L}*verkäufer(?:in)?|verkauf|vertrieb\p{L}*|einkauf\p{L}*|empfang|disponent(?:in)?|koch|köchin|bäcker(?:in)?|konditor(?:in)?|friseur(?:in)?|fotograf(?:in)?|redakteur(?:in)?|trainer(?:in)?|lehrer(?:in)?|ansprechpartner(?:in)?|sachbearbeiter(?:in)?|\p{L}*beauftragte[r]?|geschäftsinhaber(?:in)?|betriebsleiter(?:in)?|rechtsanwalt|pdg|dg|gérant[e]?|directeur|directrice|fondateur|fondatrice|associé[e]?|président[e]?|responsable|chargée? d|assistant[e]?|secrétaire|avocat[e]?|notaire|comptable|médecin|dentiste|infirmi(?:er|ère)|vétérinaire|architecte|ingénieur[e]?|artisan[e]?|boulang(?:er|ère)|coiffeu(?:r|se)|commercial[e]?|vendeu(?:r|se)|chef(?:fe)?|conseill(?:er|ère)|gerente|director[a]?|dueñ[oa]|propietari[oa]|fundador[a]?|soci[oa]|presidente|jef[ea]|encargad[oa]|abogad[oa]|médic[oa]|dentista|administrador[a]?|asesor[a]?|secretari[oa]|comercial|titolare|amministra(?:tore|trice)|diret(?:tore|trice)|fondatore|fondatrice|socio|presidente|responsabile|avvocat[oa]|commercialista|medico|geometra|segretari[oa]|cuoc[oa]|eigenaar|eigenares|oprichter|bestuurder|directeur|zaakvoerder|vennoot|bedrijfsleider|medewerk(?:er|ster)|adviseur|advocaat|notaris|boekhouder|tandarts|huisarts|kok|bakker|vd|ägare|grundare|delägare|verkställande|chef|ordförande|säljare|ansvarig|advokat|läkare|tandläkare|kock|proprietári[oa]|sóci[oa]|diretor[a]?|advogad[oa]|contador[a]?|dentista|médic[oa]|engenheir[oa]|arquitet[oa]|vendedor[a]?|coordenador[a]?)\b|代表|社長|取締役|店長|院長|所長|部長|課長|担当|責任者|女将|料理長|支配人|オーナー/iu;

/** What ends a title on the way to the address. */
const LABELS =
  /(?:e-?mail|mail|tel|telefon|phone|fax|mobil|mobile|cell|handy|móvil|portable|web|www|t|f|m|e)\s*[.:].*$/iu;

/**
 * The person whose name stands beside an address and fits it, with a title where one stands with the name. Nothing is
 * made of the address itself: who is not named has none.
 */
export function personBeside(
  text: string,
  start: number,
  end: number,
  local: string,
): Named | null {
  const before = text
    .slice(Math.max(0, start - BEFORE_CHARS), start)
    .split("\n")
    .slice(-BEFORE_LINES);
  const behind = text
    .slice(end, end + BEHIND_CHARS)
    .split("\n")
    .slice(0, BEHIND_LINES);
  for (let index = before.length - 1; index >= 0; index--) {
    const named = nameIn(before[index] as string, local);
    if (named === undefined) continue;
    const below = before.slice(index + 1);
    const above = before[index - 1];
    return {
      name: named.name,
      title: titleBeside(named, below) ?? (above === undefined ? null : titleOf(above)),
    };
  }
  for (const [index, words] of behind.entries()) {
    const named = nameIn(words, local);
    if (named !== undefined)
      return { name: named.name, title: titleBeside(named, behind.slice(index + 1)) };
  }
  return null;
}

interface NameInLine {
  name: string;
  before: string;
  behind: string;
}

function nameIn(words: string, local: string): NameInLine | undefined {
  if (words.length > BEFORE_CHARS) return undefined;
  for (const match of words.matchAll(NAME)) {
    const parts = match[0].split(/\s+/);
    // a line begins with words that are no name: "Inhaberin Anna Muster"
    for (let first = 0; first < parts.length - 1; first++) {
      const rest = parts.slice(first);
      const bare = rest.filter(
        (part) => !/^(?:\p{L}+\.)+(?:-?\p{L}+\.)?$/u.test(part) || part.length < 3,
      );
      if (!fits(bare, local)) continue;
      const name = rest.join(" ");
      const place = match.index + match[0].indexOf(name);
      const dropped = parts.slice(0, first).join(" ");
      return {
        name: line(withHonorific(dropped, name), NAME_MAX),
        before: words.slice(0, place),
        behind: words.slice(place + name.length),
      };
    }
  }
  return undefined;
}

/** "Dr. med." belongs to a name, "Inhaberin" does not. */
function withHonorific(dropped: string, name: string): string {
  const [honorific = ""] =
    /(?:(?:Dr|Prof|med|dent|vet|Mag|Ing|Dipl)\.?(?:-Ing\.?)?\s*)+$/u.exec(dropped) ?? [];
  return `${honorific.trim()} ${name}`.trim();
}

/** Folds accents away in both ways that addresses are made: müller is mueller or muller. */
function foldings(word: string): string[] {
  const lower = word.toLowerCase().replace(/[.'’]/g, "");
  const plain = lower
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("å", "a");
  const german = lower
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
  return [...new Set([plain, german])].map((form) => form.replaceAll("-", ""));
}

/** Whether an address can be made of these names: anna.muster, amuster, muster, anna, muster.a … */
export function fits(parts: readonly string[], local: string): boolean {
  const bare = local.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const spelt = local.toLowerCase().replace(/[\d._+'-]/g, "");
  const wanted = new Set([bare.replace(/[\d._+'-]/g, ""), ...foldings(spelt)]);
  const firsts = foldings(parts[0] ?? "");
  const lasts = [parts.at(-1) ?? "", parts.slice(1).join("")].flatMap(foldings);
  for (const first of firsts) {
    const firstName = foldings((parts[0] ?? "").split("-")[0] ?? "")[0] ?? first;
    for (const last of lasts) {
      const made = [
        first + last,
        last + first,
        firstName + last,
        first.slice(0, 1) + last,
        last + first.slice(0, 1),
        first + last.slice(0, 1),
        ...(last.length > 2 ? [last] : []),
        ...(first.length > 2 ? [first, firstName] : []),
      ];
      if (made.some((form) => form.length > 2 && wanted.has(form))) return true;
    }
  }
  return false;
}

function titleBeside(named: NameInLine, below: readonly string[]): string | null {
  const sameLine = titleOf(named.behind.replace(/^[\s,;:|–—-]+|^\s*\(/, "").replace(/\)\s*$/, ""));
  if (sameLine !== null) return sameLine;
  const ahead = titleOf(named.before.replace(/[\s,;:|–—-]+$/, ""));
  if (ahead !== null) return ahead;
  for (const words of below.slice(0, 3)) {
    const title = titleOf(words);
    if (title !== null) return title;
  }
  return null;
}

function titleOf(words: string): string | null {
  const [plain = ""] = words.replace(LABELS, "").split(/[|•·]|\s[-–—]\s/);
  const title = line(plain, TITLE_MAX * 2).replace(/^[\s,;:–—-]+|[\s,;:–—(-]+$/g, "");
  if (title.length < 2 || title.length > TITLE_MAX || /[\d@?!]|https?:/.test(title)) return null;
  if (title.split(/\s+/).length > 10 || !TITLE_WORD.test(title)) return null;
  return /[.]\s/.test(title) ? null : title;
}
