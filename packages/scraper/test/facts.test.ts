import { startSites } from "@scrapersky/testing/sites";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scrape } from "../src/index.ts";
import { told } from "./told.ts";
import { type Done, done, page, QUICK, siteOf, visitSite } from "./visit-site.ts";

let started: Awaited<ReturnType<typeof startSites>>;
beforeAll(async () => {
  started = await startSites();
});
afterAll(() => started.close());

const visit = async (name: string, maxPages = 10): Promise<Done> =>
  done(await scrape(name, { maxPages, allow: started.allow, limits: QUICK }));

test("a WordPress dentist gives every column that HTML can fill", async () => {
  const outcome = await visit("harborview-dental.example");
  const { site, pages, lead } = outcome;
  expect(told(outcome)).toMatchObject({
    domain: "harborview-dental.example",
    finalUrl: "https://harborview-dental.example/",
    redirectedTo: null,
    faviconUrl: "https://harborview-dental.example/wp-content/uploads/cropped-icon-32x32.png",
    logoUrl: "https://harborview-dental.example/wp-content/uploads/logo.png",
    ipAddress: "127.0.0.1",
    server: "nginx",
    hasSsl: true,
    sslIssuer: "Fake Sites Trust",
    sslVersion: "TLSv1.3",
    securityHeaders: {
      "strict-transport-security": "max-age=31536000",
      "x-content-type-options": "nosniff",
    },
    feedUrls: ["https://harborview-dental.example/feed/"],
    sitemapUrl: "https://harborview-dental.example/sitemap.xml",
    sitemapCount: 1,
    sitemapUrls: 7,
    countryCode: "US",
    plugins: {
      elementor: { version: "3.32.4" },
      divi: false,
      woocommerce: false,
      contactForm7: false,
      yoast: true,
      wpforms: false,
    },
    emails: [
      "frontdesk@harborview-dental.example",
      "e.prescott@harborview-dental.example",
      "office@harborview-dental.example",
    ],
    addresses: ["88 Commercial Street, Portland, ME 04101, US"],
    social: {
      facebook: "https://www.facebook.com/harborviewdental",
      instagram: "https://www.instagram.com/harborviewdental/",
      twitter: null,
    },
    businessHours: ["Mo-Fr 09:00-17:00"],
  });
  expect(site.sslExpiresAt).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(lead.technologies).toContainEqual(
    expect.objectContaining({ name: "Yoast SEO", category: "SEO", version: "26.2" }),
  );
  expect(lead.technologies).toContainEqual(
    expect.objectContaining({ name: "PHP", category: "Language", version: "8.3.12" }),
  );
  const contact = pages.find(({ pageType }) => pageType === "contact");
  expect(contact).toMatchObject({
    url: "https://harborview-dental.example/contact/",
    title: "Contact - Harborview Family Dental",
    description: "How to reach Harborview Family Dental.",
    h1: "Contact",
    canonicalUrl: "https://harborview-dental.example/contact/",
    metaRobots: "index, follow, max-image-preview:large, max-snippet:-1",
    language: "en-US",
    hasContactForm: true,
    hasComments: false,
    status: 200,
  });
  expect(contact?.schemaTypes).toEqual(
    expect.arrayContaining(["Dentist", "PostalAddress", "WebPage"]),
  );
  expect(lead.emails[1]).toMatchObject({
    email: "e.prescott@harborview-dental.example",
    pages: [contact?.url],
    context: expect.stringContaining("Dentist and owner: Dr. Elaine Prescott"),
  });
  expect(contact?.inboundLinks).toContain("https://harborview-dental.example/");
  expect(contact?.outboundLinks).toContain("https://www.facebook.com/harborviewdental");
  expect(pages.find(({ pageType }) => pageType === "blog")).toMatchObject({ hasComments: true });
});

test("telling pages come first when few are allowed, and the home page counts", async () => {
  const { pages } = await visit("harborview-dental.example", 3);
  expect(pages.map(({ pageType }) => pageType)).toEqual(["home", "contact", "about"]);
  expect((await visit("harborview-dental.example", 1)).pages).toHaveLength(1);
});

test("free mailers, x.com and Spanish, German, Swiss numbers are told apart", async () => {
  const free = (email: string) => expect.objectContaining({ email, free: true });
  expect((await visit("oakridge-plumbing.example")).lead.emails).toContainEqual(
    free("walt.jensen@gmail.com"),
  );
  expect((await visit("schreinerei-huber.example")).lead.emails).toContainEqual(
    free("j.huber@gmx.de"),
  );
  expect(told(await visit("brightpath-tutoring.example")).social.twitter).toBe(
    "https://x.com/brightpathtutor",
  );
  expect(told(await visit("panaderia-sol.example")).phones).toEqual(["+34954220148"]);
});

test("a site that declares no language gets its numbers by the one it is written in", async () => {
  const japanese = await visit("sakura-ryokan.example");
  expect(told(japanese)).toMatchObject({ language: null, phones: ["+81460855123"] });
  expect(told(await visit("garage-dupont.example")).phones).toEqual(["+33478720136"]);
  const { outcome } = await visitSite(
    siteOf({
      "/": "<title>Pension</title><p>Zürich +41 44 668 18 00, und im Büro: 031 310 30 00</p>",
    }),
  );
  expect(told(done(outcome))).toMatchObject({
    countryCode: "CH",
    phones: ["+41446681800", "+41313103000"],
  });
});

test("the site and each page say when they were last changed, where the server tells a time", async () => {
  const told = (value: string) =>
    page("<a href='/old'>old</a>", { headers: { "last-modified": value } });
  const changed = async (home: string) => {
    const { outcome } = await visitSite(
      siteOf({
        "/": told(home),
        "/old": page("<a href='/untold'>on</a>", {
          headers: { "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT" },
        }),
        "/untold": "<title>Untold</title>",
      }),
    );
    const { lead, pages } = done(outcome);
    return [lead.signals.lastModified, ...pages.map(({ lastModified }) => lastModified)];
  };
  const old = "1994-11-06T08:49:37.000Z";
  const home = "2026-10-06T07:28:00.000Z";
  expect(await changed("Tue, 06 Oct 2026 07:28:00 GMT")).toEqual([home, home, old, null]);
  expect(await changed("yesterday")).toEqual([null, null, old, null]);
  expect(await changed("Thu, 01 Jan 1970 00:00:00 GMT")).toEqual([null, null, old, null]);
});

test("a fax number is no phone number", async () => {
  const outcome = await visit("hals-auto-repair.example");
  expect(told(outcome).phones).not.toContain("+17852335501");
  expect(outcome.site.paymentMethods).toEqual(expect.arrayContaining(["MasterCard", "Visa"]));
});

test("the word WordPress in a text makes no WordPress site", async () => {
  const { outcome } = await visitSite(
    siteOf({
      "/": "<title>Web design</title><p>We build WordPress and Elementor sites with WooCommerce and Yoast.</p>",
    }),
  );
  const { site, lead } = done(outcome);
  expect(site.wordpress).toBeNull();
  expect(lead.technologies).toEqual([]);
});

test("hidden and written-out addresses are found, assets and placeholders are not", async () => {
  const { outcome } = await visitSite(
    siteOf({
      "/": `<title>Mail</title><p>Write to in<b>fo</b>@one.example or info&#64;one.example</p>
        <a href="mailto:Greta%2ELind%40partner.co.uk?subject=x">Greta</a> <span data-cfemail="${hidden("owner@one.example")}">[email]</span>
        <a href="/cdn-cgi/l/email-protection#${hidden("desk@one.example")}">[email]</a>
        <img src="logo@2x.png"> icon@2x.png you@example.com 9f86d081884c7d659a2feaa0c55ad015@sentry.io
        <script>var mail = "script@one.example";</script>`,
    }),
  );
  expect(told(done(outcome)).emails.toSorted()).toEqual([
    "desk@one.example",
    "greta.lind@partner.co.uk",
    "info@one.example",
    "owner@one.example",
  ]);
});

test("parked pages keep their title and none of the parker's addresses", async () => {
  const { site, lead } = await visit("main-street-hardware.example");
  expect(site.title).toBe("main-street-hardware.example is for sale");
  expect(lead).toMatchObject({ emails: [], phones: [], reason: "parked" });
});

test("NUL bytes, lone surrogates and floods are tamed", async () => {
  const emails = Array.from({ length: 3_000 }, (_, index) => `person${index}@one.example`).join(
    " ",
  );
  const { outcome } = await visitSite(
    siteOf({
      "/": page(
        `<title>A\0B ${"x".repeat(1_000_000)}</title><meta name="description" content="lone &#xD800;"><h1>${"h".repeat(5_000)}</h1>${"<h1>again</h1>".repeat(20_000)}
        <script type="application/ld+json">{"@type":"Bakery","telephone":"\\u0000+1 207 775 4120","address":{"@type":"PostalAddress","streetAddress":"1 \\ud800 Road\\u0000","addressLocality":"X","addressCountry":"US"}}</script><p>${emails}</p>`,
      ),
    }),
  );
  const { site, pages, lead } = done(outcome);
  expect(site.title?.length).toBeLessThanOrEqual(500);
  expect(site.title).toMatch(/^A B x/);
  expect(pages[0]?.h1?.length).toBeLessThanOrEqual(500);
  expect(lead.emails).toHaveLength(200);
  expect(lead.capped).toEqual(["emails"]);
  expect(/\\u0000|\\ud800/.test(JSON.stringify(outcome))).toBe(false);
});

/** An address as Cloudflare hides it. */
function hidden(email: string): string {
  const key = 0x5a;
  return [key, ...Buffer.from(email).map((byte) => byte ^ key)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
