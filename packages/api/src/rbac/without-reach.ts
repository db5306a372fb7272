import type { ContactReader } from "./contact-reader.ts";

type Rights = Pick<ContactReader, "mayReadContacts">;

/** Bounded, so that a long text costs no more than its length. */
const MAIL = /[^\s@<>()[\]"',;:]{1,64}@[^\s@<>()[\]"',;:]{1,253}/g;
/** Seven digits and more, however they are parted: years and prices are shorter. */
const NUMBER = /\+?\d(?:[\s()./–-]{0,3}\d){6,}/g;

/** In a web address numbers are ids and days, unless they are written as one calls them. */
const MAIL_IN_URL = /[^\s@<>()[\]"',;:/?&=#]{1,64}(?:@|%40)[^\s@<>()[\]"',;:/?&=#]{1,253}/gi;
const NUMBER_IN_URL = /(?:\+|%2B|tel(?::|%3A))\d(?:(?:[\s()./–-]|%20){0,3}\d){6,}/gi;

/** Ids, times and network addresses. */
const PLAIN =
  /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|\d{1,3}(?:\.\d{1,3}){3})$/i;

function hide(text: string): string {
  if (PLAIN.test(text)) return text;
  return /^https?:/i.test(text)
    ? text.replace(MAIL_IN_URL, "…").replace(NUMBER_IN_URL, "…")
    : text.replace(MAIL, "…").replace(NUMBER, "…");
}

/**
 * A text that a site, staff or another program wrote: where contacts may not be read, without the addresses and numbers in it.
 * Names of people stay, which nothing tells from others.
 */
export const withoutReach = <Text extends string | null>(
  text: Text,
  { mayReadContacts }: Rights,
): Text => (mayReadContacts || text === null ? text : (hide(text) as Text));

/** The same for every text in an answer, but for those under a key that says whose site it is. */
export const withoutReachIn = <Answer>(answer: Answer, { mayReadContacts }: Rights): Answer =>
  mayReadContacts ? answer : (hideIn(answer) as Answer);

const SITES = new Set(["domain", "displayDomain", "batchFirstDomain", "firstDomain"]);

function hideIn(value: unknown): unknown {
  if (typeof value === "string") return hide(value);
  if (Array.isArray(value)) return value.map(hideIn);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, SITES.has(key) ? one : hideIn(one)]),
  );
}
