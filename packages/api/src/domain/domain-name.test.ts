import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanDomainName } from "./domain-name.ts";

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
    ["http://https://example.com", "example.com"],
    ["http://http://example.com/", "example.com"],
    ["https://https:/example.com", "example.com"],
    ["http://https//example.com", "example.com"],
    ["http://www.https://example.com", "example.com"],
    ["htps://example.com", "example.com"],
    ["ttp://example.com", "example.com"],
    ["htttps://example.com", "example.com"],
    ["hxxps://example.com", "example.com"],
    ["http;//example.com", "example.com"],
    ["https.//example.com", "example.com"],
    ["https//:example.com", "example.com"],
    ["https:example.com", "example.com"],
    ["HTTPS:\\\\example.com\\menu", "example.com"],
    ["view-source:https://example.com", "example.com"],
    ["http.cat", "http.cat"],
    ["https.example.com", "https.example.com"],
    ["www.http.example.com", "http.example.com"],
    ["www.www.example.com", "example.com"],
    ["example.com;", "example.com"],
    ["example.com,", "example.com"],
    ["► example.com", "example.com"],
    ["gov.uk", "gov.uk"],
    ["gob.mx", "gob.mx"],
    ["nhs.uk", "nhs.uk"],
    ["نامه\u200cای.com", "xn--mgba3gch31f060k.com"],
    ["ශ්\u200dරී.com", "xn--10cl1a0b660p.com"],
    ["exam\u200dple.com", "example.com"],
    ["exam\u200cple.com", "example.com"],
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
    "sftp://example.com",
    "smtp://example.com",
    "http://https://",
    "gov.example.nosuchending",
    "go.jp",
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

test.each([
  ["colons", `${":".repeat(100_000)}z`],
  ["numbers and colons", `${"1:".repeat(100_000)}z`],
  ["marks", `x${"(".repeat(100_000)}b`],
  ["dots", `a${".".repeat(100_000)}b`],
  ["blanks", `x${" ".repeat(100_000)}b`],
  ["schemes", "http://".repeat(100_000)],
])("a hundred thousand %s are refused", (_, entry) => {
  expect(domainOf(entry)).toBeNull();
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
