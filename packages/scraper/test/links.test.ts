import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveLink, tidyHref } from "../src/url.ts";
import { read } from "./read.ts";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

const BASE = new URL("https://one.example/dir/page");
const to = (href: string) => resolveLink(href, BASE)?.href;

describe("what nobody sees in a link leads nowhere else", () => {
  test.for([
    ["a zero-width space at the end", "/kontakt\u200b"],
    ["one at the beginning", "\u200b/kontakt"],
    ["one within", "/kon\u200btakt"],
    ["one in the host", "https://one.ex\u200bample/kontakt"],
    ["one before the scheme", "\u200bhttps://one.example/kontakt"],
    ["a BOM", "\uFEFFhttps://one.example/kontakt\uFEFF"],
    ["a word joiner", "/kontakt\u2060"],
    ["a soft hyphen", "/kon\u00adtakt"],
    ["marks of direction", "\u200e/kontakt\u200f\u202a\u202c\u2068"],
    ["a joiner at the end", "/kontakt\u200d"],
    ["a hard space", "\u00a0/kontakt\u00a0"],
    ["wide spaces", "\u3000/kontakt\u2003"],
    ["an encoded zero-width space", "/kontakt%E2%80%8B"],
    ["several, encoded", "/kontakt%e2%80%8b%C2%A0%EF%BB%BF"],
    ["blanks around", " \n\t/kontakt \r\n"],
    ["line breaks within", "/kon\n\ttakt"],
    ["backslashes", "\\kontakt"],
    ["backslashes in the whole address", "https:\\\\one.example\\kontakt"],
    ["slashes too few", "https:/kontakt"],
    ["slashes too many", "https:///one.example/kontakt"],
    ["no scheme", "//one.example/kontakt"],
    ["upper case", "HTTPS://ONE.EXAMPLE/kontakt"],
    ["a dot at the end of the host", "https://one.example./kontakt"],
    ["steps that lead back", "https://one.example/./x/../kontakt"],
    ["a port that is the usual one", "https://one.example:443/kontakt"],
    ["a name before the host", "https://user:word@one.example/kontakt"],
  ] as const)("%s", ([, href]) => expect(to(href)).toBe("https://one.example/kontakt"));

  test("joiners within words stay, as do spaces that are written out", () => {
    expect(to("/می\u200cخواهم")).toBe(`https://one.example/${encodeURIComponent("می\u200cخواهم")}`);
    expect(to("/a b")).toBe("https://one.example/a%20b");
    expect(to("/a%20")).toBe("https://one.example/a%20");
  });

  test("tidying is idempotent, keeps ASCII, and ends on anything", () => {
    const piece = fc.constantFrom(
      "a",
      "/",
      "\u200b",
      "\u200c",
      "\u200d",
      "\u00a0",
      "%E2%80%8B",
      "%C2%A0",
      " ",
      "é",
      "\ud800",
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
        (href) => {
          const once = tidyHref(href);
          expect(tidyHref(once)).toBe(once);
          expect(once.length).toBeLessThanOrEqual(href.length);
        },
      ),
    );
    for (const unit of ["\u200d", "\u00a0", "%C2%A0", "%E2%80%8Ba", "\u200b "])
      expect(tidyHref(unit.repeat(100_000)).length).toBeLessThanOrEqual(unit.length * 100_000);
  });
});

describe("links as they stand in pages", () => {
  const links = (html: string) =>
    read(html, "https://one.example/dir/page").links.map(({ address }) =>
      address.replace("https://one.example", ""),
    );

  test("entities are decoded once, wherever they stand", () => {
    expect(links('<a href="/a?x=1&amp;y=2">')).toEqual(["/a?x=1&y=2"]);
    expect(links('<a href="/a?x=1&y=2">')).toEqual(["/a?x=1&y=2"]);
    expect(links('<a href="&#x2F;a">')).toEqual(["/a"]);
    expect(links('<a href="/a&#8203;">')).toEqual(["/a"]);
    expect(links("<a href=&sol;a>")).toEqual(["/a"]);
    expect(links("<a href=/a?b=2&copy=1>")).toEqual(["/a?b=2&copy=1"]);
  });

  test("the first base that has an address counts, and only if it leads anywhere", () => {
    expect(links('<base href="/other/"><a href="x">')).toEqual(["/other/x"]);
    expect(links('<base target=_top><base href="/b/"><base href="/c/"><a href=x>')).toEqual([
      "/b/x",
    ]);
    expect(links('<base href="javascript:x"><a href=x>')).toEqual(["/dir/x"]);
    expect(links('<base href=" /b/ "><a href=x>')).toEqual(["/b/x"]);
    expect(
      links('<base href="https://two.example/"><a href=x><a href="https://one.example/y">'),
    ).toEqual(["/y"]);
    expect(links('<base href="//one.example/z/"><a href=?q=1>')).toEqual(["/z/?q=1"]);
  });

  test("areas of a map are links", () => {
    expect(links("<map><area href=/a><area href=/b></map>")).toEqual(["/a", "/b"]);
  });

  test("a redirect may be written like a link", async () => {
    for (const location of [
      "/neu\u200b",
      " /neu ",
      "\\neu",
      "//one.example/neu%E2%80%8B",
      "https://one.example./neu",
    ]) {
      const site = siteOf({
        "/": { status: 302, headers: { location: Buffer.from(location).toString("latin1") } },
        "/neu": "<title>neu</title>",
      });
      expect(done((await visitSite(site)).outcome).site.title).toBe("neu");
    }
  });

  test("a page is asked for by the address that its author meant", async () => {
    const site = siteOf({
      "/": page('<title>x</title><a href="/kontakt\u200b">k</a><a href="&nbsp;/team&nbsp;">t</a>'),
      "/kontakt": "<title>k</title>",
      "/team": "<title>t</title>",
    });
    expect(done((await visitSite(site)).outcome).pages).toHaveLength(3);
  });
});
