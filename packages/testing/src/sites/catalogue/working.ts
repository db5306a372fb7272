import { gzipSync } from "node:zlib";
import type { Page } from "../business.ts";
import { modern, tables } from "../skins/handmade.ts";
import { shopify, squarespace, wix } from "../skins/builders.ts";
import { wordpress } from "../skins/wordpress.ts";
import { redirect, type Site } from "../site.ts";
import { contentSite, sitemapOf, standardPages } from "./content-site.ts";
import * as english from "./english.ts";
import * as world from "./world.ts";

const post = (slug: string, title: string): Page => ({
  path: `/blog/${slug}/`,
  title,
  heading: title,
  kind: "post",
});

/** Sites that work, each in the manner of a common way to make one. */
export const workingSites = (): Site[] => [
  contentSite({
    business: english.harborviewDental,
    skin: wordpress({
      theme: "hello-elementor",
      version: "6.8.3",
      elementor: "3.32.4",
      yoast: "26.2",
      gtm: "GTM-K7Q2XN9",
      ga4: "G-8D4TQ1Z7WL",
      cookieNotice: true,
      schemaType: "Dentist",
      comments: true,
    }),
    pages: standardPages(english.harborviewDental, [
      post("does-whitening-hurt", "Does whitening hurt?"),
      post("first-visit", "Your child's first visit"),
    ]),
    encoding: "gzip",
    sitemap: true,
    headers: {
      server: "nginx",
      "x-powered-by": "PHP/8.3.12",
      "strict-transport-security": "max-age=31536000",
      "x-content-type-options": "nosniff",
    },
    expect: {
      site: {
        title: "Harborview Family Dental | Gentle dentistry on the waterfront",
        googleTagManagerId: "GTM-K7Q2XN9",
        googleAnalyticsId: "G-8D4TQ1Z7WL",
        hasCookieNotice: true,
        hasPrivacyPolicy: true,
        phones: ["+12077754120"],
        businessType: "Dentist",
        wordpress: { version: "6.8.3", theme: "hello-elementor" },
        copyrightYear: "2026",
        hasSitemap: true,
        language: "en-US",
      },
      technologies: ["WordPress", "Elementor", "Yoast SEO", "Google Tag Manager", "nginx", "PHP"],
    },
  }),
  contentSite({
    business: english.oakridgePlumbing,
    skin: wordpress({
      theme: "Divi",
      version: "6.7.2",
      divi: true,
      contactForm7: "6.1.1",
      schemaType: "Plumber",
    }),
    pages: standardPages(english.oakridgePlumbing),
    home: "www",
    encoding: "gzip",
    headers: { server: "Apache" },
    expect: {
      site: {
        finalUrl: "https://www.oakridge-plumbing.example/",
        phones: ["+15417820136"],
        wordpress: { version: "6.7.2", theme: "Divi" },
      },
      technologies: ["Divi", "Contact Form 7"],
    },
  }),
  contentSite({
    business: english.willowAndWax,
    skin: wordpress({
      theme: "storefront",
      version: "6.8.1",
      woocommerce: "10.2.2",
      yoast: "25.9",
      ga4: "G-WAX55KQ0P1",
      schemaType: "Store",
    }),
    pages: standardPages(english.willowAndWax, [
      {
        path: "/product/fig-smoke/",
        title: "Fig & Smoke - Willow & Wax",
        heading: "Fig & Smoke",
        kind: "plain",
      },
    ]),
    sitemap: true,
    encoding: "br",
    headers: {
      server: "cloudflare",
      "cf-ray": "8f1b2c3d4e5f-BOS",
      "set-cookie": ["wp_woocommerce_session_1=abc; path=/; HttpOnly"],
    },
    expect: {
      site: {
        hasEcommerce: true,
        cdn: "Cloudflare",
        paymentMethods: ["MasterCard", "PayPal", "Visa"],
      },
      technologies: ["WooCommerce", "Yoast SEO"],
    },
  }),
  contentSite({
    business: english.brightpathTutoring,
    skin: wordpress({
      theme: "twentytwentyfive",
      version: "6.9",
      wpforms: "1.9.8.2",
      schemaType: "EducationalOrganization",
    }),
    pages: standardPages(english.brightpathTutoring),
    sitemap: true,
    encoding: "zstd",
    headers: { server: "LiteSpeed" },
    expect: {
      site: { wordpress: { version: "6.9", theme: "twentytwentyfive" } },
      technologies: ["WPForms", "LiteSpeed"],
    },
  }),
  contentSite({
    business: english.northpineCoffee,
    skin: shopify,
    pages: [
      {
        path: "/",
        title: "Northpine Coffee Roasters – Small lots, roasted on Tuesdays",
        description: english.northpineCoffee.description,
        heading: "Northpine Coffee",
        kind: "home",
      },
      {
        path: "/collections/all",
        title: "Coffee – Northpine Coffee Roasters",
        heading: "Coffee",
        kind: "services",
      },
      {
        path: "/products/guji-uraga",
        title: "Guji Uraga – Northpine Coffee Roasters",
        heading: "Guji Uraga",
        kind: "plain",
      },
      {
        path: "/pages/about",
        title: "About – Northpine Coffee Roasters",
        heading: "About",
        kind: "about",
      },
      {
        path: "/pages/contact",
        title: "Contact – Northpine Coffee Roasters",
        heading: "Contact",
        kind: "contact",
      },
      {
        path: "/policies/privacy-policy",
        title: "Privacy policy – Northpine Coffee Roasters",
        heading: "Privacy policy",
        kind: "privacy",
      },
    ],
    robots:
      "# we use Shopify as our ecommerce platform\nUser-agent: *\nDisallow: /cart\nDisallow: /checkout\nDisallow: /*?*variant=\n\nSitemap: https://northpine-coffee.example/sitemap.xml\n",
    sitemap: true,
    encoding: "br",
    headers: {
      server: "cloudflare",
      "powered-by": "Shopify",
      "x-shopid": "61904126131",
      "strict-transport-security": "max-age=7889238",
    },
    expect: {
      site: { hasEcommerce: true, hostingProvider: "Shopify", phones: ["+12187240190"] },
      technologies: ["Shopify", "Klaviyo"],
    },
  }),
  contentSite({
    business: english.lunaYoga,
    skin: wix,
    pages: [
      {
        path: "/",
        title: "Luna Yoga Loft | Santa Fe",
        description: english.lunaYoga.description,
        heading: "Luna Yoga Loft",
        kind: "home",
      },
      { path: "/classes", title: "Classes | Luna Yoga Loft", heading: "Classes", kind: "services" },
      { path: "/about", title: "About | Luna Yoga Loft", heading: "About", kind: "about" },
      { path: "/contact", title: "Contact | Luna Yoga Loft", heading: "Contact", kind: "contact" },
      { path: "/privacy", title: "Privacy | Luna Yoga Loft", heading: "Privacy", kind: "privacy" },
    ],
    home: "www",
    upgrade: true,
    encoding: "br",
    headers: { server: "Pepyaka", "x-wix-request-id": "1712.44" },
    expect: {
      site: { hostingProvider: "Wix", finalUrl: "https://www.luna-yoga-loft.example/" },
      technologies: ["Wix"],
    },
  }),
  contentSite({
    business: english.studioMarlowe,
    skin: squarespace,
    pages: [
      {
        path: "/",
        title: "Studio Marlowe",
        description: english.studioMarlowe.description,
        heading: "Studio Marlowe",
        kind: "home",
      },
      { path: "/work", title: "Work — Studio Marlowe", heading: "Work", kind: "services" },
      { path: "/about", title: "About — Studio Marlowe", heading: "About", kind: "about" },
      { path: "/contact", title: "Contact — Studio Marlowe", heading: "Contact", kind: "contact" },
    ],
    sitemap: true,
    encoding: "gzip",
    headers: { server: "Squarespace" },
    expect: {
      site: { phones: ["+441174960287"], countryCode: "GB" },
      technologies: ["Squarespace"],
    },
  }),
  contentSite({
    business: english.halsAuto,
    skin: tables("iso-8859-1", "Best viewed in Netscape Navigator at 800x600"),
    pages: [
      {
        path: "/",
        title: "Hal's Auto Repair, Topeka KS",
        description: english.halsAuto.description,
        heading: "Hal's Auto Repair",
        kind: "home",
      },
      { path: "/services.htm", title: "Services", heading: "Our Services", kind: "services" },
      { path: "/about.htm", title: "About Hal", heading: "About Hal", kind: "about" },
      { path: "/contact.htm", title: "How to find us", heading: "Contact", kind: "contact" },
    ],
    schemes: ["http"],
    charset: "windows-1252",
    headers: { server: "Microsoft-IIS/6.0", "x-powered-by": "ASP.NET" },
    expect: {
      site: {
        hasSsl: false,
        finalUrl: "http://hals-auto-repair.example/",
        phones: ["+17852335500"],
        title: "Hal's Auto Repair, Topeka KS",
      },
      technologies: ["IIS"],
    },
  }),
  contentSite({
    business: world.panaderiaSol,
    skin: wordpress({
      theme: "astra",
      version: "6.8.2",
      elementor: "3.31.0",
      contactForm7: "6.0.6",
      cookieNotice: true,
      schemaType: "Bakery",
    }),
    words: world.SPANISH,
    pages: [
      {
        path: "/",
        title: "Panadería Sol | Pan de masa madre en Sevilla",
        description: world.panaderiaSol.description,
        heading: "Panadería Sol",
        kind: "home",
      },
      { path: "/nosotros/", title: "Nosotros - Panadería Sol", heading: "Nosotros", kind: "about" },
      {
        path: "/productos/",
        title: "Productos - Panadería Sol",
        heading: "Productos",
        kind: "services",
      },
      {
        path: "/contacto/",
        title: "Contacto - Panadería Sol",
        heading: "Contacto",
        kind: "contact",
      },
      {
        path: "/politica-de-privacidad/",
        title: "Política de privacidad - Panadería Sol",
        heading: "Política de privacidad",
        kind: "privacy",
      },
    ],
    upgrade: true,
    encoding: "gzip",
    expect: {
      site: {
        language: "es-ES",
        phones: ["+34954220148"],
        countryCode: "ES",
        hasPrivacyPolicy: true,
        businessType: "Bakery",
      },
      technologies: ["Elementor"],
    },
  }),
  contentSite({
    business: world.schreinereiHuber,
    skin: modern({
      schemaType: "GeneralContractor",
      head: '<meta name="generator" content="TYPO3 CMS">',
    }),
    words: world.GERMAN,
    pages: [
      {
        path: "/",
        title: "Schreinerei Huber – Möbel nach Maß in Traunstein",
        description: world.schreinereiHuber.description,
        heading: "Schreinerei Huber",
        kind: "home",
      },
      {
        path: "/leistungen",
        title: "Leistungen – Schreinerei Huber",
        heading: "Leistungen",
        kind: "services",
      },
      {
        path: "/ueber-uns",
        title: "Über uns – Schreinerei Huber",
        heading: "Über uns",
        kind: "about",
      },
      {
        path: "/kontakt",
        title: "Kontakt – Schreinerei Huber",
        heading: "Kontakt",
        kind: "contact",
      },
      {
        path: "/impressum",
        title: "Impressum – Schreinerei Huber",
        heading: "Impressum",
        kind: "imprint",
      },
      {
        path: "/datenschutz",
        title: "Datenschutz – Schreinerei Huber",
        heading: "Datenschutz",
        kind: "privacy",
      },
    ],
    encoding: "gzip",
    headers: { server: "Apache/2.4.62 (Debian)" },
    expect: {
      site: {
        language: "de-DE",
        countryCode: "DE",
        phones: ["+498619094170"],
        hasPrivacyPolicy: true,
      },
      technologies: ["TYPO3", "Apache"],
    },
  }),
  contentSite({
    business: world.sakuraRyokan,
    skin: tables("Shift_JIS", "Copyright (C) Sakura Ryokan"),
    words: world.JAPANESE,
    pages: [
      {
        path: "/",
        title: "旅館さくら｜箱根の静かな湯宿",
        description: world.sakuraRyokan.description,
        heading: "旅館さくら",
        kind: "home",
      },
      { path: "/rooms.html", title: "お部屋｜旅館さくら", heading: "お部屋", kind: "services" },
      {
        path: "/about.html",
        title: "当館について｜旅館さくら",
        heading: "当館について",
        kind: "about",
      },
      {
        path: "/contact.html",
        title: "お問い合わせ｜旅館さくら",
        heading: "お問い合わせ",
        kind: "contact",
      },
    ],
    charset: "shift_jis",
    headerCharset: "Shift_JIS",
    expect: {
      site: { title: "旅館さくら｜箱根の静かな湯宿", emails: ["yoyaku@sakura-ryokan.example"] },
    },
  }),
  contentSite({
    business: world.garageDupont,
    skin: tables("windows-1252", "Site réalisé avec soin par nos propres mains"),
    words: world.FRENCH,
    pages: [
      {
        path: "/",
        title: "Garage Dupont, mécanique générale à Lyon",
        description: world.garageDupont.description,
        heading: "Garage Dupont",
        kind: "home",
      },
      { path: "/prestations.html", title: "Prestations", heading: "Prestations", kind: "services" },
      { path: "/garage.html", title: "Le garage", heading: "Le garage", kind: "about" },
      { path: "/contact.html", title: "Nous contacter", heading: "Contact", kind: "contact" },
    ],
    charset: "windows-1252",
    schemes: ["http"],
    expect: {
      site: {
        title: "Garage Dupont, mécanique générale à Lyon",
        description: world.garageDupont.description,
      },
    },
  }),
  contentSite({
    business: english.riverstoneLaw,
    skin: modern({ schemaType: "LegalService" }),
    pages: standardPages(english.riverstoneLaw, [], ""),
    home: "www",
    upgrade: true,
    encoding: "br",
    sitemap: true,
    headers: {
      server: "Vercel",
      "x-vercel-id": "iad1::abc",
      "content-security-policy": "default-src 'self'",
      "x-frame-options": "DENY",
    },
    expect: {
      site: {
        finalUrl: "https://www.riverstone-law.example/",
        hostingProvider: "Vercel",
        phones: ["+14232650148"],
        businessType: "LegalService",
      },
      technologies: ["Vercel"],
    },
  }),
  contentSite({
    business: english.greenleaf,
    skin: wordpress({
      theme: "generatepress",
      version: "6.8.3",
      wpforms: "1.9.7",
      yoast: "26.0",
      schemaType: "LandscapingBusiness",
    }),
    pages: standardPages(english.greenleaf),
    upgrade: true,
    sitemap: true,
    encoding: "gzip",
    expect: {
      site: { finalUrl: "https://greenleaf-landscaping.example/" },
      technologies: ["WPForms", "Yoast SEO"],
    },
  }),
  contentSite({
    business: english.bellaNapoli,
    skin: modern({
      schemaType: "Restaurant",
      extra: {
        servesCuisine: "Neapolitan",
        priceRange: "$$",
        paymentAccepted: "Cash, Visa, MasterCard",
        menu: "https://bella-napoli.example/menu",
        logo: "https://bella-napoli.example/img/logo.svg",
      },
    }),
    pages: [
      {
        path: "/",
        title: "Trattoria Bella Napoli | Providence, RI",
        description: english.bellaNapoli.description,
        heading: "Trattoria Bella Napoli",
        kind: "home",
      },
      { path: "/menu", title: "Menu | Trattoria Bella Napoli", heading: "Menu", kind: "services" },
      {
        path: "/about",
        title: "Our story | Trattoria Bella Napoli",
        heading: "Our story",
        kind: "about",
      },
      {
        path: "/contact",
        title: "Find us | Trattoria Bella Napoli",
        heading: "Find us",
        kind: "contact",
      },
    ],
    encoding: "br",
    headers: { server: "Netlify", "x-nf-request-id": "01J" },
    expect: {
      site: {
        businessType: "Restaurant",
        businessHours: ["Tu-Th 17:00-22:00", "Fr-Sa 17:00-23:00", "Su 12:00-21:00"],
        addresses: ["265 Atwells Avenue, Providence, RI 02903, US"],
        logoUrl: "https://bella-napoli.example/img/logo.svg",
        hostingProvider: "Netlify",
      },
    },
  }),
  contentSite({
    business: english.slowtideKayaks,
    skin: modern(),
    pages: standardPages(english.slowtideKayaks, [], ""),
    delayMs: 700,
    expect: {},
  }),
  contentSite({
    business: english.quietLibrary,
    skin: modern({ schemaType: "BookStore" }),
    pages: standardPages(
      english.quietLibrary,
      [
        { path: "/staff/rota", title: "Staff rota", heading: "Staff rota", kind: "plain" },
        { path: "/basement/inventory", title: "Inventory", heading: "Inventory", kind: "plain" },
      ],
      "",
    ),
    robots: "User-agent: *\nDisallow: /staff/\nDisallow: /basement/\nCrawl-delay: 0.2\n",
    expect: { pages: 5 },
  }),
  lakeside(),
  contentSite({
    business: english.expiredCert,
    skin: modern(),
    pages: standardPages(english.expiredCert, [], ""),
    certificate: "expired",
    expect: { flags: ["tls_invalid"], site: { hasSsl: false } },
  }),
  contentSite({
    business: world.cafeZuerich,
    skin: modern({ schemaType: "CafeOrCoffeeShop" }),
    words: world.GERMAN,
    pages: standardPages(world.cafeZuerich, [], ""),
    encoding: "deflate",
    expect: { site: { phones: ["+41442516012"], language: "de-CH", countryCode: "CH" } },
  }),
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
  const pages = standardPages(english.lakesideRentals, cabins, "");
  const base = "https://lakeside-rentals.example";
  const index = (...files: string[]) =>
    `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${files.map((file) => `<sitemap><loc>${base}${file}</loc></sitemap>`).join("")}</sitemapindex>`;
  const xml = { "content-type": "application/xml" };
  return contentSite({
    business: english.lakesideRentals,
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
  const { timsTile: business } = english;
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
