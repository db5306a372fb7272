import type { ContactReader } from "./contact-reader.ts";

/** Bounded, so that a long text costs no more than its length. */
const MAIL = /[^\s@<>()[\]"',;:]{1,64}@[^\s@<>()[\]"',;:]{1,253}/g;
/** Seven digits and more, however they are parted: years and prices are shorter. */
const NUMBER = /\+?\d(?:[\s()./–-]{0,3}\d){6,}/g;

/**
 * A text that a site says of itself: where contacts may not be read, without the addresses and numbers in it. Names of
 * people stay, which nothing tells from others.
 */
export const withoutReach = <Text extends string | null>(
  text: Text,
  { mayReadContacts }: Pick<ContactReader, "mayReadContacts">,
): Text =>
  mayReadContacts || text === null ? text : (text.replace(MAIL, "…").replace(NUMBER, "…") as Text);
