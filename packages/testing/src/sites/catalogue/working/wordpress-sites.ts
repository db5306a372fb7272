import type { Page } from "../../business.ts";
import { wordpress } from "../../skins/wordpress.ts";
import type { Site } from "../../site.ts";
import * as leisure from "../businesses/leisure.ts";
import * as services from "../businesses/services.ts";
import * as world from "../businesses/world.ts";
import { contentSite, standardPages } from "../content-site.ts";

const post = (slug: string, title: string): Page => ({
  path: `/blog/${slug}/`,
  title,
  heading: title,
  kind: "post",
});

/** Sites made with WordPress, each with other builders and plugins. */
export const wordpressSites = (): Site[] => [
  contentSite({
    business: services.harborviewDental,
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
    pages: standardPages(services.harborviewDental, [
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
    business: services.oakridgePlumbing,
    skin: wordpress({
      theme: "Divi",
      version: "6.7.2",
      divi: true,
      contactForm7: "6.1.1",
      schemaType: "Plumber",
    }),
    pages: standardPages(services.oakridgePlumbing),
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
    business: leisure.willowAndWax,
    skin: wordpress({
      theme: "storefront",
      version: "6.8.1",
      woocommerce: "10.2.2",
      yoast: "25.9",
      ga4: "G-WAX55KQ0P1",
      schemaType: "Store",
    }),
    pages: standardPages(leisure.willowAndWax, [
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
    business: services.brightpathTutoring,
    skin: wordpress({
      theme: "twentytwentyfive",
      version: "6.9",
      wpforms: "1.9.8.2",
      schemaType: "EducationalOrganization",
    }),
    pages: standardPages(services.brightpathTutoring),
    sitemap: true,
    encoding: "zstd",
    headers: { server: "LiteSpeed" },
    expect: {
      site: { wordpress: { version: "6.9", theme: "twentytwentyfive" } },
      technologies: ["WPForms", "LiteSpeed"],
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
    business: services.greenleaf,
    skin: wordpress({
      theme: "generatepress",
      version: "6.8.3",
      wpforms: "1.9.7",
      yoast: "26.0",
      schemaType: "LandscapingBusiness",
    }),
    pages: standardPages(services.greenleaf),
    upgrade: true,
    sitemap: true,
    encoding: "gzip",
    expect: {
      site: { finalUrl: "https://greenleaf-landscaping.example/" },
      technologies: ["WPForms", "Yoast SEO"],
    },
  }),
];
