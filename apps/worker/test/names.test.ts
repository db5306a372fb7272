import { cleanDomainName } from "@scrapersky/api/intake";
import { parseDomain } from "@scrapersky/scraper";
import { expect, test } from "vitest";

// A line is judged when a batch is made and again before the visit; the worker is where the two meet.

test.each([
  "example.com",
  "HTTPS://Example.com:8443/x",
  "acme.github.io",
  "www.acme.github.io",
  "www.github.io",
  "acme.myshopify.com",
  "www.gov.uk",
  "shop.example.co.uk",
  "bücher.de",
  "bakery.example",
  "site.test",
  "my_shop.example.com",
  "my_shop.bakery.example",
])("%s becomes a job that the scraper visits", (line) => {
  const cleaned = cleanDomainName(line);
  const domain = "domain" in cleaned ? cleaned.domain : cleaned.reason;
  expect(parseDomain(domain)).toBe(domain);
});

test.each([
  "github.io",
  "myshopify.com",
  "blogspot.com",
  "co.uk",
  "com",
  "shop.nosuchending",
  "my_shop.com",
  "shop.my_bakery.example",
  "my_shop.github.io",
])("%s is refused by both", (line) => {
  expect(cleanDomainName(line)).toHaveProperty("reason");
  expect(parseDomain(line)).toBeUndefined();
});
