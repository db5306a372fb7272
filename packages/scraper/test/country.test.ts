import { describe, expect, test } from "vitest";
import { countryOfEnding } from "../src/places/endings.ts";
import { countryOfTaxId } from "../src/places/tax-ids.ts";
import { inLanguage, leadOf, numbersOf } from "./lead-of.ts";

const at = (host: string, lang: string, body: string) => {
  const lead = leadOf(inLanguage(lang, body), host);
  return [lead.country?.code ?? null, numbersOf(lead)];
};

describe("the country by the weight of all signs", () => {
  test.for([
    ["en", "<p>Call 01632 960123</p>", "GB", ["+441632960123"]],
    ["en", "<p>Call 01473 222222</p>", "GB", ["+441473222222"]],
    ["en-US", "<p>Call us on 07911 123456</p>", "GB", ["+447911123456"]],
    ["en", "<p>Call (02) 9374 4000</p><p>ABN 51 824 753 556</p>", "AU", ["+61293744000"]],
    ["de", "<p>Mariahilfer Str. 1, 1060 Wien, Tel 01 512 23 45</p>", "AT", ["+4315122345"]],
    ["de", "<p>Bahnhofstrasse 1, 8001 Zürich, Tel. 044 668 18 00</p>", "CH", ["+41446681800"]],
    ["de", "<p>Hauptstr. 5, 10115 Berlin, Tel. 030 2312500</p>", "DE", ["+49302312500"]],
    ["en-US", "<p>+44 20 7946 0018</p>", "GB", ["+442079460018"]],
    ["en-US", "<p>(612) 555-0142</p>", "US", ["+16125550142"]],
    ["en", "<p>(604) 555-0142, Vancouver</p>", "CA", ["+16045550142"]],
    ["en", "<p>12 King St W, Toronto, ON M5V 2T6</p><p>416-555-0142</p>", "CA", ["+14165550142"]],
    [
      "en",
      "<p>98765 43210</p><p>12, MG Road, Bengaluru, Karnataka 560001, India</p>",
      "IN",
      ["+919876543210"],
    ],
    ["en-US", "<p>GSTIN 29ABCDE1234F1Z5</p><p>Mob: 9876543210</p>", "IN", ["+919876543210"]],
    ["fr", "<p>Tél : 04 78 12 34 56</p>", "FR", ["+33478123456"]],
    [
      "fr",
      "<p>Rue de la Loi 1, 1000 Bruxelles</p><p>Tél. 02 234 56 78</p><p>BE 0123.456.789</p>",
      "BE",
      ["+3222345678"],
    ],
    ["fr-CH", "<p>Tél. 022 310 20 30</p>", "CH", ["+41223102030"]],
    ["es", "<p>Tel. 912 345 678</p><p>CIF B91234567</p>", "ES", ["+34912345678"]],
    [
      "es",
      "<p>Tel. 55 1234 5678</p><p>Av. Reforma 222, Col. Juárez, 06600 Ciudad de México, México</p>",
      "MX",
      ["+525512345678"],
    ],
    ["it", "<p>Tel. 06 69820001</p><p>P.IVA 01234567890</p>", "IT", ["+390669820001"]],
    ["nl", "<p>Tel. 020-1234567</p><p>KvK 12345678</p>", "NL", ["+31201234567"]],
    ["sv", "<p>Tel. 08-123 456 78</p><p>Org.nr 556016-0680</p>", "SE", ["+46812345678"]],
    ["ja", "<p>電話 03-3214-9111</p>", "JP", ["+81332149111"]],
    ["pt-BR", "<p>(11) 3071-0000</p><p>CNPJ 12.345.678/0001-90</p>", "BR", ["+551130710000"]],
    ["pt", "<p>(11) 3071-0000</p>", "BR", ["+551130710000"]],
    ["pt", "<p>Rua Augusta 24, 1100-053 Lisboa</p><p>213 456 789</p>", "PT", ["+351213456789"]],
  ] as const)("at x.com, %s: %s is %s", ([lang, body, country, numbers]) =>
    expect(at("x.com", lang, body)).toEqual([country, numbers]),
  );

  test.for("to ly la ws nu gl bz pw st im fm io co tv me ai cc sh gg vc ms".split(" "))(
    "a site at .%s without another sign has none",
    (ending) => {
      expect(leadOf("<p>Hello</p>", `x.${ending}`).country).toBeNull();
      expect(leadOf(inLanguage("en", "<p>Hello</p>"), `x.${ending}`).country).toBeNull();
    },
  );

  test.for([
    ["x.de", "DE"],
    ["x.co.uk", "GB"],
    ["x.uk.com", "GB"],
    ["x.uk", "GB"],
    ["x.com.au", "AU"],
    ["x.co.jp", "JP"],
    ["x.us", "US"],
    ["x.berlin", "DE"],
    ["x.wien", "AT"],
    ["x.swiss", "CH"],
    ["x.london", "GB"],
    ["x.nyc", "US"],
    ["x.de.com", "DE"],
    ["x.com.co", "CO"],
    ["x.co.in", "IN"],
    ["x.com", undefined],
    ["x.eu", undefined],
    ["uk.com", undefined],
    ["x.shop", undefined],
  ] as const)("the ending of %s stands for %s", ([host, country]) =>
    expect(countryOfEnding(host)?.country).toBe(country),
  );

  test("its signs are told whether or not they agree, and how sure it is", () => {
    const { country } = leadOf(
      inLanguage(
        "de",
        "<p>Mariahilfer Str. 1, 1060 Wien, Tel +43 1 512 23 45</p><p>ATU12345678</p><p>Preis CHF 12.50</p>",
      ),
      "x.at",
    );
    expect(country).toMatchObject({ code: "AT", confidence: "sure" });
    for (const sign of [
      { sign: "tld", says: "AT", value: ".at" },
      { sign: "address", says: "AT", value: "Mariahilfer Str. 1, 1060 Wien" },
      { sign: "phone", says: "AT", value: "+4315122345" },
      { sign: "tax_id", says: "AT", value: "ATU12345678" },
      { sign: "currency", says: "CH", value: "CHF" },
      { sign: "lang", says: "DE", value: "de" },
    ])
      expect(country?.signs).toContainEqual(sign);
    expect(leadOf(inLanguage("de", "<p>Hallo</p>"), "x.com").country).toMatchObject({
      code: "DE",
      confidence: "weak",
    });
    expect(leadOf(inLanguage("en", "<p>Call 01473 222222</p>"), "x.com").country).toMatchObject({
      code: "GB",
      confidence: "likely",
    });
  });

  test("structured data, geo tags and currencies speak, and policies do not", () => {
    const stated =
      '<script type="application/ld+json">{"@type":"Store","address":{"addressCountry":"CH","addressLocality":"Chur"}}</script>';
    expect(leadOf(stated).country?.code).toBe("CH");
    expect(leadOf("<meta name='geo.region' content='AT-9'>").country?.code).toBe("AT");
    expect(leadOf(inLanguage("en", "<p>from £12.50</p>")).country?.code).toBe("GB");
    const policy =
      "<p>Google LLC<br>1600 Amphitheatre Parkway<br>Mountain View, CA 94043, USA</p><p>+1 650 253 0000</p>";
    const lead = leadOf(
      {
        "/": inLanguage("de", "<p>Tel. 030 2312500</p>"),
        "/datenschutz": inLanguage("de", policy),
      },
      "x.com",
    );
    expect([lead.country?.code, numbersOf(lead), lead.addresses]).toEqual([
      "DE",
      ["+49302312500"],
      [],
    ]);
  });

  test.for([
    ["ABN 51 824 753 556", "AU"],
    ["USt-IdNr. DE811907980", "DE"],
    ["Amtsgericht Charlottenburg HRB 12345", "DE"],
    ["ATU12345678", "AT"],
    ["CHE-123.456.789 MWST", "CH"],
    ["N° TVA FR 12 345678901", "FR"],
    ["SIRET : 123 456 789 00012", "FR"],
    ["P.IVA 01234567890", "IT"],
    ["CIF: B-91234567", "ES"],
    ["KvK: 12345678", "NL"],
    ["Org.nr: 556016-0680", "SE"],
    ["CNPJ 12.345.678/0001-90", "BR"],
    ["RFC: ABC010203XY1", "MX"],
    ["GSTIN: 29ABCDE1234F1Z5", "IN"],
    ["GST/HST 123456789 RT0001", "CA"],
    ["Registered in England and Wales No. 01234567", "GB"],
    ["VAT No. GB 123 4567 89", "GB"],
    ["EIN: 12-3456789", "US"],
    ["登録番号：T1234567890123", "JP"],
    ["IBAN DE89 3704 0044 0532 0130 00", undefined],
    ["Order DE 12", undefined],
    ["In 2024 we served 12,345 guests", undefined],
  ] as const)("%s is a number of %s", ([text, country]) =>
    expect(countryOfTaxId(text.replace("：", ":"))?.country).toBe(country),
  );
});
