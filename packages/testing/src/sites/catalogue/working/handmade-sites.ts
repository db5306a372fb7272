import { modern, tables } from "../../skins/handmade.ts";
import type { Site } from "../../site.ts";
import * as leisure from "../businesses/leisure.ts";
import * as services from "../businesses/services.ts";
import * as world from "../businesses/world.ts";
import { contentSite, standardPages } from "../content-site.ts";

/** Sites written by hand, yesterday and in 1998, in several languages and encodings. */
export const handmadeSites = (): Site[] => [
  contentSite({
    business: services.halsAuto,
    skin: tables("iso-8859-1", "Best viewed in Netscape Navigator at 800x600"),
    pages: [
      {
        path: "/",
        title: "Hal's Auto Repair, Topeka KS",
        description: services.halsAuto.description,
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
    headers: {
      server: "Apache/2.4.62 (Debian)",
      "last-modified": "Tue, 06 Oct 2026 07:28:00 GMT",
    },
    expect: {
      site: {
        lastModified: "2026-10-06T07:28:00.000Z",
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
    business: services.riverstoneLaw,
    skin: modern({ schemaType: "LegalService" }),
    pages: standardPages(services.riverstoneLaw, [], ""),
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
    business: leisure.bellaNapoli,
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
        description: leisure.bellaNapoli.description,
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
    business: world.cafeZuerich,
    skin: modern({ schemaType: "CafeOrCoffeeShop" }),
    words: world.GERMAN,
    pages: standardPages(world.cafeZuerich, [], ""),
    encoding: "deflate",
    expect: { site: { phones: ["+41442516012"], language: "de-CH", countryCode: "CH" } },
  }),
];
