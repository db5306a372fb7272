import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanDomainName, parseDomainList, readDomainLines } from "./domain-list.ts";
import { INPUT_LENGTH_MAX } from "./domain-name.ts";

const domainOf = (entry: string): string | null => {
  const cleaned = cleanDomainName(entry);
  return "domain" in cleaned ? cleaned.domain : null;
};

describe("an entry is cleaned to the host it means", () => {
  test.each([
    ["example.com", "example.com"],
    ["  Example.COM. ", "example.com"],
    ["https://www.example.com:8443/a/b?c=d#e", "example.com"],
    ["http//example.com", "example.com"],
    ["https:/example.com", "example.com"],
    ["//example.com/x", "example.com"],
    ["http:\\\\example.com\\x", "example.com"],
    ["\ufeff“example.com”", "example.com"],
    ["<https://example.com>", "example.com"],
    ["- example.com", "example.com"],
    ["12. example.com", "example.com"],
    ["*.example.com", "example.com"],
    [".example.com", "example.com"],
    ["example.com:99999", "example.com"],
    ["https://medium.com/@somebody", "medium.com"],
    ["bücher.de", "xn--bcher-kva.de"],
    ["例え.jp", "xn--r8jz45g.jp"],
    ["exam\u200bple.com", "example.com"],
    ["blog.shop.example.co.uk", "blog.shop.example.co.uk"],
    ["acme.myshopify.com", "acme.myshopify.com"],
    ["www.acme.github.io", "acme.github.io"],
    ["www.github.io", "www.github.io"],
    ["www.gov.uk", "www.gov.uk"],
    ["www.com", "www.com"],
    ["www.bakery.example", "bakery.example"],
    ["site.test", "site.test"],
    ["My_Shop.example.com", "my_shop.example.com"],
    ["https://www._tcp.bakery.example/", "_tcp.bakery.example"],
  ])("%j → %s", (entry, domain) => expect(domainOf(entry)).toBe(domain));
});

describe("an entry that names no public web site is refused with a reason", () => {
  test.each([
    "",
    "https://",
    "co.uk",
    "github.io",
    "https://myshopify.com/",
    "com",
    "localhost",
    "printer.local",
    "db.internal",
    "x.invalid",
    "hidden.onion",
    "127.0.0.1",
    "http://10.0.0.1/",
    "2130706433",
    "0x7f.1",
    "017700000001",
    "[::1]",
    "http://[::ffff:127.0.0.1]/",
    "::1",
    "user:secret@example.com",
    "http://a@example.com/",
    "info@example.com",
    "mailto:info@example.com",
    "ftp://example.com",
    "javascript:alert(1)",
    "Acme Inc",
    "my_shop.com",
    "shop.my_bakery.example",
    "my_shop.github.io",
    "a..example.com",
    "-bad.com",
    "bad-.com",
    "example",
    "test",
    "shop.nosuchending",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(130)}com`,
    "exa*mple.com",
    "%00.com",
  ])("%j", (entry) => {
    const cleaned = cleanDomainName(entry);
    expect(cleaned).toEqual({ reason: expect.stringMatching(/^\S.*\.$/) });
  });
});

describe("a list", () => {
  test("keeps line numbers over several entries on a line and drops empty ones", () => {
    const lines = parseDomainList("a.com, b.com;c.com\tlocalhost\r\n\r\n  \nd.com e.com\n");
    expect(lines.map((line) => [line.line, line.domain, line.kind])).toEqual([
      [1, "a.com", "valid"],
      [1, "b.com", "valid"],
      [1, "c.com", "valid"],
      [1, null, "invalid"],
      [4, "d.com", "valid"],
      [4, "e.com", "valid"],
    ]);
  });

  test("says which line a duplicate repeats, whatever it is written like", () => {
    const lines = parseDomainList("a.com\nhttps://WWW.A.com/x\nnope\nnope");
    expect(lines.map((line) => [line.kind, line.reason])).toEqual([
      ["valid", null],
      ["duplicate", "Same as line 1."],
      ["invalid", "A domain name needs an ending such as .com."],
      ["duplicate", "Same as line 3."],
    ]);
  });

  test("leaves commas inside a path alone", () => {
    expect(parseDomainList("https://a.com/x,y;z, b.com").map((line) => line.domain)).toEqual([
      "a.com",
      "b.com",
    ]);
  });

  test("reads the column of a CSV that its header names", () => {
    const csv = '\ufeffName;Web site;Phone\n"Acme; Inc";https://acme.com/;1.5\nFoo;"foo.com";2';
    expect(parseDomainList(csv).map((line) => [line.line, line.domain])).toEqual([
      [2, "acme.com"],
      [3, "foo.com"],
    ]);
  });
});

describe("elements a program sends", () => {
  test("are one line each: words of a header and separators mean nothing", () => {
    const lines = readDomainLines([
      "website",
      "example.com",
      "a.example,domain,b.example",
      "x1.example,y.example,z.example",
      "c.example d.example",
      "https://e.example/x https://f.example/y",
      "https://g.example/x,https://h.example",
    ]);
    expect(lines.map(({ line, kind, domain }) => [line, kind, domain])).toEqual([
      [1, "invalid", null],
      [2, "valid", "example.com"],
      [3, "invalid", null],
      [4, "invalid", null],
      [5, "invalid", null],
      [6, "invalid", null],
      [7, "invalid", null],
    ]);
    expect(new Set(lines.slice(2).map(({ reason }) => reason))).toEqual(
      new Set(["One line names one site: write each name on a line of its own."]),
    );
  });

  test.each([
    ["https://a.com/x,y;z", "a.com"],
    ["\thttps://a.com/some page\n", "a.com"],
    ["12. a.com", "a.com"],
    ["- https://a.com", "a.com"],
  ])("%j still means %s", (element, domain) => {
    expect(readDomainLines([element])).toMatchObject([{ domain, reason: null }]);
  });

  test.each(["a.com,", "Acme, Inc", "a.com;b", "a.com\nb.com"])("%j is refused", (element) => {
    expect(readDomainLines([element])).toMatchObject([{ kind: "invalid", domain: null }]);
  });

  test("are never more lines than there are elements", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 20 }), (elements) => {
        expect(readDomainLines(elements).length).toBeLessThanOrEqual(elements.length);
      }),
    );
  });
});

test.each([
  ["colons", `${":".repeat(100_000)}z`],
  ["numbers and colons", `${"1:".repeat(100_000)}z`],
  ["marks", `x${"(".repeat(100_000)}b`],
  ["dots", `a${".".repeat(100_000)}b`],
  ["blanks", `x${" ".repeat(100_000)}b`],
])("a line of a hundred thousand %s is refused in one pass", (_, line) => {
  expect(readDomainLines([line])).toMatchObject([{ kind: "invalid" }]);
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom(...Array.from("aA.-/:@ \t,;\"'*_%[]()<>#?\\\u0000\ud800üß。")),
    maxLength: 40,
  }),
  fc.webUrl(),
  fc.domain(),
  fc.ipV4Extended(),
  fc.ipV6(),
);

test("whatever is pasted, nothing throws and every name is one a name server could be asked for", () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 20 }), (entries) => {
      for (const line of [...readDomainLines(entries), ...parseDomainList(entries.join("\n"))]) {
        expect(line.input.isWellFormed()).toBe(true);
        expect(line.input).not.toContain("\u0000");
        expect([...line.input].length).toBeLessThanOrEqual(INPUT_LENGTH_MAX);
        if (line.domain === null) {
          expect(line.reason).toBeTruthy();
        } else {
          expect(line.domain).toMatch(
            /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/,
          );
          expect(line.domain).not.toMatch(/^[\d.]+$/);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("a cleaned name is clean: cleaning it again changes nothing", () => {
  fc.assert(
    fc.property(anyText, (entry) => {
      const once = cleanDomainName(entry);
      fc.pre("domain" in once);
      expect(cleanDomainName(once.domain)).toEqual({ domain: once.domain, changes: [] });
    }),
    { numRuns: 500 },
  );
});

test("names of a list are distinct, and every entry is accounted for", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a.com", "A.com", "www.a.com", "b.org", "localhost", "x y"), {
        maxLength: 30,
      }),
      (entries) => {
        const lines = readDomainLines(entries);
        expect(lines).toHaveLength(entries.length);
        const kept = lines
          .filter((line) => line.kind !== "duplicate")
          .map((line) => line.domain ?? line.input);
        expect(new Set(kept).size).toBe(kept.length);
      },
    ),
  );
});

test("100,000 lines are read whole", () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `https://www.shop-${index}.com/`);
  expect(readDomainLines(lines).filter(({ domain }) => domain !== null)).toHaveLength(100_000);
});
