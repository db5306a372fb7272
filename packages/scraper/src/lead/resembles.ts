const LETTERS: Readonly<Record<string, string>> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  ß: "ss",
  æ: "ae",
  ø: "oe",
  å: "aa",
};

/** Letters and digits alone, once with umlauts written out and once without their dots. */
function bareForms(text: string): string[] {
  const lower = text.toLowerCase();
  const written = lower.replace(/[äöüßæøå]/g, (letter) => LETTERS[letter] ?? letter);
  return [written, lower].map((form) =>
    form
      .normalize("NFD")
      .replace(/ß/g, "ss")
      .replace(/[^\p{L}\p{N}]/gu, ""),
  );
}

/** Whether two names are of one: "shop_laden.de" and "Laden", "Bäckerei Müller" and "baeckerei-mueller". */
export function resembles(one: string, other: string): boolean {
  for (const left of bareForms(one)) {
    for (const right of bareForms(other)) {
      if (left === "" || right === "") continue;
      if (left === right) return true;
      const [short, long] = left.length < right.length ? [left, right] : [right, left];
      if (short.length >= 4 && long.includes(short)) return true;
      // half of the shorter one as a common beginning
      let same = 0;
      while (same < short.length && short[same] === long[same]) same++;
      if (same >= 5 && same * 2 >= short.length) return true;
    }
  }
  if (hasWordsOf(one, other)) return true;
  const initials = other
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word[0] ?? "")
    .join("")
    .toLowerCase();
  return initials.length >= 3 && bareForms(one).includes(initials);
}

const WORD_CHARS_MIN = 3;

/** "fotografia-maralba" has the words of "Maralba Fotografía", in another order. */
export function hasWordsOf(one: string, other: string): boolean {
  const words = other.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word.length >= WORD_CHARS_MIN);
  if (words.length < 2 || words.length > 8) return false;
  return bareForms(one).some((whole, form) => {
    const bare = words.map((word) => bareForms(word)[form] ?? "");
    const letters = bare.reduce((sum, word) => sum + word.length, 0);
    return letters * 10 >= whole.length * 7 && bare.every((word) => whole.includes(word));
  });
}
