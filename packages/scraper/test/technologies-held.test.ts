import { expect, test } from "vitest";
import { detected } from "./technologies/detected.ts";

test.for([
  [
    '<script type="rocketlazyloadscript" data-rocket-src="https://js.stripe.com/v3/"></script>',
    "Stripe",
  ],
  [
    '<script type="text/plain" data-cmplz-src="https://static.hotjar.com/c/x.js"></script>',
    "Hotjar",
  ],
  ['<iframe data-lazy-src="https://player.vimeo.com/video/1" src="about:blank"></iframe>', "Vimeo"],
  ['<script consent-original-src-_="https://assets.calendly.com/x.js"></script>', "Calendly"],
  [`<button onclick="window.open('https://calendly.com/acme/30min')">Book</button>`, "Calendly"],
  [
    `<button onclick="Calendly.x({url: 'https://calendly.com/acme'});return false">Book</button>`,
    "Calendly",
  ],
  ['<div class="x" data-url="https://calendly.com/acme/30min"></div>', "Calendly"],
  [
    '<form action="https://www.fresha.com/a/acme-portland/booking"><button>Book</button></form>',
    "Fresha",
  ],
  [
    `<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-AB12CD"></iframe></noscript>`,
    "Google Tag Manager",
  ],
  [
    `<script>document.write('<script src="https://js.stripe.com/v3/"><\\/script>')</script>`,
    "Stripe",
  ],
  [
    `<script type="application/ld+json">{"potentialAction":{"target":"https://www.opentable.com/r/acme"}}</script>`,
    "OpenTable",
  ],
  [
    `<script>self.__next_f.push([1,"[\\"$\\",\\"script\\",null,{\\"src\\":\\"https://js.stripe.com/v3/\\"}]"])</script>`,
    "Stripe",
  ],
  ['<a href="https://www.ubereats.com/gb/store/acme/9f2">Order</a>', "Uber Eats"],
  ['<a href="https://www.ubereats.com/ca/hamilton/food-delivery/acme/9f2">Order</a>', "Uber Eats"],
  ['<a href="https://www.quandoo.de/en/place/acme-86312">Book</a>', "Quandoo"],
  ['<a href="https://www.fresha.com/fr/a/acme-montreal-9f2">Book</a>', "Fresha"],
  ['<a href="https://buchung.treatwell.de/ort/acme/">Buchen</a>', "Treatwell"],
  ['<a href="https://www.lieferando.de/en/menu/acme">Order</a>', "Lieferando"],
])(
  "what a page does later, when it may or in another language, it does as well: %s",
  ([html, name]) =>
    expect(detected({ html: html as string }).map((technology) => technology.name)).toContain(name),
);
