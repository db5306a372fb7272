// What an evil page repeats for a megabyte: each makes some careless way of reading quadratic.

export const EVIL_TEXTS = [
  "a",
  "a@",
  "a@a.",
  "@",
  "a@a.a.a.",
  "1",
  "1 ",
  "1-",
  "+1(",
  "(c) 2",
  "© ",
  "copyright 1",
  "we accept ",
  "9999999 ",
  "tel: ",
  " \n",
  "ア",
  "2026-01-01 ",
] as const;

export const EVIL_TAGS = [
  "<b>",
  "<div><p>",
  "<a href=x>",
  "<a href='mailto:a@b.example'>",
  "<",
  "</",
  "<!--",
  "<!",
  "<svg>",
  "<svg><title>",
  "<noscript>",
  "<h1>",
  "<address>",
  "<form><textarea>",
  "<meta name=a content=b>",
  "<script>",
  '<script type="application/ld+json">{',
  "<title>",
  "&amp;",
  "&#x41",
  "<x a=1 ",
  "<x a='",
  "\u0000",
  "<p itemprop=telephone>",
  '<div class="a',
  '<div class="logo cookie">',
  "<img alt=visa src=/x/y.svg>",
  "<a href=/a",
  "<li><ul>",
] as const;

/** So many characters of one piece. */
export const repeatTo = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
