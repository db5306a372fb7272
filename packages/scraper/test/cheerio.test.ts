import { catalogue, generateSites, type Site } from "@scrapersky/testing/sites";
import { load } from "cheerio";
import { describe, expect, test } from "vitest";
import { decodeText } from "../src/fetch/charset.ts";
import { unpack } from "../src/fetch/decode.ts";
import { normalizeUrl, resolveLink } from "../src/url.ts";
import { read } from "./read.ts";

/** The same facts by way of a full HTML5 tree. */
function byTree(html: string, address: string) {
  const $ = load(html);
  const fold = (text: string | undefined) =>
    text
      ?.replace(/[\s\0-\x1f\x7f]+/g, " ")
      .trim()
      .slice(0, 500)
      .trim() || null;
  const base =
    resolveLink($("base[href]").attr("href") ?? "", new URL(address)) ?? new URL(address);
  const links = $("a[href], area[href]")
    .toArray()
    .map((element) => $(element).attr("href") ?? "")
    .filter((href) => href !== "" && !/^(?:#|javascript:|mailto:|tel:)/i.test(href))
    .map((href) => resolveLink(href, base))
    .filter((url) => url !== undefined)
    .map(normalizeUrl);
  return {
    title: fold($("title").first().text()) ?? fold($('meta[property="og:title"]').attr("content")),
    description:
      fold($('meta[name="description" i]').attr("content")) ??
      fold($('meta[property="og:description"]').attr("content")),
    h1: fold(
      $("h1")
        .toArray()
        .map((element) => $(element).text())
        .find((text) => text.trim() !== ""),
    ),
    links: [...new Set(links)].toSorted(),
  };
}

const PATHS = [
  "/",
  "/about",
  "/about/",
  "/contact",
  "/contact/",
  "/kontakt",
  "/contacto/",
  "/contact.html",
  "/pages/contact",
  "/privacy-policy/",
];

/** Pages of a site as a visitor gets them, without a network. */
async function pagesOf(site: Site): Promise<{ address: string; html: string }[]> {
  const host = site.hosts.includes(`www.${site.name}`) ? `www.${site.name}` : site.name;
  const pages: { address: string; html: string }[] = [];
  for (const name of [site.name, host]) {
    for (const path of PATHS) {
      const answer = site.answer({ host: name, path, secure: true, count: 3, headers: {} });
      const type = String(answer.headers?.["content-type"] ?? "");
      if (
        (answer.status ?? 200) !== 200 ||
        !type.startsWith("text/html") ||
        answer.body === undefined
      )
        continue;
      const unpacked = await unpack(
        Buffer.from(answer.body),
        String(answer.headers?.["content-encoding"] ?? ""),
        { bodyBytesMax: 2_000_000, partial: false, holds: "page" },
      );
      // a tree of the six-megabyte page takes ten seconds to build
      if (unpacked.ok && unpacked.body.length < 500_000)
        pages.push({ address: `https://${name}${path}`, html: decodeText(unpacked.body, type) });
    }
  }
  return pages;
}

const sites = [...catalogue(), ...generateSites({ count: 8, pages: 2, seed: 3 })];
const visited = await Promise.all(
  sites.map(async (site) => ({ name: site.name, pages: await pagesOf(site) })),
);
const compared = visited.filter(({ pages }) => pages.length > 0);

describe("one pass finds what a tree finds", () => {
  test.for(compared)("$name", ({ pages }) => {
    for (const { address, html } of pages) {
      const result = read(html, address);
      const tree = byTree(html, address);
      const { title, description, h1 } = result.page;
      expect({ title, description, h1: h1?.replace(/\s+/g, "") }, address).toEqual({
        title: tree.title,
        description: tree.description,
        h1: tree.h1?.replace(/\s+/g, ""),
      });
      const found = [...result.links.map((link) => link.address), ...result.page.outboundLinks];
      expect([...new Set(found)].toSorted(), address).toEqual(tree.links);
    }
  });

  test("the pages compared are many and some are long", () => {
    const pages = compared.flatMap((site) => site.pages);
    expect(pages.length).toBeGreaterThan(80);
    expect(pages.filter(({ html }) => html.length > 28_000).length).toBeGreaterThan(8);
  });
});
