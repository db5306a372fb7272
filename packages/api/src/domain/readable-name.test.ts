import { expect, test } from "vitest";
import { readableName } from "./readable-name.ts";

test.each([
  ["acme.com", "acme.com"],
  ["xn--bcher-kva.de", "bücher.de"],
  ["shop.xn--caf-sole-d1a.example", "shop.café-sole.example"],
  ["xn--r8jz45g.jp", "例え.jp"],
  ["xn--80aafi6cg.xn--p1ai", "правда.рф"],
])("%s reads as %s", (host, readable) => expect(readableName(host)).toBe(readable));

test.each([
  "xn--a",
  "xn--a-0hc.com",
  "xn--.com",
  "not xn-- a domain",
  "XN--BCHER-KVA.de",
  // "apple" with a Cyrillic а, and of nothing but Cyrillic letters
  "xn--pple-43d.com",
  "xn--80ak6aa92e.com",
])("%s stays as it is", (host) => expect(readableName(host)).toBe(host));
