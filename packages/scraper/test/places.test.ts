import fc from "fast-check";
import { expect, test } from "vitest";
import { mapQueryOf } from "../src/places/map-links.ts";
import { leadOf } from "./lead-of.ts";

test.for([
  [
    "https://www.google.com/maps/search/?api=1&query=Hauptstr.+5+Berlin",
    "Hauptstr. 5 Berlin",
    null,
  ],
  [
    "https://www.google.de/maps/dir//Hauptstr.+5,+10115+Berlin/@52.5,13.4,12z",
    "Hauptstr. 5, 10115 Berlin",
    { lat: 52.5, lon: 13.4 },
  ],
  ["https://maps.apple.com/?address=1%20Main%20St", "1 Main St", null],
  ["https://www.google.com/maps/embed/v1/place?key=x&q=1+Main+St", "1 Main St", null],
  [
    "https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d2428.4!2d13.404!3d52.52!2m3!1f0!2f0!3f0!3m2!1i1024!2i768!4f13.1!3m3!1m2!1s0x47a8%3A0x1!2sHauptstr.%205%2C%2010115%20Berlin!5e0!3m2!1sde!2sde",
    "Hauptstr. 5, 10115 Berlin",
    { lat: 52.52, lon: 13.404 },
  ],
  ["https://www.openstreetmap.org/?mlat=52.52&mlon=13.4#map=17", null, { lat: 52.52, lon: 13.4 }],
  ["geo:52.52,13.4?q=x", null, { lat: 52.52, lon: 13.4 }],
  ["https://www.google.com/maps?q=52.52,13.4", null, { lat: 52.52, lon: 13.4 }],
] as const)("the map %s shows %s", ([href, query, geo]) =>
  expect(mapQueryOf(href)).toEqual({ query, geo }),
);

test.for([
  "https://www.google.com/maps",
  "https://example.com/maps?q=Berlin",
  "not a url map",
  "https://www.google.com/maps/place/",
  "https://www.google.com/maps/embed?pb=x",
])("%s asks a map for nothing", (href) => expect(mapQueryOf(href)).toBeUndefined());

test("whatever the page, its lead is well-formed and within its caps", () => {
  const piece = fc.constantFrom(
    ..."<p> <br> <address> </address> <b> </b> <td> , . | - / ( ) Hauptstr. 5 10115 Berlin 123 Main St IL 62701 SW1A 1AA 〒100-0001 東京都 CEP 01310-100 São Paulo SP GmbH Ltd © 2026 Tel. Fax +49 030 2312500 612-555-0142 € DE811907980 \0 \ud800".split(
      " ",
    ),
    " ",
    "\n",
    '<a href="tel:+1612',
    '<a href="https://wa.me/1',
    '<a href="https://maps.google.com/?q=',
    '">',
    '<i class="fa-phone">',
    "<span itemprop=streetAddress>",
    "<span itemprop=latitude>",
    '<script type="application/ld+json">{"@type":"Store","telephone":',
    "</script>",
    "<title>",
    "</title>",
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 60 }),
      fc.constantFrom("x.com", "x.de", "x.co.uk", "x.co.jp"),
      (parts, host) => {
        const text = JSON.stringify(leadOf(parts.join(" "), host));
        expect(/\\u0000|\\ud[89ab]/.test(text)).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});
