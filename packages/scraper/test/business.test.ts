import { describe, expect, test } from "vitest";
import { resembles } from "../src/lead/resembles.ts";
import { inLanguage, leadOf } from "./lead-of.ts";

const business = (body: string, host = "laden.de") => leadOf(body, host).business;

describe("the name of a business", () => {
  test.for([
    ["cafe-luna.de", "Home | Café Luna | Kaffee und Kuchen in Berlin", "Café Luna"],
    ["cafe-luna.de", "Café Luna – Kaffee und Kuchen in Berlin", "Café Luna"],
    ["cafe-luna.de", "Kaffee und Kuchen in Berlin - Café Luna", "Café Luna"],
    ["cafe-luna.de", "Willkommen bei Café Luna", "Café Luna"],
    ["millerplumbing.com", "Emergency Plumber in Springfield | Miller Plumbing", "Miller Plumbing"],
    ["millerplumbing.com", "Welcome to Miller Plumbing!", "Miller Plumbing"],
    ["mp24.com", "Miller Plumbing: 24 Hour Service", "Miller Plumbing"],
    ["sakura.co.jp", "旅館さくら｜箱根の静かな湯宿", "旅館さくら"],
    ["garage-dupont.fr", "Accueil - Garage Dupont", "Garage Dupont"],
    ["garage-dupont.fr", "Garage Dupont, réparation automobile à Rennes", "Garage Dupont"],
    ["millersmith.com", "Miller, Smith and Partners", "Miller, Smith and Partners"],
    ["fotografia-maralba.es", "Fotógrafa de bodas | Maralba Fotografía", "Maralba Fotografía"],
    ["dentalcliniclopez.com", "Implants from $790 | Lopez Dental Clinic", "Lopez Dental Clinic"],
    ["x.de", "Startseite", null],
    ["x.de", "Home", null],
  ] as const)("at %s of the title %s is %s", ([host, title, name]) =>
    expect(business(`<title>${title}</title>`, host)).toMatchObject({
      name,
      nameFrom: name === null ? null : "title",
    }),
  );

  test("is by structured data, else the networks' name, else imprint or sign", () => {
    const ld =
      '<script type="application/ld+json">{"@type":"Bakery","name":"Bäckerei Müller","legalName":"Müller Back GmbH"}</script>';
    const og = '<meta property="og:site_name" content="Müllers Backstube">';
    const title = "<title>Frisches Brot in Berlin</title>";
    const imprint = "<p>Müller Backwaren GmbH<br>Hauptstr. 5<br>10115 Berlin</p>";
    expect(business(ld + og + title + imprint)).toEqual({
      name: "Bäckerei Müller",
      nameFrom: "json_ld",
      kind: "Bakery",
      legalName: "Müller Back GmbH",
    });
    expect(business(og + title + imprint)).toEqual({
      name: "Müllers Backstube",
      nameFrom: "og",
      kind: null,
      legalName: "Müller Backwaren GmbH",
    });
    expect(business(title + imprint)).toMatchObject({
      name: "Müller Backwaren GmbH",
      nameFrom: "imprint",
    });
    expect(
      business(`<title>Brotzeit – Brot in Berlin</title>${imprint}`, "brotzeit.de"),
    ).toMatchObject({ name: "Brotzeit", nameFrom: "title" });
    expect(
      business('<meta property="og:site_name" content="WordPress"><title>Laden | Home</title>'),
    ).toMatchObject({ name: "Laden" });
  });

  test.for([
    "Betriebshaftpflicht: Sonnenschild Versicherung AG",
    "Berufshaftpflichtversicherung: Sonnenschild Versicherung AG, Köln",
    "Webdesign: Sonnenschild Medien GmbH",
    "Hosting: Sonnenschild Netze GmbH",
  ])("is not the firm of another that stands above its address: %s", (line) => {
    const page = `<title>Brotzeit</title><p>${line}</p><p>Hauptstr. 5, 10115 Berlin</p>`;
    expect(business(page, "brotzeit.de")).toMatchObject({ name: "Brotzeit", legalName: null });
  });

  test.for([
    ["The Copper Kettle, Ipswich", "The Copper Kettle"],
    ["The Copper Kettle, Norwich", "The Copper Kettle, Norwich"],
  ])("without the town of its address: %s", ([title, name]) =>
    expect(
      business(`<title>${title}</title><p>12 St Nicholas Street, Ipswich, IP1 1TJ`, "kc.co.uk"),
    ).toMatchObject({ name }),
  );

  test.for([
    "404 Not Found",
    "Welcome to nginx!",
    "Coming Soon",
    "My WordPress Site",
    "Index of /",
  ])("is not what a server calls a page: %s", (title) =>
    expect(business(`<title>${title}</title>`)).toMatchObject({ name: null }),
  );

  test("may begin with its legal form", () =>
    expect(
      business("<p>Éditeur : SARL Boulangerie Dupont, 10 rue de Rivoli, 75001 Paris</p>", "b.fr"),
    ).toMatchObject({ legalName: "SARL Boulangerie Dupont" }));

  test("of several titles is the part that they share", () => {
    const pages = {
      "/": "<title>Kaffee in Berlin | Luna Bar</title>",
      "/a": "<title>Karte | Luna Bar</title>",
      "/b": "<title>Anfahrt | Luna Bar</title>",
    };
    expect(leadOf(pages, "x1.de").business.name).toBe("Luna Bar");
  });
});

describe("the registered name", () => {
  test.for([
    [
      "<p>Angaben gemäß § 5 TMG</p><p>Müller &amp; Söhne GmbH &amp; Co. KG<br>Hauptstr. 5<br>10115 Berlin</p>",
      "Müller & Söhne GmbH & Co. KG",
    ],
    ["<p>Anna Muster e.K., Hauptstr. 5, 10115 Berlin</p>", "Anna Muster e.K."],
    ["<footer>© 2026 Miller Plumbing LLC. All rights reserved.</footer>", "Miller Plumbing LLC"],
    ["<footer>Copyright 2019-2026 by Bath Bakery Ltd</footer>", "Bath Bakery Ltd"],
    ["<p>Garage Dupont SARL<br>12 rue du Port<br>17000 La Rochelle</p>", "Garage Dupont SARL"],
    ["<p>Panadería Sol, S.L.<br>Calle Mayor 5<br>28013 Madrid</p>", "Panadería Sol, S.L."],
    ["<p>Caffè Roma S.r.l.<br>Via Roma 1<br>00187 Roma</p>", "Caffè Roma S.r.l."],
    ["<p>Bakkerij Jansen B.V.<br>Damrak 1<br>1012 LG Amsterdam</p>", "Bakkerij Jansen B.V."],
    ["<p>株式会社さくら<br>〒100-0001 東京都千代田区千代田1-1</p>", "株式会社さくら"],
    ["<p>Wir nutzen Google Ireland Limited</p>", null],
    ["<footer>© 2026 Laden</footer>", null],
    // Forms that are states and provinces too.
    ["<footer>© 2026 Harbor Dental, 88 Commercial Street, Portland, ME 04101</footer>", null],
    ["<p>Harbor Dental<br>88 Commercial Street, Portland, ME<br>04101 US</p>", null],
    ["<footer>© 2026 Harbor Dental, Portland ME 04101</footer>", null],
    ["<footer>© 2026 Silver Spurs, 12 Main Street, Reno, NV</footer>", null],
    ["<footer>© 2026 Prairie Dental, Calgary AB T2P 1J9</footer>", null],
    ["<footer>© 2026 Padaria Central ME</footer>", "Padaria Central ME"],
    ["<footer>© 2026 Bakkerij Peeters NV, 1000 Brussel</footer>", "Bakkerij Peeters NV"],
    [
      "<footer>© 2026 Nordisk Bageri AB, Storgatan 1, 111 20 Stockholm</footer>",
      "Nordisk Bageri AB",
    ],
    ["<footer>© 2026 Maine Bakers LLC, Portland, ME 04101</footer>", "Maine Bakers LLC"],
  ] as const)("of %s is %s", ([body, name]) =>
    expect(business(inLanguage("de", body)).legalName).toBe(name),
  );
});

test.for([
  ["baeckerei-mueller", "Bäckerei Müller", true],
  ["backerei_muller", "Bäckerei Müller", true],
  ["laden.berlin", "laden", true],
  ["shopladen", "laden", true],
  ["mwg", "Müller Wasser Gas", true],
  ["webdesign_x", "laden", false],
  ["", "laden", false],
] as const)("%s resembles %s: %s", ([one, other, is]) => expect(resembles(one, other)).toBe(is));

test("the languages are that of the home page, and those of all pages and their translations", () => {
  const { languages } = leadOf(
    {
      "/": '<html lang="de"><link rel="alternate" hreflang="en-GB" href="/en">',
      "/fr": '<html lang="fr">',
    },
    "laden.de",
  );
  expect(languages).toEqual({ site: "de", pages: ["de", "en-GB", "fr"] });
});
