import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJsonLd } from "../src/extract/json-ld.ts";
import { parseLoosely } from "../src/extract/loose-json.ts";
import { leadOf, numbersOf } from "./lead-of.ts";

const NODE = '"@type":"LocalBusiness","telephone":"+493023125000"';
const script = (block: string, type = "application/ld+json") =>
  `<script type="${type}">${block}</script>`;

test("accounts may be nodes that are known by their address", () => {
  const block = `{"@type":"Bakery","sameAs":[{"@id":"https://www.instagram.com/brotzeit"},{"@type":"WebPage","url":"https://www.facebook.com/brotzeit"},"https://x.com/brotzeit"]}`;
  expect(
    leadOf(script(block), "brotzeit.de")
      .socials.map(({ network }) => network)
      .toSorted(),
  ).toEqual(["facebook", "instagram", "x"]);
});

describe("structured data is read in every spelling", () => {
  test.for([
    `{${NODE}}`,
    `{${NODE}}{${NODE}}`,
    `{${NODE}},{${NODE}}`,
    `[{${NODE}}]`,
    `{"@context":"http://schema.org","@graph":[{"@type":"WebSite"},{${NODE}}]}`,
    `{"@context":"https://schema.org/","mainEntity":{"about":{${NODE}}}}`,
    `{${NODE},"x":"a "quoted" b"}`,
    `{"x":"say "hi", please",${NODE}}`,
    `{"x":"the 5" pipe",${NODE}}`,
    `// comment\n{${NODE}}`,
    `{${NODE} /* comment */, // another\n "x": 1}`,
    `{"url":"https://laden.de/",${NODE}}`,
    `{"@type":"LocalBusiness","description":"a\\'b","telephone":"+493023125000"}`,
    `{"@type":"LocalBusiness","description":"a\\xb\\u00","telephone":"+493023125000"}`,
    `{&quot;@type&quot;:&quot;LocalBusiness&quot;,&quot;telephone&quot;:&quot;+493023125000&quot;}`,
    `{&#34;@type&#34;:&#34;LocalBusiness&#34;,&#34;telephone&#34;:&#34;+493023125000&#34;}`,
    `{“@type”:“LocalBusiness”,“telephone”:“+493023125000”}`,
    `{'@type':'LocalBusiness','telephone':'+493023125000'}`,
    `{"@type":["Organization","LocalBusiness"],"telephone":["+493023125000"]}`,
    `{"@type":"http://schema.org/LocalBusiness","telephone":"+493023125000"}`,
    `{"@type":"schema:LocalBusiness","schema:telephone":"+493023125000"}`,
    `{"http://schema.org/telephone":"+493023125000"}`,
    `{"@type":"LocalBusiness","Telephone":"+493023125000"}`,
    `{"@type":"LocalBusiness","telephone":{"@value":"+493023125000"}}`,
    `{"@type":"LocalBusiness","telephone":{"@list":["+493023125000"]}}`,
    `{"@type":"LocalBusiness","telephone":493023125000}`,
    `{"@type":"LocalBusiness","telephone":"tel:+49-30-23125-000"}`,
    `{"@type":"LocalBusiness","telephone":"Tel.: +49 30 23125 000"}`,
    `{"@type":"LocalBusiness","contactPoint":[{"@type":"ContactPoint","telephone":"+493023125000"}]}`,
    `{${NODE},}`,
    `{${NODE},,"x":[1,2,],}`,
    `{${NODE}\n"name":"a comma is missing"}`,
    `{"name":"a comma is missing"\n${NODE}}`,
    `{"name":"two\nlines\tand a tab",${NODE}}`,
    `{"name":"not at its end",${NODE}`,
    `{"a":[{"b":1},${NODE}}`,
    `<!-- {${NODE}} -->`,
    `<![CDATA[{${NODE}}]]>`,
    `/* <![CDATA[ */ {${NODE}} /* ]]> */`,
    `//<![CDATA[\n{${NODE}}\n//]]>`,
    `\ufeff {${NODE}};`,
    `{"name":NaN,"x":undefined,${NODE}}`,
    `{name:"no quotes","@type":LocalBusiness,telephone:"+493023125000"}`,
    `var data = {${NODE}};`,
    `{"@type":"LocalBusiness" "telephone":"+493023125000"}`,
    `{"@type":"s:LocalBusiness","s:telephone":"+493023125000"}`,
    JSON.stringify(`{${NODE},"name":"a b"}`).slice(1, -1),
  ])("%j", (block) =>
    expect(numbersOf(leadOf(script(block), "laden.de"))).toEqual(["+493023125000"]),
  );

  test.for([
    "application/ld+json; charset=utf-8",
    " application/ld+json",
    "APPLICATION/LD+JSON",
    "application/ld+json;profile=x",
    "application/json+ld",
    "text/ld+json",
  ])("in a script of type %j", (type) =>
    expect(numbersOf(leadOf(script(`{${NODE}}`, type), "laden.de"))).toEqual(["+493023125000"]),
  );

  test("one broken block hides nothing, nor does one that is too long", () => {
    const blocks = [
      "{",
      '{"a":"',
      "nonsense",
      "]]]]",
      `{"x":"${"y".repeat(600_000)}"}`,
      `{${NODE}}`,
    ];
    expect(numbersOf(leadOf(blocks.map((block) => script(block)).join(""), "laden.de"))).toEqual([
      "+493023125000",
    ]);
  });

  test("entities within texts are undone, hours are written alike, the business's kind is told", () => {
    const facts = readJsonLd([
      '{"@type":["LocalBusiness","schema:Restaurant"],"name":"M&uuml;ller &amp; S&ouml;hne","openingHours":["Mo 9:00-18:00","Tu 09:00-18:00"],"vatID":"DE811907980"}',
    ]);
    expect(facts).toMatchObject({
      name: "Müller & Söhne",
      businessType: "Restaurant",
      hours: ["Mo 09:00-18:00", "Tu 09:00-18:00"],
      taxIds: ["vatID DE811907980"],
    });
    const days =
      '{"openingHoursSpecification":[{"dayOfWeek":["http://schema.org/Monday","Tuesday"],"opens":"9:00","closes":"18:00:00"}]}';
    expect(readJsonLd([days]).hours).toEqual(["Mo-Tu 09:00-18:00"]);
  });

  test("people keep names, titles and how they belong to the business", () => {
    const facts = readJsonLd([
      '{"@type":"Bakery","employee":{"@type":"Person","name":"Anna Muster","jobTitle":"Inhaberin","email":"mailto:anna@laden.de","telephone":"+49 30 1","sameAs":"https://www.linkedin.com/in/anna"},"founder":[{"name":"Max Muster"}]}',
      '{"@type":"Person","givenName":"Eva","familyName":"Klein","jobTitle":{"name":"Köchin"}}',
    ]);
    expect(facts.people).toEqual([
      {
        name: "Anna Muster",
        title: "Inhaberin",
        email: "anna@laden.de",
        phone: "+49 30 1",
        url: "https://www.linkedin.com/in/anna",
        relation: "employee",
      },
      { name: "Max Muster", title: null, email: null, phone: null, url: null, relation: "founder" },
      { name: "Eva Klein", title: "Köchin", email: null, phone: null, url: null, relation: null },
    ]);
    expect(facts.emails).toEqual([]);
  });

  test("an address is one without its type, as one text, and with its degrees", () => {
    const places = (block: string) =>
      leadOf(script(block), "laden.de").addresses.map(({ written, geo }) => [written, geo]);
    expect(
      places(
        '{"@type":"LocalBusiness","address":{"streetAddress":"Hauptstr. 5","addressLocality":"Berlin"}}',
      ),
    ).toEqual([["Hauptstr. 5, Berlin", null]]);
    expect(places('{"@type":"LocalBusiness","address":"Hauptstr. 5, 10115 Berlin"}')).toEqual([
      ["Hauptstr. 5, 10115 Berlin", null],
    ]);
    expect(
      places(
        '{"geo":{"latitude":"52.5","longitude":"13.4"},"address":{"streetAddress":"A 1","addressLocality":"B","addressCountry":{"name":"Deutschland"}}}',
      ),
    ).toEqual([["A 1, B, Deutschland", { lat: 52.5, lon: 13.4 }]]);
  });

  test("reviews, brands and events are somebody else's", () => {
    const facts = readJsonLd([
      '{"@type":"Store","telephone":"1","review":{"author":{"@type":"Organization","name":"R","telephone":"2"}},"brand":{"telephone":"3"}}',
      '{"@type":"MusicEvent","location":{"@type":"MusicVenue","telephone":"4","address":{"streetAddress":"Elsewhere 1","addressLocality":"Y"}}}',
    ]);
    expect(facts.phones.map(({ text }) => text)).toEqual(["1"]);
    expect(facts.places).toEqual([]);
    expect(facts.businessType).toBe("Store");
  });

  test("JSON that is right is read as JSON, and nothing makes the reader fail", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        if (text.includes('"')) expect(parseLoosely(text)).toEqual([JSON.parse(text)]);
      }),
    );
    const soup = fc.array(
      fc.constantFrom(
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        "“",
        ":",
        ",",
        "\\",
        "\\u12",
        "//",
        "/*",
        "*/",
        "<!--",
        "@type",
        "telephone",
        "a",
        " ",
        "\n",
        "1",
        "null",
        "\0",
        "\ud800",
        "&quot;",
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(soup, (parts) => Array.isArray(readJsonLd([parts.join("")]).phones)),
      { numRuns: 2_000 },
    );
  });

  test("a right object is read alike with and without a mistake behind it", () => {
    const key = fc.stringMatching(/^[a-z]{1,8}$/);
    const text = fc.stringMatching(/^[\w äöü.:;!?()-]{0,20}$/);
    fc.assert(
      fc.property(
        fc.dictionary(
          key,
          fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 4 })),
          { maxKeys: 6 },
        ),
        (node) => {
          const [first] = parseLoosely(`${JSON.stringify({ ...node, z: "" }).slice(0, -1)},}`);
          expect(first).toEqual({ ...node, z: "" });
        },
      ),
    );
  });
});
