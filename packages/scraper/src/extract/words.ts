/** First of the letters that are words of their own. */
const CJK = 0x3040;
/** 1 for what goes on a word: asking a table costs half of what branches do that nothing foresees. */
const IN_WORD = new Uint8Array(CJK).fill(1).fill(0, 0, 33);
for (const blank of [0xa0, 0x3000, 0x200b]) IN_WORD[blank] = 0;

/** Words of a text: runs without white space; each ideograph, kana or hangul syllable block counts as a word of its own. */
export function countWords(text: string): number {
  let words = 0;
  let within = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < CJK) {
      const goesOn = IN_WORD[code] as number;
      words += goesOn & (within ^ 1);
      within = goesOn;
    } else if (isCjk(code)) {
      words++;
      within = 0;
    } else {
      words += within ^ 1;
      within = 1;
    }
  }
  return words;
}

const isCjk = (code: number): boolean =>
  (code <= 0x30ff && code !== 0x30fb) ||
  (code >= 0x3400 && code <= 0x9fff) ||
  (code >= 0xf900 && code <= 0xfaff);

const YEAR_MIN = 1990;

/** The newest year of the copyright notices in a text; years to come are none. */
export function copyrightYear(text: string, thisYear: number): number | undefined {
  let newest: number | undefined;
  let notices = 0;
  for (const match of text.matchAll(/©|\(c\)|copyright/gi)) {
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
