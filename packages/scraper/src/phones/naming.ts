import { countryNamed } from "../places/country-names.ts";
import { CALL_WORDS, FAX_WORDS, FILLER_WORDS, NUMBER_SIGNS } from "./words.ts";

const KINDS = new Set(
  `mobile mobil mobiel mobilnummer móvil movil handy cell cellphone cellulare celular natel gsm portable telemóvel hotline whatsapp emergency notdienst notruf
  festnetz landline durchwahl toll-free tollfree freephone`.split(/\s+/),
);
/** Headings that stand above every number of the world. */
const HEADINGS =
  /^(?:contacts?|contact us|contact info(?:rmation)?|kontakt|kontaktieren sie uns|contacto|contatti|contato|contactez-nous|adresse|address|call us|get in touch|impressum|imprint|info|information|anschrift|dirección|indirizzo|endereço|home|find us|visit us|location|or|oder|お問い合わせ)$/i;
const WORDS_MAX = 4;
const CHARS_MAX = 40;

/** What the words before a number call it: "Reservations:", "Tel. Büro". Null for "Tel." and sentences. */
export function nameBefore(before: string, above: string): string | null {
  const segment = before.split(/[\n|•·;☏℻☎\u001f]|\d[\d ()./-]{4,}|[.!?] (?=\p{Lu})/u).at(-1) ?? "";
  // the town of an address
  if (/(?:^|[\s-])\d{4,6} [^\d:]*$/.test(before)) return null;
  const bare = segment.replace(/[+(\s]+$/, "");
  const isEnded = /[:\-=»>]$/.test(bare);
  const name = naming(bare);
  if (name !== null)
    return isEnded || (segment.length === before.length && /^\p{Lu}/u.test(name)) ? name : null;
  const rest = before.replace(/[\p{P}\s☏℻☎\u001f]/gu, "");
  const isBare = rest === "" || bareWords(before).length === 0;
  const heading = above.split("\n").at(-1)?.trim() ?? "";
  if (!isBare || HEADINGS.test(heading.replace(/[:.]$/, "")) || countryNamed(heading) !== null)
    return null;
  return heading.endsWith(":") || /^\p{Lu}[\p{L}-]+$/u.test(heading) ? naming(heading) : null;
}

/** What the text of a link to call names: "Reservations"; null where it is the number or an invitation. */
export const nameInside = (inside: string): string | null =>
  /\d/.test(inside) ||
  !/^\p{Lu}/u.test(inside) ||
  /\b(?:call|anrufen|llam\w*|appel\w*|click|tap|contact|kontakt)\b/i.test(inside)
    ? null
    : naming(inside);

function naming(text: string): string | null {
  if (/[\d@]/.test(text)) return null;
  const bare = text.replace(/[\s:\-=»>(]+$/, "").replace(/^[\s,.:\-–(]+/, "");
  if (bare === "" || bare.length > CHARS_MAX + 20) return null;
  const words = bareWords(bare);
  if (words.length === 0) {
    const kind = bare.split(/[\s/.,&]+/).findLast((word) => KINDS.has(word.toLowerCase()));
    return kind ?? null;
  }
  const name = words.join(" ");
  return words.length > WORDS_MAX || name.length > CHARS_MAX ? null : name;
}

const bareWords = (text: string): string[] =>
  text
    .split(/[\s/]+/)
    .map((word) => word.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, ""))
    .filter((word) => {
      const lower = word.toLowerCase().replace(/\./g, "");
      return (
        /\p{L}/u.test(word) &&
        word.length > 1 &&
        !CALL_WORDS.has(lower) &&
        !FAX_WORDS.has(lower) &&
        !FILLER_WORDS.has(lower) &&
        !NUMBER_SIGNS.has(lower)
      );
    });
