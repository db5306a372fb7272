import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText, sniffEncoding } from "../src/fetch/charset.ts";

/** The encoding of a page without an HTTP header; "\xNN" in it is one byte. */
const of = (page: string, type = "text/html"): string =>
  sniffEncoding(Buffer.from(page, "latin1"), type);
const filler = (length: number): string => `<!--${"x".repeat(length)}-->`;

describe("what a page says of its encoding", () => {
  test.for([
    ["a charset", '<meta charset="iso-8859-2">', "iso-8859-2"],
    ["without quotes", "<meta charset=euc-jp>", "euc-jp"],
    ["in single quotes", "<meta charset='koi8-r'>", "koi8-r"],
    ["over lines", '<meta\ncharset = "\n big5\n">', "big5"],
    ["in upper case", '<META CHARSET="BIG5">', "big5"],
    ["with a slash", "<meta/charset=gbk/>", "windows-1252"],
    ["a pragma", '<meta http-equiv="Content-Type" content="text/html; charset=gbk">', "gbk"],
    ["a pragma turned round", "<meta content='a;charset=gbk' http-equiv=content-type>", "gbk"],
    [
      "a pragma with quotes inside",
      `<meta http-equiv=content-type content="x;charset='gbk'">`,
      "gbk",
    ],
    [
      "a pragma with a quote too few",
      `<meta http-equiv=content-type content="x;charset='gbk">`,
      "windows-1252",
    ],
    ["content without its pragma", '<meta content="text/html; charset=gbk">', "windows-1252"],
    [
      "a pragma of another name",
      '<meta http-equiv="X-Content-Type" content="charset=gbk">',
      "windows-1252",
    ],
    [
      "charset twice in one content",
      "<meta http-equiv=content-type content='charset charset=gbk'>",
      "gbk",
    ],
    ["the first attribute of a name", "<meta charset=gbk charset=big5>", "gbk"],
    ["the first of two", "<meta charset=gbk><meta charset=big5>", "gbk"],
    ["a bogus label, then a real one", "<meta charset=bogus><meta charset=gbk>", "gbk"],
    ["an empty label, then a real one", "<meta charset=''><meta charset=gbk>", "gbk"],
    ["a comment before it", "<!-- <meta charset=gbk> --><meta charset=big5>", "big5"],
    ["the shortest comments", "<!--><meta charset=gbk>", "gbk"],
    ["a comment that never ends", "<!-- <meta charset=gbk>", "windows-1252"],
    ["a tag whose name only begins like it", "<metadata charset=gbk>", "windows-1252"],
    ["within a quoted attribute", '<p title="x><meta charset=gbk>">y', "windows-1252"],
    ["after a quoted attribute with >", '<p title=">"><meta charset=gbk>', "gbk"],
    ["in a script", "<script>write('<meta charset=gbk>')</script>", "gbk"],
    ["in the body", "<body><p><meta charset=gbk>", "gbk"],
    ["after a closing tag", "</p ><meta charset=gbk>", "gbk"],
    ["after a doctype and an instruction", "<!doctype html><?x y?><meta charset=gbk>", "gbk"],
    ["a tag that the file cuts", "<meta charset=gbk", "windows-1252"],
    ["a value that the file cuts", '<meta charset="gbk', "windows-1252"],
    ["UTF-16, which it cannot be", '<meta charset="utf-16">', "utf-8"],
    ["UTF-16 of one kind", '<meta charset="utf-16be">', "utf-8"],
    ["a user's own", '<meta charset="x-user-defined">', "windows-1252"],
    ["an old name", "<meta charset=x-sjis>", "shift_jis"],
    ["a name with blanks", "<meta charset=' latin1 '>", "windows-1252"],
    ["an XML declaration", '<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"],
    ["a meta over an XML declaration", '<?xml encoding="big5"?><meta charset=gbk>', "gbk"],
    ["after 1020 bytes", `${filler(1_010)}<meta charset=gbk>`, "gbk"],
    ["after ten thousand", `${filler(10_000)}<meta charset=gbk>`, "gbk"],
    ["after half a megabyte", `${filler(500_000)}<meta charset=gbk>`, "windows-1252"],
    ["nothing", "<p>x", "windows-1252"],
    ["nothing, in UTF-8", "<p>\xc3\xa9", "utf-8"],
    ["nothing, in Latin-1", "<p>\xe9", "windows-1252"],
  ] as const)("%s", ([, page, encoding]) => expect(of(page)).toBe(encoding));
});

describe("what others say of it", () => {
  test.for([
    ["the header over the page", "text/html; charset=big5", "<meta charset=gbk>", "big5"],
    ["a header in quotes", 'text/html;charset="big5"', "", "big5"],
    ["a header with blanks", "text/html; charset = big5 ; x=y", "", "big5"],
    ["a header of a label nobody knows", "text/html; charset=none", "<meta charset=gbk>", "gbk"],
    ["a BOM over both", "text/html; charset=big5", "\xef\xbb\xbf<meta charset=gbk>", "utf-8"],
    ["the BOM of UTF-16", "text/html; charset=big5", "\xff\xfe<\0", "utf-16le"],
    ["the other BOM of UTF-16", "", "\xfe\xff\0<", "utf-16be"],
    ["UTF-16 without a BOM", "text/html", "<\0!\0d\0", "utf-16le"],
    ["the other UTF-16 without a BOM", "text/html", "\0<\0h\0t", "utf-16be"],
    ["a header of UTF-16", "text/html; charset=utf-16", "x\0", "utf-16le"],
  ] as const)("%s", ([, type, page, encoding]) => expect(of(page, type)).toBe(encoding));
});

test("text comes out as it was written", () => {
  const page = '<meta charset="iso-8859-2"><title>Księgarnia</title>';
  const bytes = Buffer.from(page.replace("ę", "\xea"), "latin1");
  expect(decodeText(bytes, "text/html")).toBe(page);
  const wide = Buffer.from("<!doctype html><title>büro</title>", "utf16le");
  expect(decodeText(wide, "text/html")).toContain("<title>büro</title>");
});

test("any bytes have an encoding that a decoder knows", () => {
  const piece = fc.constantFrom(
    "<meta",
    " charset=",
    "gbk",
    '"',
    "'",
    ">",
    "<!--",
    "-->",
    "<",
    "/",
    "=",
    " content=",
    "\0",
    "\xff",
    "<?xml encoding='",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const encoding = of(pieces.join(""), "");
      expect(new TextDecoder(encoding).encoding).toBe(encoding);
    }),
    { numRuns: 2_000 },
  );
});

test.for([
  "<",
  "<meta ",
  "<meta charset=",
  "<!--",
  "<a b='",
  "<meta content='charset ",
  "<a =",
  "</a",
])("a megabyte of %s is looked through once", (piece) =>
  expect(of(piece.repeat(1_000_000 / piece.length))).toBe("windows-1252"),
);
