/** Whose account a link leads to: the vendor's own pages are nobody's, and a list of many accounts is a list of others. */

const VENDORS_OWN = new Set(
  (
    "about about-us academy account accounts admin api app apps assets auth blog book-a-demo business careers cdn claim community " +
    "company compare contact contact-us cookie-policy cookies customers dashboard demo dev developer developers discover docs " +
    "download downloads email enterprise events explore facebook faq faqs features for-business forum gdpr get-started go guide " +
    "guides help help-center home how-it-works images img index index.html info integrations jobs join knowledge learn legal log-in " +
    "login m mail marketplace media mobile my news newsletter overview partner partners platform policies policy press pricing " +
    "privacy privacy-policy product products register resources restaurants review reviews search security sign-in sign-up signin " +
    "signup solutions static status stories store support team teams templates terms terms-of-service terms-of-use tour trial " +
    "tutorials twitter use-cases user users video videos webinars why www"
  ).split(" "),
);
const LANGUAGE = /^[a-z]{2}(?:[-_][a-z]{2,4})?$/;

/** Whether a segment is a language or a country, as vendors begin their paths: "de", "en-us". */
export const isLanguage = (segment: string): boolean => LANGUAGE.test(segment);

/** Whether a segment of a path or a label of a host can be somebody's name with a vendor. */
export const isAccount = (name: string): boolean =>
  name.length > 1 && !VENDORS_OWN.has(name) && !LANGUAGE.test(name);

const LIST_MIN = 4;
const NAME_LENGTH_MIN = 4;

/**
 * Whether accounts a site links to are its own. A few are; more are so when they all begin alike (branches of one business) or
 * one is named like the site.
 */
export function areOwn(accounts: readonly string[], siteName: string): boolean {
  if (accounts.length < LIST_MIN) return true;
  const names = accounts.map(plain);
  const site = plain(siteName);
  if (site.length >= NAME_LENGTH_MIN && names.some((name) => name.includes(site))) return true;
  const start = names[0]?.slice(0, NAME_LENGTH_MIN) ?? "";
  return start.length === NAME_LENGTH_MIN && names.every((name) => name.startsWith(start));
}

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
