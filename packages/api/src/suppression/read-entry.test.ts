import { describe, expect, test } from "vitest";
import { readEntry } from "./read-entry.ts";
import { suppressionKeys } from "./suppression-keys.ts";

const entryOf = (text: string): string => {
  const read = readEntry(text);
  return "entry" in read ? `${read.kind} ${read.entry}` : "refused";
};

describe("an entry", () => {
  test.each([
    ["Example.COM", "domain example.com"],
    ["https://www.example.com/imprint?x=1", "domain example.com"],
    ["bäckerei.de", "domain xn--bckerei-5wa.de"],
    [" Anna.Berg@Example.com ", "email anna.berg@example.com"],
    ["mailto:anna@example.com", "email anna@example.com"],
    ["anna@bäckerei.de", "email anna@xn--bckerei-5wa.de"],
    ["jörg@example.com", "email jörg@example.com"],
    ["*@gmx.de", "pattern *@gmx.de"],
    ["*@*.example.com", "pattern *@*.example.com"],
    ["*.Bäckerei.de", "pattern *.xn--bckerei-5wa.de"],
    ["*.ru", "pattern *.ru"],
    ["info@*", "pattern info@*"],
    ["info@*.example.com", "pattern info@*.example.com"],
  ])("%s is %s", (text, read) => expect(entryOf(text)).toBe(read));

  test.each([
    "",
    "   ",
    "*",
    "**",
    "*@*",
    "*@",
    "@example.com",
    "anna@",
    "anna@localhost",
    "an na@example.com",

    "a*@example.com",
    "info@ex*mple.com",
    "*.exa mple.com",
    "*.-x.de",
    "*example.com",
    "ex*.com",
    "com",
    "co.uk",
    "10.0.0.1",
    "a..b@example.com",
    ".a@example.com",
    "info@*.*",
  ])("%j is refused", (text) => expect(entryOf(text)).toBe("refused"));

  test("has at most 254 characters, and 64 of them before the @", () => {
    const host = `${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(58)}.example.com`;
    const longest = `${"x".repeat(254 - host.length - 1)}@${host}`;
    expect(longest).toHaveLength(254);
    expect(entryOf(longest)).toBe(`email ${longest}`);
    expect(entryOf(`x${longest}`)).toBe("refused");
    expect(entryOf(`${"x".repeat(64)}@example.com`)).toMatch(/^email/);
    expect(entryOf(`${"x".repeat(65)}@example.com`)).toBe("refused");
  });

  test("is shown in its own script", () => {
    expect(readEntry("*@bäckerei.de")).toMatchObject({ shown: "*@bäckerei.de" });
    expect(readEntry("anna@xn--bckerei-5wa.de")).toMatchObject({ shown: "anna@bäckerei.de" });
  });
});

describe("what an entry suppresses", () => {
  const fits = (text: string, subject: string): boolean => {
    const read = readEntry(text);
    return "entry" in read && suppressionKeys(subject).includes(read.entry);
  };

  test.each([
    ["example.com", "example.com"],
    ["example.com", "WWW.Example.com."],
    ["example.com", "a.b.example.com"],
    ["example.com", "anna@example.com"],
    ["example.com", "anna@mail.example.com"],
    ["anna@example.com", "Anna@EXAMPLE.com"],
    ["anna@bäckerei.de", "anna@xn--bckerei-5wa.de"],
    ["anna@xn--bckerei-5wa.de", "anna@BÄCKEREI.de"],
    ["*@gmx.de", "anna@gmx.de"],
    ["*@*.example.com", "anna@mail.example.com"],
    ["*.example.com", "shop.example.com"],
    ["*.example.com", "anna@shop.example.com"],
    ["info@*", "info@anywhere.org"],
    ["info@*.example.com", "info@mail.example.com"],
  ])("%s fits %s", (text, subject) => expect(fits(text, subject)).toBe(true));

  test.each([
    ["example.com", "myexample.com"],
    ["example.com", "example.com.org"],
    ["anna@example.com", "hanna@example.com"],
    ["anna@example.com", "example.com"],
    ["*@gmx.de", "gmx.de"],
    ["*@gmx.de", "anna@mail.gmx.de"],
    ["*@*.example.com", "anna@example.com"],
    ["*.example.com", "example.com"],
    ["info@*", "infos@anywhere.org"],
    ["info@*.example.com", "info@example.com"],
  ])("%s does not fit %s", (text, subject) => expect(fits(text, subject)).toBe(false));
});
