/** Words of a text: runs without white space; each ideograph, kana or hangul syllable block counts as a word of its own. */
export function countWords(text: string): number {
  let words = 0;
  let within = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 32 || code === 0xa0 || code === 0x3000 || code === 0x200b) {
      within = false;
    } else if (code >= 0x3040 && isCjk(code)) {
      words++;
      within = false;
    } else if (!within) {
      words++;
      within = true;
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
