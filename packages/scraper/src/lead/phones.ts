import type { PhoneFacts } from "@scrapersky/outcome";
import type { Mention } from "../phones/site-numbers.ts";
import { CAPS, lineOrNull } from "../text.ts";
import type { Caps } from "./caps.ts";

const ORDER: readonly PhoneFacts["from"][] = ["tel", "json_ld", "text", "whatsapp"];

interface Known {
  phone: PhoneFacts;
  called: boolean;
  faxed: boolean;
  others: boolean;
}

/**
 * The numbers to call and those of the fax, each once. A number that is called both is one to call; one that is always given
 * as somebody else's counts only where the site has no other.
 */
export function phonesOf(
  mentions: readonly Mention[],
  caps: Caps,
): { phones: PhoneFacts[]; faxes: PhoneFacts[] } {
  const byNumber = new Map<string, Known>();
  const ordered = mentions.toSorted(
    (one, other) => ORDER.indexOf(one.from) - ORDER.indexOf(other.from),
  );
  for (const { number, from, calling, name, isOthers, pages } of ordered) {
    let known = byNumber.get(number.e164);
    if (known === undefined) {
      const phone = { e164: number.e164, national: number.national, from, label: null, pages: [] };
      known = { phone, called: false, faxed: false, others: true };
      byNumber.set(number.e164, known);
    }
    const { phone } = known;
    known.others &&= isOthers();
    phone.label ??= lineOrNull(name(), CAPS.short);
    for (const page of pages) if (!phone.pages.includes(page)) phone.pages.push(page);
    if (calling === "fax") known.faxed = true;
    else if (calling === "call" || from === "json_ld" || from === "whatsapp") known.called = true;
  }
  const phones: PhoneFacts[] = [];
  const faxes: PhoneFacts[] = [];
  const known = [...byNumber.values()];
  const own = known.filter(({ others }) => !others);
  const hasOwn = own.some(({ called, faxed }) => called || !faxed);
  for (const { phone, called, faxed } of hasOwn ? own : known)
    (faxed && !called ? faxes : phones).push(phone);
  return { phones: caps.cut("phones", phones), faxes: caps.cut("faxes", faxes) };
}
