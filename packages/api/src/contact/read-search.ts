/** Digits that are enough to look for a number. */
const DIGITS_MIN = 3;

/**
 * What a search for somebody looks for: the letters of an address, and the digits of a number, when the text may be one.
 * Numbers are kept with the code of their country, so zeros in front are none of the number.
 */
export function readSearch(text: string): { letters: string; digits: string | undefined } {
  const letters = text.trim().toLowerCase();
  const isNumber = /^[+\d\s()./-]+$/.test(letters);
  const digits = letters.replace(/\(0\)/g, "").replace(/\D/g, "").replace(/^0+/, "");
  return { letters, digits: isNumber && digits.length >= DIGITS_MIN ? digits : undefined };
}
