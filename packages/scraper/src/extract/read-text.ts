import { inAnyCase, isEnd, isUnknown, type Needle, Needles, rowOf } from "./needles.ts";
import { CJK, IN_WORD, isCjk } from "./words.ts";

/** The searches that most texts hold nothing for. */
const SEARCHES = [
  "opening",
  "fenced",
  "bare",
  "capitals",
  "accepting",
  "copyright",
  "price",
  "digit",
] as const;
type Search = (typeof SEARCHES)[number];

/** What one pass over a text tells: its words, and for each search where it may begin; Infinity where it would find nothing. */
export type TextSigns = { words: number } & Readonly<Record<Search, number>>;

/** For a text that nobody has looked through. */
export const UNREAD: TextSigns = {
  words: 0,
  opening: 0,
  fenced: 0,
  bare: 0,
  capitals: 0,
  accepting: 0,
  copyright: 0,
  price: 0,
  digit: 0,
};

const FENCE = "-_*#|~\"'+=^°";
const BLANK = " \u00a0";
const SMALL = "abcdefghijklmnopqrstuvwxyz";
const CAPITAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS = "0123456789";
const WIDE_DIGITS = "０１２３４５６７８９";

/** What each search needs at least, one after the other: more than it finds, and never less. */
const PARTS: Readonly<Record<Search, readonly (readonly string[])[]>> = {
  opening: [["([{<（【［〔«「『"]],
  fenced: [[FENCE, "aAäÄ", "tT", FENCE]],
  bare: [
    [BLANK, "aAäÄ", "tT", BLANK],
    ...["arroba", "chiocciola", "arobase", "apenstaartje", "snabel", "アット"].map((word) => [
      BLANK,
      ...Array.from(word),
    ]),
  ],
  capitals: [[SMALL + DIGITS, "A", "T", `${SMALL}${DIGITS}-`]],
  accepting: [
    "accept",
    "ayment method",
    "ay with",
    "ahlungsart",
    "akzeptier",
    "de pago",
    "aceptamos",
    "e paiement",
  ].map((word) => Array.from(word)),
  copyright: [["©"], inAnyCase("(c)"), inAnyCase("copyright")],
  price: [[CAPITAL, CAPITAL, CAPITAL], [CAPITAL, "$"], ["£₹円łč"]],
  digit: [[DIGITS + WIDE_DIGITS]],
};
/** How long what tells a search is at most. */
const REACH = SEARCHES.map((search) => Math.max(...PARTS[search].map(({ length }) => length)));

const needles = new Needles(
  SEARCHES.flatMap((search, bit) =>
    PARTS[search].map((places): Needle => ({ places, tells: 1 << bit })),
  ),
);

/** Units of a text that are looked at in one go, outside of the string: there each of them is one load away. */
const STRETCH = 16_384;
const units = new Uint16Array(STRETCH);
const stretch = Buffer.from(units.buffer);

/** Looks a text through, once for all that is looked for in it. */
export function readText(text: string): TextSigns {
  const { kinds, steps } = needles;
  const first = SEARCHES.map(() => Infinity);
  let seen = 0;
  let state = 0;
  let words = 0;
  let within = 0;
  for (let from = 0; from < text.length; from += STRETCH) {
    const piece =
      text.length <= STRETCH ? text : text.slice(from, Math.min(text.length, from + STRETCH));
    stretch.write(piece, "utf16le");
    for (let at = 0; at < piece.length; at++) {
      const code = units[at] as number;
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
      const kind = kinds[code] as number;
      let step = steps[state + kind] as number;
      if (isUnknown(step)) step = needles.learn(state, kind);
      state = rowOf(step);
      if (isEnd(step)) {
        const told = needles.told(step) & ~seen;
        if (told !== 0) {
          seen |= told;
          for (let bit = 0; bit < SEARCHES.length; bit++)
            if ((told & (1 << bit)) !== 0)
              first[bit] = Math.max(0, from + at + 1 - (REACH[bit] as number));
        }
      }
    }
  }
  const [opening, fenced, bare, capitals, accepting, copyright, price, digit] = first as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { words, opening, fenced, bare, capitals, accepting, copyright, price, digit };
}
