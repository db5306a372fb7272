import type { BestPhone, PhoneFacts } from "@scrapersky/outcome";

/** The number to call first. */
export function bestPhoneOf(phones: readonly PhoneFacts[]): BestPhone | null {
  const [first] = phones;
  return first === undefined ? null : { e164: first.e164, rule: "The first number of the site." };
}
