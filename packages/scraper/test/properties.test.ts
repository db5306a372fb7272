import { brotliCompressSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText } from "../src/fetch/charset.ts";
import { LinkBook } from "../src/extract/link-book.ts";
import { unpack } from "../src/fetch/decode.ts";
import { parseDomain } from "../src/host.ts";
import { line } from "../src/text.ts";
import { normalizeUrl, pageKey, resolveLink } from "../src/url.ts";
import { read } from "./read.ts";

const BASE = new URL("https://one.example/dir/page");

describe("addresses", () => {
  test("resolving never throws and gives http(s) without a user, at most 2000 characters", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.webUrl({ withFragments: true, withQueryParameters: true }),
          fc.webPath(),
        ),
        (href) => {
          const url = resolveLink(href, BASE);
          return (
            url === undefined ||
            (/^https?:$/.test(url.protocol) &&
              url.username === "" &&
              url.password === "" &&
              url.href.length <= 2_000)
          );
        },
      ),
    );
  });

  test("normalising is idempotent, keeps the host and ends the fragment", () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (address) => {
        const once = normalizeUrl(new URL(address));
        expect(normalizeUrl(new URL(once))).toBe(once);
        expect(new URL(once).hostname).toBe(new URL(address).hostname);
        expect(once).not.toContain("#");
        expect(pageKey(once)).toBe(pageKey(normalizeUrl(new URL(once))));
      }),
    );
  });

  test("a link that needs no parser has the address that the parser gives it", () => {
    const pieces =
      "/ // a B_c - ? = & ref utm_source 1 %20 # #x ; @ index.html ü .. . :80 :8080 https:// HTTP:// one.example ONE.example www.one.example"
        .split(" ")
        .concat(" ");
    fc.assert(
      fc.property(
        fc.constantFrom(
          "",
          "/",
          "//",
          "https://one.example/",
          "https://one.example",
          "http://one.example/",
        ),
        fc.array(fc.constantFrom(...pieces), { maxLength: 4 }),
        (begin, more) => {
          const href = begin + more.join("");
          const found = new LinkBook("one.example").resolve(href, BASE);
          const parsed = resolveLink(href, BASE);
          if (found === undefined || parsed === undefined) return;
          parsed.hash = "";
          if (/^[^?;]*(?:\?[\w-]+=[\w-]*)?$/.test(parsed.href) && !/index\.|utm_/.test(parsed.href))
            expect(found.address).toBe(parsed.href.replace(/#$/, ""));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("tracking, fragments, order, index files, slashes, www and scheme make no other page", () => {
    const ways = [
      "https://one.example/a?x=1&y=2",
      "http://one.example/a?y=2&x=1",
      "https://www.one.example/a?x=1&y=2#top",
      "https://one.example/a/?x=1&y=2",
      "https://one.example./a?x=1&utm_source=m&y=2&fbclid=9",
      "https://one.example:443/a?x=1&y=2&gclid=1",
      "https://one.example/a/index.html?x=1&y=2",
    ];
    expect(new Set(ways.map((way) => pageKey(normalizeUrl(new URL(way)))))).toEqual(
      new Set(["one.example/a?x=1&y=2"]),
    );
    const others = [
      "https://one.example/a?x=2&y=2",
      "https://one.example/A?x=1&y=2",
      "https://b.one.example/a?x=1&y=2",
      "https://one.example/a",
    ];
    expect(new Set(others.map((way) => pageKey(normalizeUrl(new URL(way))))).size).toBe(4);
  });

  test.for([
    ["Example.COM", "example.com"],
    ["https://www.example.com/path?x#y", "www.example.com"],
    [" example.com. ", "example.com"],
    ['\uFEFF"example.com",', "example.com"],
    ["http://example.com:8080/", "example.com"],
    ["café-sole.example", "xn--caf-sole-d1a.example"],
    ["xn--mnchen-3ya.de", "xn--mnchen-3ya.de"],
    ["foo.wixsite.com", "foo.wixsite.com"],
    ["a--b.com", "a--b.com"],
    ["under_score.example.com", "under_score.example.com"],
    ["shop.co.uk", "shop.co.uk"],
    ["under_score.com", undefined],
    ["shop.under_score.example", undefined],
    ["under_score.github.io", undefined],
  ])("the line %j means %s", ([input, host]) => expect(parseDomain(input ?? "")).toBe(host));

  test("reading a line never throws and gives a host that means itself", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.domain(), fc.webUrl(), fc.ipV4(), fc.ipV6()),
        (input) => {
          const host = parseDomain(input);
          return host === undefined || parseDomain(host) === host;
        },
      ),
    );
  });
});

describe("bytes", () => {
  const types = fc.constantFrom(
    "",
    "text/html",
    "text/html; charset=utf-8",
    "text/html; charset=Shift_JIS",
    "text/html;charset='gb18030'",
    "text/html; charset=none",
    "text/html; charset=utf-7",
    "text/html; charset=iso-2022-kr",
    "text/html; charset=utf-16",
  );

  test("any bytes in any charset become text", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        types,
        (bytes, type) => typeof decodeText(Buffer.from(bytes), type) === "string",
      ),
    );
  });

  test.for([
    {
      what: "BOM over header",
      bytes: Buffer.from("\uFEFFé"),
      type: "text/html; charset=windows-1252",
      text: "é",
    },
    { what: "UTF-16 by BOM", bytes: Buffer.from([0xff, 0xfe, 0xe9, 0]), type: "", text: "é" },
    {
      what: "UTF-16 big-endian by BOM",
      bytes: Buffer.from([0xfe, 0xff, 0, 0xe9]),
      type: "",
      text: "é",
    },
    {
      what: "header over meta",
      bytes: Buffer.concat([Buffer.from("<meta charset=utf-8>"), Buffer.from([0xe9])]),
      type: "text/html; charset=iso-8859-1",
      text: "<meta charset=utf-8>é",
    },
    {
      what: "meta over guess",
      bytes: Buffer.concat([
        Buffer.from('<meta http-equiv=Content-Type content="text/html; charset=Shift_JIS">'),
        Buffer.from([0x93, 0xfa]),
      ]),
      type: "text/html",
      text: '<meta http-equiv=Content-Type content="text/html; charset=Shift_JIS">日',
    },
    { what: "UTF-8 when valid", bytes: Buffer.from("é"), type: "text/html", text: "é" },
    {
      what: "windows-1252 when not",
      bytes: Buffer.from([0x93, 0xe9, 0x94]),
      type: "text/html",
      text: "“é”",
    },
    {
      what: "an unknown label falls through",
      bytes: Buffer.from([0xe9]),
      type: "text/html; charset=none",
      text: "é",
    },
    {
      what: "a meta that says UTF-16 lies",
      bytes: Buffer.from("<meta charset=utf-16>é"),
      type: "",
      text: "<meta charset=utf-16>é",
    },
  ])("$what", ({ bytes, type, text }) => expect(decodeText(bytes, type)).toBe(text));

  test("unpacking any bytes under any name gives a value, and what was packed comes back", async () => {
    const options = { bodyBytesMax: 10_000, partial: false, holds: "page" } as const;
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom("gzip", "br", "zstd", "deflate", "", "gzip, br", "x"),
        async (bytes, encoding) =>
          typeof (await unpack(Buffer.from(bytes), encoding, options)).ok === "boolean",
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        for (const [encoding, packed] of [
          ["gzip", gzipSync(bytes)],
          ["br", brotliCompressSync(bytes)],
        ] as const) {
          const result = await unpack(packed, encoding, options);
          expect(result.ok && result.body.equals(Buffer.from(bytes))).toBe(true);
        }
      }),
    );
  });
});

describe("text", () => {
  test("a line is well-formed, folded, free of NUL and within its cap", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        (text, max) => {
          const result = line(text, max);
          return result.isWellFormed() && result.length <= max && !/[\0\n\r\t]/.test(result);
        },
      ),
    );
    expect(line("ab😀", 3)).toBe("ab");
    expect(line("a\ud800b", 10)).toBe("a\ufffdb");
  });

  test("extraction never throws, whatever the page", () => {
    const soup = fc.array(
      fc.constantFrom(
        "<",
        ">",
        "</",
        "<a href=",
        '"',
        "'",
        "<title>",
        "</title>",
        "<script>",
        "</script>",
        '<script type="application/ld+json">',
        "{",
        "}",
        "<svg>",
        "</svg>",
        "<!--",
        "-->",
        "&amp;",
        "&#0;",
        "&#xD800;",
        "\0",
        "\ud800",
        "mailto:a@b.com",
        " ",
        "/",
        "=",
        "<h1>",
        "<noscript>",
        "</noscript>",
        "<form>",
        "<textarea>",
        "<meta name=description content=",
        "<base href=",
        "http://[",
        "©2020",
        "+1 207 775 4120",
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          soup.map((parts) => parts.join("")),
          fc.string({ unit: "binary" }),
        ),
        (html) => typeof read(html).page.wordCount === "number",
      ),
      { numRuns: 1_000 },
    );
  });
});
