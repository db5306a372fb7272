import { shopify, squarespace, wix } from "../../skins/builders.ts";
import type { Site } from "../../site.ts";
import * as leisure from "../businesses/leisure.ts";
import * as services from "../businesses/services.ts";
import { contentSite } from "../content-site.ts";

/** Sites made with a site builder that hosts them. */
export const builderSites = (): Site[] => [
  contentSite({
    business: leisure.northpineCoffee,
    skin: shopify,
    pages: [
      {
        path: "/",
        title: "Northpine Coffee Roasters – Small lots, roasted on Tuesdays",
        description: leisure.northpineCoffee.description,
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
    business: leisure.lunaYoga,
    skin: wix,
    pages: [
      {
        path: "/",
        title: "Luna Yoga Loft | Santa Fe",
        description: leisure.lunaYoga.description,
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
    business: services.studioMarlowe,
    skin: squarespace,
    pages: [
      {
        path: "/",
        title: "Studio Marlowe",
        description: services.studioMarlowe.description,
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
];
