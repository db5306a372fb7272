import { describe, expect, test } from "vitest";
import { parseSitemap } from "../src/crawl/sitemap-text.ts";

const NS = "http://www.sitemaps.org/schemas/sitemap/0.9";
const IMAGE = "http://www.google.com/schemas/sitemap-image/1.1";
const pagesOf = (text: string, max = 100) => parseSitemap(text, max)?.pages;

describe("addresses belong to pages by their namespace", () => {
  test.for([
    ["no namespace", "<urlset><url><loc>/a</loc></url></urlset>"],
    ["the usual one", `<urlset xmlns="${NS}"><url><loc>/a</loc></url></urlset>`],
    ["a prefix", `<sm:urlset xmlns:sm="${NS}"><sm:url><sm:loc>/a</sm:loc></sm:url></sm:urlset>`],
    ["a prefix nobody declares", "<x:urlset><x:url><x:loc>/a</x:loc></x:url></x:urlset>"],
    [
      "a prefix for the children alone",
      `<urlset xmlns="${NS}" xmlns:s='${NS}'><s:url><s:loc>/a</s:loc></s:url></urlset>`,
    ],
    [
      "images beside it",
      `<urlset xmlns="${NS}" xmlns:image="${IMAGE}"><url><loc>/a</loc><image:image><image:loc>/a.jpg</image:loc></image:image></url></urlset>`,
    ],
    [
      "images without a prefix",
      `<s:urlset xmlns:s="${NS}" xmlns="${IMAGE}"><s:url><s:loc>/a</s:loc><image><loc>/a.jpg</loc></image></s:url></s:urlset>`,
    ],
    [
      "films and news",
      "<urlset><url><loc>/a</loc><video:video><video:player_loc>/v</video:player_loc></video:video><news:news/></url></urlset>",
    ],
    [
      "other languages",
      '<urlset><url><loc>/a</loc><xhtml:link rel="alternate" hreflang="de" href="/de"/></url></urlset>',
    ],
    [
      "a prefix that is forgotten",
      `<sm:urlset xmlns:sm="${NS}"><url><loc>/a</loc></url></sm:urlset>`,
    ],
    ["upper case", "<URLSET><URL><LOC>/a</LOC></URL></URLSET>"],
    ["an attribute", '<urlset><url><loc lang="de">/a</loc></url></urlset>'],
    ["line breaks everywhere", "<urlset\n>\n<url\n><loc\n>\n  /a\n </loc\n></url></urlset>"],
    [
      "a style sheet and a comment first",
      '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><!-- <html> --><urlset><url><loc>/a</loc></url>',
    ],
    ["a doctype", '<!DOCTYPE urlset SYSTEM "x.dtd"><urlset><url><loc>/a</loc></url>'],
    [
      "warnings of its program first",
      "<br />\n<b>Warning</b>: foo in <b>/x.php</b>\n<?xml version='1.0'?><urlset><url><loc>/a</loc>",
    ],
    [
      "an address that is commented out",
      "<urlset><!-- <url><loc>/old</loc></url> --><url><loc>/a</loc></url></urlset>",
    ],
    [
      "an empty address",
      "<urlset><url><loc></loc></url><url><loc/></url><url><loc>/a</loc></url></urlset>",
    ],
    ["half a file", "<urlset><url><loc>/a</loc></url><url><loc>/b"],
  ] as const)("%s", ([, text]) => expect(pagesOf(text)).toEqual(["/a"]));

  test("entities, CDATA and blanks are not part of an address", () => {
    const loc = (text: string) => pagesOf(`<urlset><url><loc>${text}</loc></url></urlset>`);
    expect(loc("/a?x=1&amp;y=2")).toEqual(["/a?x=1&y=2"]);
    expect(loc("/a?x=1&#38;y=2&#x26;z")).toEqual(["/a?x=1&y=2&z"]);
    expect(loc("/a?x=1&y=2")).toEqual(["/a?x=1&y=2"]);
    expect(loc("<![CDATA[ /a?x=1&y=2 ]]>")).toEqual(["/a?x=1&y=2"]);
    expect(loc("\n<![CDATA[/a]]>\n")).toEqual(["/a"]);
    expect(loc("/d&#xFC;r")).toEqual(["/dür"]);
  });
});

describe("other forms of a list", () => {
  test("an index leads to files, with a prefix too", () => {
    const files = { sitemaps: ["/1.xml", "/2.xml.gz"], pages: [] };
    expect(
      parseSitemap(
        "<sitemapindex><sitemap><loc>/1.xml</loc></sitemap><sitemap><loc>/2.xml.gz</loc></sitemap></sitemapindex>",
        9,
      ),
    ).toEqual(files);
    expect(
      parseSitemap(
        `<s:sitemapindex xmlns:s="${NS}"><s:sitemap><s:loc>/1.xml</s:loc></s:sitemap><s:sitemap><s:loc>/2.xml.gz</s:loc></s:sitemap></s:sitemapindex>`,
        9,
      ),
    ).toEqual(files);
  });

  test("RSS, RSS 1.0 and Atom lead to the pages they tell of", () => {
    expect(
      pagesOf(
        '<?xml version="1.0"?><rss version="2.0"><channel><link>/</link><atom:link rel="self" href="/feed"/><item><link>/a</link><guid>/x</guid></item><item><link><![CDATA[/b?x&y]]></link></item></channel></rss>',
      ),
    ).toEqual(["/", "/a", "/b?x&y"]);
    expect(
      pagesOf(
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel><link>/</link></channel><item rdf:about="/a"><link>/a</link></item></rdf:RDF>',
      ),
    ).toEqual(["/", "/a"]);
    expect(
      pagesOf(
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/feed"/><link href="/"/><entry><link rel="alternate" type="text/html" href="/a?x=1&amp;y"/><link rel="enclosure" href="/a.mp3"/></entry></feed>',
      ),
    ).toEqual(["/", "/a?x=1&y"]);
  });

  test.for([
    ["LF", "https://x.example/a\nhttps://x.example/b"],
    ["CRLF", "https://x.example/a\r\nhttps://x.example/b\r\n"],
    ["CR", "https://x.example/a\rhttps://x.example/b"],
    ["a BOM and blanks", "\uFEFF https://x.example/a \n\n\t https://x.example/b"],
    ["remarks between", "my pages\nhttps://x.example/a\n# old\nhttps://x.example/b"],
  ] as const)("lines with %s", ([, text]) =>
    expect(pagesOf(text)).toEqual(["https://x.example/a", "https://x.example/b"]),
  );

  test.for([
    "<!doctype html><title>Not found</title><urlset><url><loc>/x</loc></url>",
    "<html><body><loc>/x</loc></body></html>",
    "Not found",
    "",
    '{"urls":["https://x.example/a"]}',
    "<?xml version='1.0'?><error>no</error>",
    "<!-- <urlset><url><loc>/x</loc></url></urlset>",
  ])("%j is none", (text) => expect(parseSitemap(text, 100)).toBeUndefined());
});

test("at most as many as asked for", () => {
  const many = "<url><loc>/a</loc></url>".repeat(50);
  expect(pagesOf(`<urlset>${many}</urlset>`, 7)).toHaveLength(7);
  expect(parseSitemap(`<sitemapindex>${many}`, 7)?.sitemaps).toHaveLength(7);
  expect(pagesOf("https://x.example/a\n".repeat(50), 7)).toHaveLength(7);
  expect(pagesOf(`<rss>${"<link>/a</link>".repeat(50)}`, 7)).toHaveLength(7);
});

test.for([
  "<",
  "<loc>",
  "<!--",
  "<loc ",
  "<a:loc>",
  "<loc><![CDATA[",
  "<loc>&amp;",
  "<!-- -->",
  "<url>",
  "<loc/>",
])("twenty megabytes of %s are passed over once", (piece) => {
  const found = parseSitemap(`<urlset>${piece.repeat(20_000_000 / piece.length)}`, 10_000);
  expect(found?.pages.length).toBeLessThanOrEqual(10_000);
});

test.for(["\n", "\r ", "a\r", "  ", "https://"])("of lines with %j too", (piece) => {
  expect(
    parseSitemap(piece.repeat(20_000_000 / piece.length), 10_000)?.pages.length ?? 0,
  ).toBeLessThanOrEqual(1);
});
