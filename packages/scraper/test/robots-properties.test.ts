import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRobotsRules } from "../src/crawl/robots-rules.ts";

const letters = fc.string({
  unit: fc.constantFrom("a", "b", "/", "*", "$", ".", "?"),
  maxLength: 8,
});
const rule = fc.record({ allow: fc.boolean(), pattern: letters.map((text) => `/${text}`) });
const fileOf = (rules: { allow: boolean; pattern: string }[]) =>
  [
    "User-agent: *",
    ...rules.map(({ allow, pattern }) => `${allow ? "Allow" : "Disallow"}: ${pattern}`),
  ].join("\n");

/** The same judgement in the slow and plain way: every pattern as a regular expression. */
function slowly(rules: { allow: boolean; pattern: string }[], path: string): boolean {
  let best = { length: -1, allow: true };
  for (const { allow, pattern } of rules) {
    const ends = pattern.endsWith("$");
    const body = (ends ? pattern.slice(0, -1) : pattern)
      .split("*")
      .map((part) => part.replace(/[.?$/]/g, "\\$&"))
      .join("[^]*");
    if (!new RegExp(`^${body}${ends ? "$" : ""}`).test(path)) continue;
    // a dollar that ends nothing is compared as its three octets
    const { length } = pattern.replace(/\$(?!$)/g, "%24");
    if (length > best.length || (length === best.length && allow)) best = { length, allow };
  }
  return best.allow;
}

describe("whatever stands in robots.txt", () => {
  test("the longest rule that matches decides, an Allow among equals", () => {
    const path = fc
      .string({ unit: fc.constantFrom("a", "b", "/", ".", "?"), maxLength: 10 })
      .map((text) => `/${text}`);
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 6 }), path, (rules, address) => {
        expect(readRobotsRules(fileOf(rules), "us").isAllowed(address)).toBe(
          slowly(rules, address),
        );
      }),
      { numRuns: 3_000 },
    );
  });

  test("it is read without an error, and the same twice", () => {
    const soup = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            "User-agent: *",
            "user-agent: us",
            "Disallow: /",
            "Allow: /*$",
            "Sitemap: x",
            "Crawl-delay: 1",
            "#",
            ":",
            "\r",
            "\uFEFF",
            "Disallow: %",
            "Disallow: /%zz",
            "Allow: \ud800",
          ),
          fc.string({ unit: "binary", maxLength: 30 }),
        ),
        { maxLength: 20 },
      )
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(soup, fc.string({ unit: "binary", maxLength: 30 }), (file, path) => {
        const rules = readRobotsRules(file, "us");
        expect(rules.isAllowed(path)).toBe(readRobotsRules(file, "us").isAllowed(path));
        expect(rules.crawlDelayMs).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("records that are no rules may be put between any two lines", () => {
    const none = fc.constantFrom(
      "",
      "# x",
      "Sitemap: /s.xml",
      "Host: a.example",
      "Noindex: /",
      "words",
    );
    const line = fc.oneof(
      rule.map(({ allow, pattern }) => `${allow ? "Allow" : "Disallow"}: ${pattern}`),
      fc.constantFrom("User-agent: *", "User-agent: us", "User-agent: other"),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 10 }),
        none,
        fc.nat(10),
        letters,
        (lines, extra, at, path) => {
          const more = [...lines.slice(0, at), extra, ...lines.slice(at)];
          expect(readRobotsRules(more.join("\n"), "us").isAllowed(`/${path}`)).toBe(
            readRobotsRules(lines.join("\n"), "us").isAllowed(`/${path}`),
          );
        },
      ),
    );
  });

  test("half a megabyte of anything is read to its end, and judges long addresses", () => {
    const pieces = [
      "User-agent: us\n",
      "Disallow: /*a*b*c*d\n",
      "Disallow: /a\n",
      "*",
      "/*a",
      ":",
      "\r",
      " ",
      "Disallow: /%61*%61$\n",
    ];
    for (const piece of pieces) {
      const file = `User-agent: us\n${piece.repeat(500_000 / piece.length)}`;
      const rules = readRobotsRules(file, "us");
      for (const path of ["/x".repeat(1_000), `/${"a".repeat(2_000)}`, "/%61".repeat(500)])
        expect(typeof rules.isAllowed(path)).toBe("boolean");
    }
  });

  test("more wildcards than are taken forbid more than they say, never less", () => {
    const many = Array.from({ length: 600 }, (_, index) => `Disallow: /in/*x${index}y`);
    const rules = readRobotsRules(["User-agent: us", ...many].join("\n"), "us");
    expect(rules.isAllowed("/in/x3y")).toBe(false);
    expect(rules.isAllowed("/in/x599y")).toBe(false);
    expect(rules.isAllowed("/in/other")).toBe(false);
    expect(rules.isAllowed("/out")).toBe(true);
  });
});
