import { repeatTo } from "@scrapersky/testing/sites";
import { describe, expect, test } from "vitest";
import { mayHoldContacts, readData } from "../src/extract/data/contacts.ts";
import { inLanguage, leadOf, numbersOf } from "./lead-of.ts";

const json = (data: unknown, more = "") =>
  `<script type="application/json" ${more}>${typeof data === "string" ? data : JSON.stringify(data)}</script>`;
const next = (pageProps: unknown) =>
  json({ props: { pageProps }, page: "/", buildId: "x1" }, 'id="__NEXT_DATA__"');
const flight = (row: string) => `<script>self.__next_f.push([1,${JSON.stringify(row)}])</script>`;
const state = (name: string, data: unknown) =>
  `<script>window.${name} = ${JSON.stringify(data)};</script>`;

const SITES = {
  US: ["shop.com", "en-US"],
  GB: ["shop.co.uk", "en-GB"],
  CA: ["shop.ca", "en-CA"],
  AU: ["shop.com.au", "en-AU"],
  DE: ["laden.de", "de"],
  AT: ["laden.at", "de-AT"],
  CH: ["laden.ch", "de-CH"],
  FR: ["boutique.fr", "fr"],
  ES: ["tienda.es", "es"],
  IT: ["negozio.it", "it"],
  NL: ["winkel.nl", "nl"],
  SE: ["butik.se", "sv"],
  JP: ["mise.jp", "ja"],
  BR: ["loja.com.br", "pt-BR"],
  MX: ["tienda.com.mx", "es-MX"],
  IN: ["dukan.in", "en-IN"],
} as const;
type Country = keyof typeof SITES;
const lead = (country: Country, html: string) => {
  const [host, lang] = SITES[country];
  return leadOf(inLanguage(lang, `<div id="root"></div>${html}`), host);
};
const read = (country: Country, html: string) => {
  const { phones, faxes } = lead(country, html);
  return [...phones.map(({ e164 }) => e164), ...faxes.map(({ e164 }) => `fax ${e164}`)];
};

describe("numbers of the data that a page leaves for its scripts are read where their name says what they are", () => {
  test.for<[Country, string, string[]]>([
    ["US", next({ site: { phone: "(612) 555-0142" } }), ["+16125550142"]],
    ["US", next({ footer: { contactPhone: "612.555.0142", sku: "6125550199" } }), ["+16125550142"]],
    [
      "US",
      json(
        { appsWarmupData: { x: { props: { phoneNumber: "+1 612-555-0142" } } } },
        'id="wix-warmup-data"',
      ),
      ["+16125550142"],
    ],
    [
      "US",
      `<script>Static = window.Static || {}; Static.SQUARESPACE_CONTEXT = {"website":{"location":{"addressTitle":"Shop"},"contactPhoneNumber":"612-555-0142"}};</script>`,
      ["+16125550142"],
    ],
    [
      "GB",
      next({ branches: [{ telephone: "01473 222222" }, { telephone: "020 7946 0018" }] }),
      ["+441473222222", "+442079460018"],
    ],
    ["GB", json({ customerServicePhone: "01473 222222" }), ["+441473222222"]],
    [
      "CA",
      state("__INITIAL_STATE__", { contact: { tollFree: "1-800-463-3339" } }),
      ["+18004633339"],
    ],
    [
      "AU",
      next({ store: { phone: { label: "Call us", number: "(02) 9374 4000" } } }),
      ["+61293744000"],
    ],
    [
      "DE",
      next({ kontakt: { telefon: "030 2312500", telefax: "030 2312501" } }),
      ["+49302312500", "fax +49302312501"],
    ],
    [
      "DE",
      flight(
        '2:["$","$L3",null,{"company":{"phone":"030 / 23 12 500","fax":"030 / 23 12 501"}}]\n',
      ),
      ["+49302312500", "fax +49302312501"],
    ],
    [
      "DE",
      json(
        [["ShallowReactive", 1], { contact: 2 }, { phone: 3, name: 4 }, "030 2312500", "Laden"],
        'id="__NUXT_DATA__"',
      ),
      ["+49302312500"],
    ],
    [
      "DE",
      `<script>window.__NUXT__={data:[{tel:"030 2312500",plz:"10115"}]}</script>`,
      ["+49302312500"],
    ],
    [
      "DE",
      next({
        links: [
          { label: "Telefon", value: "030 2312500" },
          { label: "Fax", value: "030 2312501" },
        ],
      }),
      ["+49302312500", "fax +49302312501"],
    ],
    [
      "DE",
      next({ html: '<p>Rufen Sie an: <a class="b" href="tel:030 2312500">Zentrale</a></p>' }),
      ["+49302312500"],
    ],
    [
      "DE",
      json({ html: "&lt;a href=&quot;tel:+49302312500&quot;&gt;x&lt;/a&gt;" }),
      ["+49302312500"],
    ],
    [
      "DE",
      next({ config: JSON.stringify({ shop: JSON.stringify({ phone: "030 2312500" }) }) }),
      ["+49302312500"],
    ],
    [
      "DE",
      `<div id="app" data-page='{"props":{"company":{"phone":"030 2312500"}}}'></div>`,
      ["+49302312500"],
    ],
    ["AT", next({ mobil: "0664 1234599" }), ["+436641234599"]],
    [
      "CH",
      state("__APOLLO_STATE__", { "Store:1": { phoneDisplay: "044 668 18 00" } }),
      ["+41446681800"],
    ],
    ["FR", next({ coordonnees: { téléphone: "01.44.55.66.77" } }), ["+33144556677"]],
    ["FR", json('{"t\\u00e9l\\u00e9phone":"01 44 55 66 77"}'), ["+33144556677"]],
    [
      "ES",
      next({ contacto: { telefono: "915 221 404", whatsapp: "612 345 901" } }),
      ["+34915221404", "+34612345901"],
    ],
    ["IT", next({ telefono: "02 4830 0011" }), ["+390248300011"]],
    ["NL", next({ contact: { telefoonnummer: "020 624 1111" } }), ["+31206241111"]],
    ["SE", next({ butik: { telefon: "08-506 390 00" } }), ["+46850639000"]],
    ["JP", next({ 会社: { 電話番号: "03-6384-9000" } }), ["+81363849000"]],
    [
      "BR",
      next({ botao: "https://wa.me/5511987654320?text=Oi", telefone: "(11) 3091-3116" }),
      ["+551130913116", "+5511987654320"],
    ],
    ["MX", next({ sucursal: { celular: "55 5512 3466" } }), ["+525555123466"]],
    ["BR", next({ whatsAppNumber: "11 98765-4320" }), ["+5511987654320"]],
    [
      "US",
      next({ phone1: "612-555-0142", restaurantPhone: "612-555-0143" }),
      ["+16125550142", "+16125550143"],
    ],
    ["IN", next({ header: { mobile: "9820012345" } }), ["+919820012345"]],
  ])("%s: %s", ([country, html, numbers]) => expect(read(country, html)).toEqual(numbers));

  test.for<[Country, string]>([
    ["US", next({ order: { phone: "612-555-0142" } })],
    ["US", next({ orders: [{ shippingAddress: { phone: "612-555-0142" } }] })],
    ["US", next({ customerPhone: "612-555-0142", user: { profile: { phone: "612-555-0143" } } })],
    [
      "US",
      next({
        t: { phone: "Phone", "phone.placeholder": "612-555-0142", phoneExample: "612-555-0142" },
      }),
    ],
    [
      "US",
      next({ form: { phone: { placeholder: "612-555-0142", label: "Phone", error: "Wrong" } } }),
    ],
    ["US", next({ phone: "e.g. 612-555-0142" })],
    ["US", next({ phone: "1234567890", phoneMask: "(612) 555-0142", phoneIcon: "6125550142" })],
    [
      "US",
      next({ id: 6125550142, sku: "612-555-0142", createdAt: 1732838400, code: "6125550142" }),
    ],
    ["US", next({ images: { desktop: 6125550142, mobile: 6125550143 } })],
    ["US", next({ headphone: "612-555-0142", hotelId: "6125550142", telemetry: "6125550142" })],
    ["US", next({ phone: { id: "612-555-0142", mask: "612-555-0143", code: "6125550144" } })],
    ["GB", next({ phone: "{{phone}}", tel: "0XXXX XXXXXX", telephone: "" })],
    [
      "DE",
      json(
        [["Reactive", 1], { orders: 2 }, [3], { phone: 4 }, "030 2312500"],
        'id="__NUXT_DATA__"',
      ),
    ],
    ["DE", next({ partners: [{ name: "A", phone: "030 2312500" }] })],
    ["DE", next({ bewertungen: { reviews: [{ author: { telefon: "030 2312500" } }] } })],
    ["DE", next({ listings: [{ name: "A", html: '<a href="tel:0302312500">x</a>' }] })],
    ["DE", `<script>var n = 1; function call() { return {phone: "030 2312500"} }</script>`],
    ["DE", `<script type="text/x-template">{"phone":"030 2312500"}</script>`],
    ["FR", next({ telephone: "0123456789", siret: "44306184100047" })],
    ["IN", next({ mobile: "9876543210", phone: "9999999999" })],
    ["BR", next({ share: "https://wa.me/?text=https%3A%2F%2Floja.com.br%2F5511987654320" })],
  ])("nothing of %s: %s", ([country, html]) => expect(read(country, html)).toEqual([]));

  test("a list of many places is cut as every list, and says so", () => {
    const stores = Array.from({ length: 80 }, (_, index) => ({
      phone: `030 23125${String(index).padStart(2, "0")}`,
    }));
    const { phones, capped } = lead("DE", next({ stores }));
    expect(phones).toHaveLength(30);
    expect(capped).toContain("phones");
  });
});

describe("accounts and places of the data", () => {
  test.for<[string, string[]]>([
    [next({ instagram: "https://www.instagram.com/laden_de" }), ["instagram laden_de"]],
    [next({ social: [{ url: "https://www.facebook.com/laden.de/" }] }), ["facebook laden.de"]],
    [next({ html: '<a href="https://www.tiktok.com/@laden">TikTok</a>' }), ["tiktok laden"]],
    [
      flight('1:["$","a",null,{"href":"https://www.linkedin.com/company/laden"}]\n'),
      ["linkedin laden"],
    ],
    [next({ social: { facebook: "https://www.facebook.com/sharer/sharer.php?u=x" } }), []],
    [next({ instagram: "https://www.instagram.com/p/C1a2b3/" }), []],
    [next({ reviews: [{ instagram: "https://www.instagram.com/anna" }] }), []],
    [next({ embed: { source: "https://www.instagram.com/somebody" } }), []],
    [next({ partners: [{ facebook: "https://www.facebook.com/partner" }] }), []],
  ])("%s", ([html, accounts]) =>
    expect(lead("DE", html).socials.map(({ network, account }) => `${network} ${account}`)).toEqual(
      accounts,
    ),
  );

  test("an account in data yields to the one that is called like the site", () => {
    const html = `<a href="https://www.instagram.com/laden_de">x</a>${next({ instagram: "https://www.instagram.com/other.x" })}`;
    expect(lead("DE", html).socials.map(({ account }) => account)).toEqual(["laden_de"]);
  });

  test("parts that are named as schema.org names them are an address", () => {
    const parts = {
      streetAddress: "Hauptstraße 5",
      postalCode: "10115",
      addressLocality: "Berlin",
      addressCountry: "DE",
    };
    expect(lead("DE", next({ shop: parts })).addresses).toMatchObject([
      { street: "Hauptstraße 5", postcode: "10115", town: "Berlin", country: "DE" },
    ]);
    expect(lead("DE", next({ order: { shop: parts } })).addresses).toEqual([]);
    expect(lead("DE", next({ tel: "", filter: { addressLocality: "Berlin" } })).addresses).toEqual(
      [],
    );
  });
});

// Quadratic work on a megabyte takes minutes, longer than any test may: who gets through has not done it.
describe("a megabyte of one thing is read to its end", () => {
  test.for([
    '{"phone":',
    '{"phone":"030 2312500',
    '"tel',
    '\\"',
    "\\",
    "[[{",
    '{"phone":{',
    '"phone":"030 2312500",',
    '"href":"tel:030 2312500",',
    "tel:+",
    '{"a":"{\\"phone\\":\\"1',
    "phone : ",
    "https://instagram.com/",
    '["tel",1,',
    "'phone`\"",
    '{"label":"Tel","value":"030 2312500"},',
    "0302312500",
    '"phone" ',
  ])("%j", (piece) => {
    const body = repeatTo(piece, 1_000_000);
    for (const type of ["application/json", ""])
      for (const whole of [body, `{"phone":"${body}"}`, `[1,${JSON.stringify(body)}]`]) {
        const found = readData([{ type, body: whole }]);
        expect(found.phones.length + found.calls.length).toBeLessThanOrEqual(120);
        expect(found.links.length).toBeLessThanOrEqual(60);
      }
    expect(mayHoldContacts("x".repeat(1_000_000))).toBe(false);
  });
});

test("the same number in the text and in data is one", () => {
  expect(
    numbersOf(lead("DE", `<p>Tel. 030 2312500</p>${next({ phone: "+49 30 2312500" })}`)),
  ).toEqual(["+49302312500"]);
});
