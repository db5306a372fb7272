import { TechnologyCategories } from "@scrapersky/outcome";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { Catalogue } from "../src/site/evidence/catalogue.ts";
import { PRODUCTS } from "../src/site/rules/index.ts";
import type { Signs } from "../src/site/rules/rule.ts";
import { COMMERCE } from "./technologies/commerce.ts";
import { CUSTOMERS } from "./technologies/customers.ts";
import { detected } from "./technologies/detected.ts";
import type { Example } from "./technologies/example.ts";
import { MEASURING } from "./technologies/measuring.ts";
import { READING } from "./technologies/reading.ts";
import { RESTAURANTS } from "./technologies/restaurants.ts";
import { SERVERS } from "./technologies/servers.ts";
import { SHOWING } from "./technologies/showing.ts";
import { SYSTEMS } from "./technologies/systems.ts";
import { VISITING } from "./technologies/visiting.ts";
import { WORDPRESS } from "./technologies/wordpress.ts";
import { WRITING } from "./technologies/writing.ts";

const TABLES = [
  SYSTEMS,
  SERVERS,
  WORDPRESS,
  COMMERCE,
  MEASURING,
  WRITING,
  CUSTOMERS,
  VISITING,
  RESTAURANTS,
  SHOWING,
  READING,
];
const examples: [name: string, examples: readonly Example[]][] = TABLES.flatMap((table) =>
  Object.entries(table),
);
const byName = new Map(examples);

const KINDS = [
  "loads",
  "pixels",
  "media",
  "posts",
  "links",
  "homes",
  "paths",
  "plugins",
  "themes",
  "files",
  "words",
  "ids",
  "marks",
  "attributes",
  "metas",
  "generators",
  "headers",
  "cookies",
  "comments",
] as const satisfies (keyof Signs)[];

describe("each product is known by its examples, with the evidence and the version they show", () => {
  test.for(examples)("%s", ([name, shown]) => {
    for (const example of shown) {
      const product = detected(example).find((technology) => technology.name === name);
      expect(product, `${example.by}: ${example.html}`).toMatchObject({
        version: example.version,
        evidence: { where: example.where, page: example.address },
      });
    }
  });
});

test("every product has an example of every kind of its signs, and every example a product", () => {
  expect([...byName.keys()].toSorted()).toEqual(PRODUCTS.map(({ name }) => name).toSorted());
  for (const product of PRODUCTS) {
    const shown = new Set(byName.get(product.name)?.map(({ by }) => by));
    const kinds = KINDS.filter((kind) => product[kind] !== undefined);
    expect([...shown].toSorted(), product.name).toEqual(kinds.toSorted());
  }
});

test("no kind of sign is there in vain: without the others, it alone gives the product away", () => {
  for (const product of PRODUCTS) {
    for (const example of byName.get(product.name) ?? []) {
      const { name, category } = product;
      const alone = new Catalogue([{ name, category, [example.by]: product[example.by] }]);
      expect(
        detected(example, alone).map((technology) => technology.name),
        `${name} by ${example.by}`,
      ).toEqual([name]);
    }
  }
});

test("names are unique, categories those that are told to people, and what is implied is there", () => {
  const names = PRODUCTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(250);
  expect(new Set(PRODUCTS.map(({ category }) => category))).toEqual(
    new Set(Object.keys(TechnologyCategories)),
  );
  for (const { implies } of PRODUCTS)
    expect(names).toEqual(expect.arrayContaining([...(implies ?? [])]));
});

test("the catalogue has what marketing staff ask for by name", () => {
  const asked =
    "WordPress, Elementor, Divi, WPBakery, WooCommerce, Contact Form 7, WPForms, Gravity Forms, Wix, Squarespace, Shopify, Webflow, " +
    "GoDaddy Website Builder, Weebly, Duda, Jimdo, Tilda, Webnode, Hostinger Website Builder, Carrd, Joomla, Drupal, TYPO3, Ghost, " +
    "HubSpot CMS, Magento, PrestaShop, Shopware, BigCommerce, Ecwid, ClickFunnels, Unbounce, Kajabi, HighLevel, Google Analytics, " +
    "Google Ads, Google Tag Manager, Meta Pixel, TikTok Pixel, Snap Pixel, X Pixel, LinkedIn Insight, Pinterest Tag, " +
    "Microsoft Advertising, Matomo, Plausible, Hotjar, Microsoft Clarity, Crazy Egg, Lucky Orange, FullStory, Mouseflow, Mixpanel, " +
    "Segment, VWO, Optimizely, Mailchimp, Brevo, Klaviyo, Kit, MailerLite, ActiveCampaign, GetResponse, AWeber, Omnisend, CleverReach, " +
    "HubSpot, Salesforce, Pardot, Marketo, Zoho, Pipedrive, Keap, Intercom, Drift, LiveChat, Tawk.to, Tidio, Crisp, Zendesk, Olark, " +
    "Smartsupp, JivoChat, Userlike, Calendly, Acuity Scheduling, Setmore, SimplyBook, Booksy, Fresha, Vagaro, Treatwell, Doctolib, " +
    "Mindbody, Square, Jobber, Housecall Pro, ServiceTitan, FareHarbor, OpenTable, Resy, SevenRooms, Quandoo, Toast, ChowNow, BentoBox, " +
    "DoorDash, Uber Eats, Trustpilot, Trusted Shops, Elfsight, ProvenExpert, Yotpo, Judge.me, Typeform, Jotform, Stripe, PayPal, Klarna, " +
    "CookieYes, Cookiebot, OneTrust, Usercentrics, Borlabs Cookie, Complianz, Real Cookie Banner, consentmanager, CCM19, accessiBe, " +
    "UserWay, Weglot, Eventbrite, Cloudflare, Amazon CloudFront, Fastly, WP Engine, Kinsta, SiteGround, Vercel, Netlify";
  expect(PRODUCTS.map(({ name }) => name)).toEqual(expect.arrayContaining(asked.split(", ")));
});

test("the document tells every category, what it is for and how many products it has", async () => {
  const document = await readFile(
    new URL("../../../docs/technologies.md", import.meta.url),
    "utf8",
  );
  const rows = Object.entries(TechnologyCategories).map(([category, sentence]) => {
    const count = PRODUCTS.filter((product) => product.category === category).length;
    return `| ${category} | ${sentence} | ${count} |`;
  });
  const [, table = ""] = document.split("|---|---|---|\n");
  expect(table.split("\n\n")[0]?.split("\n")).toEqual(rows);
});

test("signs are written as they are compared, and none twice", () => {
  for (const product of PRODUCTS) {
    for (const kind of KINDS) {
      const signs = product[kind] ?? [];
      expect(new Set(signs).size, `${product.name} ${kind}`).toBe(signs.length);
      for (const sign of signs) {
        if (["loads", "pixels", "media", "posts", "links", "homes"].includes(kind))
          expect(sign).toMatch(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[a-z0-9._*-]+)*$/);
        if (kind === "paths") expect(sign).toMatch(/^[/?][a-z0-9._/?=()-]+$/);
        if (kind === "plugins" || kind === "themes" || kind === "files" || kind === "headers")
          expect(sign).toBe(sign.toLowerCase());
        if (kind === "words")
          expect(/^[\w$]+/.exec(sign)?.[0].length ?? 99).toBeLessThanOrEqual(31);
      }
    }
  }
});
