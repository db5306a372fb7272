import { inAscii } from "@scrapersky/db/schema";
import type { SQL, SQLWrapper } from "drizzle-orm";
import { beginsWith, contains, CONTAINS_MIN } from "../list/contains.ts";

/** Digits that are enough to look for a number. */
const DIGITS_MIN = 3;

/**
 * What a search for somebody looks for: the letters of an address, and the digits of a number, when the text may be one.
 * Numbers are kept with the code of their country, so zeros in front are none of the number.
 */
export function readSearch(text: string): { letters: string; digits: string | undefined } {
  const letters = text.trim().toLowerCase();
  const mayBeNumber = /^[+\d\s()./-]+$/.test(letters);
  const digits = letters.replace(/\(0\)/g, "").replace(/\D/g, "").replace(/^0+/, "");
  return { letters, digits: mayBeNumber && digits.length >= DIGITS_MIN ? digits : undefined };
}

/** As many digits are those of one number, or of the few of one house. */
const NUMBER_DIGITS_MIN = 7;

/** Whether the text is most of a telephone number, which few have. */
export const isNumber = (text: string): boolean =>
  (readSearch(text).digits ?? "").length >= NUMBER_DIGITS_MIN;

/**
 * An address with these letters in any part. Of one or two letters it is its beginning, and of an address with its `@` too: what
 * stands before that is in so many addresses that looking for it everywhere takes a hundred times as long.
 */
export const isAddressWith = (column: SQLWrapper, letters: string): SQL =>
  letters.length < CONTAINS_MIN || letters.indexOf("@") > 0
    ? beginsWith(inAscii(column), letters)
    : contains(column, letters);
