import { gzipSync } from "node:zlib";
import type { Page } from "../../business.ts";
import { modern } from "../../skins/handmade.ts";
import { redirect, type Site } from "../../site.ts";
import * as leisure from "../businesses/leisure.ts";
import * as services from "../businesses/services.ts";
import { contentSite, sitemapOf, standardPages } from "../content-site.ts";

/** Sites that work in a way of their own: slow, with rules, with nested sitemaps, with broken markup. */
export const peculiarSites = (): Site[] => [
  contentSite({
    business: leisure.slowtideKayaks,
    skin: modern(),
    pages: standardPages(leisure.slowtideKayaks, [], ""),
    delayMs: 700,
    expect: {},
  }),
  contentSite({
    business: leisure.quietLibrary,
    skin: modern({ schemaType: "BookStore" }),
    pages: standardPages(
      leisure.quietLibrary,
      [
        { path: "/staff/rota", title: "Staff rota", heading: "Staff rota", kind: "plain" },
        { path: "/basement/inventory", title: "Inventory", heading: "Inventory", kind: "plain" },
      ],
      "",
    ),
    robots: "User-agent: *\nDisallow: /staff/\nDisallow: /basement/\nCrawl-delay: 0.2\n",
    expect: { pages: 5 },
  }),
  contentSite({
    business: leisure.expiredCert,
    skin: modern(),
    pages: standardPages(leisure.expiredCert, [], ""),
    certificate: "expired",
    expect: { flags: ["tls_invalid"], site: { hasSsl: false } },
  }),
  lakeside(),
  timsTile(),
];

/** A sitemap index whose parts are nested, one of them compressed. */
function lakeside(): Site {
  const cabins: Page[] = Array.from({ length: 40 }, (_, index) => ({
    path: `/cabins/cabin-${index + 1}`,
    title: `Cabin ${index + 1} | Lakeside Vacation Rentals`,
    heading: `Cabin ${index + 1}`,
    kind: "plain",
  }));
  const pages = standardPages(leisure.lakesideRentals, cabins, "");
  const base = "https://lakeside-rentals.example";
  const index = (...files: string[]) =>
    `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${files.map((file) => `<sitemap><loc>${base}${file}</loc></sitemap>`).join("")}</sitemapindex>`;
  const xml = { "content-type": "application/xml" };
  return contentSite({
    business: leisure.lakesideRentals,
    skin: modern({ schemaType: "LodgingBusiness" }),
    pages,
    robots: `User-agent: *\nAllow: /\nSitemap: ${base}/sitemap_index.xml\n`,
    extra: ({ path }) => {
      if (path === "/sitemap_index.xml")
        return {
          headers: xml,
          body: index("/sitemap-pages.xml", "/sitemap-more.xml", "/sitemap_index.xml"),
        };
      if (path === "/sitemap-more.xml")
        return { headers: xml, body: index("/sitemap-cabins.xml.gz") };
      if (path === "/sitemap-pages.xml")
        return { headers: xml, body: sitemapOf(base, pages.slice(0, 5)) };
      if (path === "/sitemap-cabins.xml.gz")
        return {
          headers: { "content-type": "application/x-gzip" },
          body: gzipSync(sitemapOf(base, cabins)),
        };
      return undefined;
    },
    expect: { pages: 10, site: { hasSitemap: true, sitemapCount: 4, sitemapUrls: 45 } },
  });
}

/** HTML as it falls out of a hurried hand: unclosed, misnested, half a comment. */
function timsTile(): Site {
  const { timsTile: business } = services;
  const site = contentSite({
    business,
    skin: modern(),
    pages: standardPages(business, [], ""),
    expect: {},
  });
  return {
    ...site,
    answer(request) {
      if (request.path === "/home.html") return redirect("/");
      if (request.path !== "/") return site.answer(request);
      return {
        headers: { "content-type": "text/html" },
        body: `<html><head><title>Tim's Tile & Stone - Grand Rapids<meta name=description content='Tile and natural stone installation in Grand Rapids, Michigan.'></title>
<link rel=icon href=favicon.ico><body bgcolor=white><div class=logo><img src=logo.png alt="Tim's Tile logo"</div>
<h1>Floors that <b>stay <i>put</b></i></h1><p>Call <a href="tel:6165550184">616-555-0184<p>or mail <a href=mailto:tim@tims-tile-and-stone.example>tim@tims-tile-and-stone.example</a>
<ul><li><a href=/about>About<li><a href='/services'>Services</a><li><a href="/contact">Contact</a><li><a href="http:///nowhere">x</a><li><a href="javascript:void(0)">Gallery</a><li><a href="/privacy-policy">Privacy</ul>
<!-- old prices --- > <table><tr><td>Bathrooms<td>Kitchens</tr></div></div><p>&copy; 2024 Tim&nbsp;<script>if (1 < 2) document.write("<p>" + "hi</p>")</script>
<p>We have been doing this for thirty-one years &amp counting <a href="/services#kitchens">kitchens</a>`,
      };
    },
    expect: {
      ...site.expect,
      pages: 5,
      site: {
        emails: ["tim@tims-tile-and-stone.example"],
        phones: ["+16165550184"],
        copyrightYear: "2026",
      },
    },
  };
}
