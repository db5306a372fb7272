import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { detach } from "../text.ts";

const CANDIDATES_MAX = 60;
const TEXT_MAX = 400_000;
const HIT = /(?:\+|\()?\d[\d\s().\-/\u00a0\u2010-\u2015\u30fc]{5,22}\d/g;
const LABEL_BEFORE =
  /(?:tel|phone|call|ph|fon|telefon|teléfono|telefono|téléphone|mobile|mobil|móvil|cell|電話|☎|📞|t|p|m)\.?\s*(?:no\.?|number|nummer)?\s*[:.：]?\s*$/i;
const FAX_BEFORE =
  /(?:fax|telefax|télécopie|ファックス)\.?\s*(?:no\.?|number|nummer)?\s*[:.：]?\s*$/i;
const PRICE_OR_ID_BEFORE =
  /(?:[$€£¥#№]|\b(?:id|nr|no|ref|order|isbn|vat|ust|ust-idnr|hrb|sku|lic|license|ccb|account|iban|invoice)\.?\s*[:.#]?)\s*(?:[a-z]{2}\s?)?$/i;
const DATE_OR_RANGE =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d)\b|^\d{1,3}(?:[.,]\d{3})+$/;
const SHAPED =
  /^(?:\+|\(|00)|\d[\s().\-/\u00a0\u2010-\u2015]+\d{2,}[\s().\-/\u00a0\u2010-\u2015]+\d{2,}|^\d{3}[.-]\d{4}$/;

/** Stretches of a text that may be phone numbers, judged by their shape and the words before; faxes are left out. */
export function findPhones(text: string): string[] {
  const found: string[] = [];
  const source = text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text;
  for (const match of source.matchAll(HIT)) {
    const [hit] = match;
    const digits = hit.replace(/\D/g, "").length;
    if (digits < 7 || digits > 15) continue;
    if (DATE_OR_RANGE.test(hit)) continue;
    const before = source.slice(Math.max(0, match.index - 24), match.index);
    if (/[\w@/=#]$/.test(before) && !/[a-z]$/i.test(before)) continue;
    if (FAX_BEFORE.test(before) || PRICE_OR_ID_BEFORE.test(before)) continue;
    if (!SHAPED.test(hit) && !LABEL_BEFORE.test(before)) continue;
    found.push(detach(hit.trim()));
    if (found.length >= CANDIDATES_MAX) break;
  }
  return found;
}

/** The number of a tel: link, as written. */
export function phoneOfTel(href: string): string | undefined {
  const target = href.slice(4, 80);
  try {
    return decodeURIComponent(target).trim();
  } catch {
    return target.trim();
  }
}

/** "+49 (0) 30" is how people write both forms at once, and 00 is the "+" of a dial. */
function international(candidate: string): string | undefined {
  const text = candidate.startsWith("00") ? `+${candidate.slice(2)}` : candidate;
  return text.startsWith("+") ? text.replace(/\(0\)/, "") : undefined;
}

/** The countries of the numbers written with one, the most frequent first; free numbers belong to none. */
export function countriesOf(candidates: Iterable<string>): string[] {
  const counts = new Map<string, number>();
  for (const candidate of candidates) {
    const text = international(candidate);
    const phone = text === undefined ? undefined : parsePhoneNumberFromString(text);
    if (phone?.country === undefined || !phone.isValid()) continue;
    if (phone.getType() === "TOLL_FREE") continue;
    counts.set(phone.country, (counts.get(phone.country) ?? 0) + 1);
  }
  return [...counts].toSorted((one, other) => other[1] - one[1]).map(([country]) => country);
}

/** Valid numbers among the candidates, each once and in order; the region is where a number without "+" is from. */
export function readNumbers(
  candidates: Iterable<string>,
  region: string | undefined,
): { e164: string; national: string }[] {
  const numbers = new Map<string, string>();
  const known = region !== undefined && isSupportedCountry(region) ? region : undefined;
  for (const candidate of candidates) {
    const phone = parsePhoneNumberFromString(international(candidate) ?? candidate, {
      ...(known === undefined ? {} : { defaultCountry: known }),
      extract: false,
    });
    if (phone?.isValid() && !numbers.has(phone.number))
      numbers.set(phone.number, phone.formatNational());
  }
  return Array.from(numbers, ([e164, national]) => ({ e164, national }));
}
