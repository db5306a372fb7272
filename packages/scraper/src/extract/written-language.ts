const SAMPLE_CHARS = 6_000;
/** Letters of a script, or small words of a language, below which a text says nothing. */
const SIGNS_MIN = 4;
/** How much more a language's small words must appear than the next one's. */
const LEAD_MIN = 1.5;

/** In this order: Japanese has Chinese letters too. */
const SCRIPTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ["ja", /[\u3041-\u3096\u30a1-\u30fa]/g],
  ["ko", /[\uac00-\ud7a3]/g],
  ["zh", /[\u4e00-\u9fff]/g],
  ["el", /[\u03b1-\u03c9]/g],
  ["he", /[\u05d0-\u05ea]/g],
  ["uk", /[іїєґ]/g],
  ["ru", /[ыэ]/g],
];

const SMALL_WORDS: Record<string, string> = {
  en: "the and of to in for with our we you your is are at by from",
  fr: "le la les des du une est et vous nous votre notre pour avec dans sur chaque aux",
  de: "und der die das ist mit für wir sie auf ein eine einen nicht von zu im ihre",
  es: "el los las una y con para por del que en nuestro nuestra su desde como",
  it: "il gli una è e con per di che nel nella della dei sono nostro nostra",
  nl: "het een en van de voor met wij op niet zijn onze bij ook uw",
  pt: "os as uma é e com para do da dos não em nosso nossa seu",
  pl: "i w z na się nie jest do oraz dla od nasze przez",
  sv: "och att det som en för med på är av vi till inte",
  da: "og at det som en for med på er af vi til ikke",
  fi: "ja on ei että myös sekä meidän olemme kanssa tai",
  cs: "a v na se je pro ve z nebo jsme naše také",
  hu: "és a az hogy nem egy van vagy meg is",
  ro: "și în cu la de pe pentru este sunt din noastre",
  tr: "ve bir bu için ile da de çok olarak",
};

const languagesOf = new Map<string, string[]>();
for (const [language, words] of Object.entries(SMALL_WORDS)) {
  for (const word of words.split(" ")) {
    languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);
  }
}

/** The language a text is written in, told by its letters and its small words; null where they do not tell. */
export function writtenLanguage(text: string): string | null {
  const sample = text.slice(0, SAMPLE_CHARS).toLowerCase();
  for (const [language, letters] of SCRIPTS) {
    if ((sample.match(letters)?.length ?? 0) >= SIGNS_MIN) return language;
  }
  const counts = new Map<string, number>();
  for (const [word] of sample.matchAll(/\p{L}+/gu)) {
    for (const language of languagesOf.get(word) ?? [])
      counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const [first, second] = [...counts].toSorted((one, other) => other[1] - one[1]);
  return first !== undefined && first[1] >= SIGNS_MIN && first[1] >= LEAD_MIN * (second?.[1] ?? 0)
    ? first[0]
    : null;
}
