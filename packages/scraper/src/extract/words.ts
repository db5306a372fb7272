import { matchesFrom } from "./matches-from.ts";

/** First of the letters that are words of their own. */
export const CJK = 0x3040;
/** 1 for what goes on a word: asking a table costs half of what branches do that nothing foresees. */
export const IN_WORD = new Uint8Array(CJK).fill(1).fill(0, 0, 33);
for (const blank of [0xa0, 0x3000, 0x200b]) IN_WORD[blank] = 0;

/** Of words, each ideograph, kana or hangul syllable block is one of its own. */
export const isCjk = (code: number): boolean =>
  (code <= 0x30ff && code !== 0x30fb) ||
  (code >= 0x3400 && code <= 0x9fff) ||
  (code >= 0xf900 && code <= 0xfaff);

const YEAR_MIN = 1990;
const NOTICE = /©|\(c\)|copyright/gi;

/** The newest year of the copyright notices in a text; years to come are none. */
export function copyrightYear(text: string, thisYear: number, from = 0): number | undefined {
  let newest: number | undefined;
  let notices = 0;
  for (const match of matchesFrom(text, NOTICE, from)) {
    if (++notices > 50) break;
    const after = text.slice(match.index, match.index + 80);
    for (const [year] of after.matchAll(/\b(?:19|20)\d\d\b/g)) {
      const value = Number(year);
      if (value >= YEAR_MIN && value <= thisYear && (newest === undefined || value > newest))
        newest = value;
    }
  }
  return newest;
}
