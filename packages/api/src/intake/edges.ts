/** What a character means where names are looked for. */
export const EDGE = 1;
export const DOT = 2;

/** One entry a UTF-16 unit: `EDGE` parts words, `DOT` joins the labels of a name, 0 is part of a word. */
export const MEANING: Uint8Array = meanings();

function meanings(): Uint8Array {
  const table = new Uint8Array(0x1_0000);
  const mark = (meaning: number, ...ranges: [number, number][]) => {
    for (const [from, to] of ranges) table.fill(meaning, from, to + 1);
  };
  // Controls and blanks. A zero-width mark is none: it may stand within a name, as dirt.
  mark(EDGE, [0, 0x20], [0x7f, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029]);
  mark(EDGE, [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3001]);
  for (const mark of ",;|<>()[]{}\"'`«»") table[mark.charCodeAt(0)] = EDGE;
  // Dashes, quotes, bullets, arrows, boxes and ticks, and what East Asian scripts put between words.
  mark(EDGE, [0x2012, 0x2015], [0x2018, 0x2026], [0x2039, 0x203a], [0x2190, 0x21ff]);
  mark(EDGE, [0x2460, 0x27bf], [0x3008, 0x3011], [0xff08, 0xff09], [0xff0c, 0xff0c]);
  mark(EDGE, [0xff1a, 0xff1b], [0xff5c, 0xff5c]);
  for (const dot of ".。．｡") table[dot.charCodeAt(0)] = DOT;
  return table;
}
