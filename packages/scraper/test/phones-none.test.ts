import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { findNumbers } from "../src/phones/find.ts";
import { fold } from "../src/phones/fold.ts";
import { Numbers } from "../src/phones/numbers.ts";
import { inLanguage, leadOf } from "./lead-of.ts";

const US = ["shop.com", "en-US"] as const;
const DE = ["laden.de", "de"] as const;
const FR = ["b.fr", "fr"] as const;
const read = ([host, lang]: readonly [string, string], body: string) =>
  leadOf(inLanguage(lang, body), host);

describe("no number out of measures, ids, dates and letters", () => {
  test.for([
    [
      US,
      [
        "2026-11-21",
        "11/21/2026",
        "11-21-2026 12:30",
        "2004–2026",
        "$1,240.00",
        "Order no. 2077754120",
        "Order #612-555-0142",
        "ISBN 978-3-16-148410-0",
        "12345 67890 12345",
        "x=2077754120",
        "1 2 3 4 5 6 7 8 9",
        "Sci. 2013. 10.1016/j.x.2013.05.034",
        "NMLS 612-555-0142",
        "NMLS ID: 6125550142",
        "License 612-555-0142",
        "EIN 12-3456789",
        "Tracking: 9400 1118 9922 3333 4444 55",
        "SKU 612-555-0142",
        "192.168.100.200",
        "44.977753, -93.265015",
        "https://shop.com/6125550142/",
        "6125550142@example-mail.com",
        "550e8400-e29b-41d4-a716-446655440000",
        "a6125550142b",
        "612-555-0142abc",
        "6125550142",
        "Account number 612 555 0142",
        "Parcel ID 612-555-0142",
        "DEA 612-555-0142",
        "© 2019-2026",
        "version 6.12.555.0142",
        "(999) 555-0142",
        "123-45-6789",
        "Part No. 612-555-0142",
        "Invoice 612-555-0142-77 no. 4",
        "1,234,567,890",
        "call 911",
        "Version 1.2.3.4567890",
        "Copyright 2012-2013-2014",
      ],
    ],
    [
      DE,
      [
        "21.11.2026",
        "01.02.2024 - 03.02.2024",
        "01/2024 - 05/2024",
        "Mo-Fr 08.00 - 12.30 Uhr",
        "USt-IdNr.: DE 811 907 980",
        "Steuernummer: 027/123/45678",
        "St.-Nr. 027 123 45678",
        "HRB 0301 23456",
        "IBAN DE89 3704 0044 0532 0130 00",
        "Konto 0123456789 BLZ 100 500 00",
        "Art.-Nr. 030 2312500",
        "Kundennummer 0302312500",
        "Bestellnummer: 030-2312500",
        "0,99 €",
        "1.234.567,00 €",
        "0201 3456 kWh",
        "52.520008, 13.404954",
        "2 x 030 mm",
        "ISO 9001:2015 0123",
        "DIN EN 0302 12345",
        "DE811907980",
        "PLZ 10115 20095 80331",
        "Vorgang 030 2312500",
        "im Jahr 0302 3125 Besucher",
        "Auftragsnummer: 030/2312500",
        "0.301234567",
      ],
    ],
    [
      FR,
      [
        "SIRET 123 456 789 00012",
        "SIREN 012 345 678",
        "ADELI 0144556677",
        "04 12 2024",
        "RCS Paris B 123 456 789",
        "TVA FR 12 345 678 901",
        "12/04/78 15:30",
        "01.02.2024",
        "10 000 000 €",
      ],
    ],
    [
      ["b.it", "it"],
      [
        "P.IVA 01234567890",
        "Roma, 06 12 2024",
        "Partita IVA: 0123 4567 890",
        "C.F. 01234567890",
        "REA MI 0123456",
        "08.00 - 12.30 / 14.30 - 18.00",
        "01/02/2024",
        "IBAN IT60 X054 2811 1010 0000 0123 456",
      ],
    ],
    [
      ["b.es", "es"],
      [
        "Expediente 912345678",
        "Folio: 912 345 678",
        "Nº colegiado 912345678",
        "912.345.678 habitantes",
        "CIF B91234567",
        "NIF: 91234567A",
        "Ref. 912 345 678",
        "912.345.678 €",
        "9:00 - 14:00",
      ],
    ],
    [
      ["b.co.uk", "en-GB"],
      [
        "VAT GB 0123 456789",
        "Company No. 01234567",
        "Registered number 01473222222",
        "sort code 20-00-00 account 01234567",
        "Charity no. 01473 222222",
      ],
    ],
    [
      ["b.com.au", "en-AU"],
      ["ABN 51 824 753 556", "ACN 004 085 616", "BSB 062-000 Account 0412345678"],
    ],
    [
      ["b.nl", "nl"],
      ["KvK 01234567", "BTW NL012345678B01", "IBAN NL91 ABNA 0417 1643 00", "01-02-2024"],
    ],
    [
      ["b.se", "sv"],
      ["Org.nr 556016-0680", "08.00-17.00", "Bankgiro 0123-4567"],
    ],
    [
      ["b.ch", "de"],
      ["CHE-123.456.789 MWST", "IBAN CH93 0076 2011 6238 5295 7", "CHF 044 668 18 00"],
    ],
    [
      ["b.at", "de"],
      ["ATU12345678", "FN 123456a", "01/2024 - 05/2024"],
    ],
    [
      ["b.com.br", "pt-BR"],
      ["CNPJ 12.345.678/0001-90", "CPF 123.456.789-09", "CEP 01310-100", "R$ 1.234,56"],
    ],
    [
      ["b.mx", "es-MX"],
      ["RFC ABC010203XY1", "C.P. 06600", "$ 55 1234 5678"],
    ],
    [
      ["b.in", "en-IN"],
      ["GSTIN 29ABCDE1234F1Z5", "PIN 560001", "FSSAI Lic. No. 98765432101234", "Rs. 98765 43210"],
    ],
    [
      ["b.co.jp", "ja"],
      ["〒100-0001", "登録番号 T1234567890123", "2024-01-02", "許可番号 03-3214-9111"],
    ],
  ] as const)("of %j", ([site, lines]) => {
    for (const line of lines) {
      const { phones, faxes } = read(site, `<p>${line}</p>`);
      expect([line, [...phones, ...faxes].map(({ e164 }) => e164)]).toEqual([line, []]);
    }
  });

  test("of a policy page only what other pages show as well", () => {
    const authority = "<p>Landesbeauftragte für Datenschutz, Tel. 0211 384240</p>";
    const lead = leadOf(
      {
        "/": inLanguage("de", "<footer>Tel. 030 2312500</footer>"),
        "/datenschutz": inLanguage("de", `${authority}<footer>Tel. 030 2312500</footer>`),
      },
      "laden.de",
    );
    expect(lead.phones).toMatchObject([
      { e164: "+49302312500", pages: ["https://laden.de/", "https://laden.de/datenschutz"] },
    ]);
  });
});

test("whatever the text, numbers are E.164 and lie where they are said to", () => {
  const piece = fc.constantFrom(
    ..."0123456789 +-./()|,:\u001f\u00a0\uff10\uff0d".split(""),
    "Tel. ",
    "Fax: ",
    "030",
    "+49",
    "612",
    "555",
    "0142",
    "2024",
    "Berlin ",
    "€",
    "No. ",
    "☏",
    "ext. ",
    "(0)",
    "00",
  );
  const numbers = new Numbers();
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }),
      fc.constantFrom("US", "DE", "FR", "IT", "JP", "BR", "ZZ", undefined),
      (parts, region) => {
        const line = fold(parts.join(""));
        let last = 0;
        for (const { number, start, end } of findNumbers(line, "Tel", { numbers, region })) {
          expect(number.e164).toMatch(/^\+\d{5,15}$/);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

test("numbers of the US are read as the library reads them", () => {
  const numbers = new Numbers();
  const digits = fc.tuple(
    fc.integer({ min: 200, max: 999 }),
    fc.integer({ min: 100, max: 999 }),
    fc.integer({ min: 0, max: 9_999 }),
  );
  fc.assert(
    fc.property(digits, ([area, office, rest]) => {
      const national = `${area}${office}${String(rest).padStart(4, "0")}`;
      const phone = parsePhoneNumberFromString(`+1${national}`);
      const wanted = phone?.isValid()
        ? { e164: phone.number, national: phone.formatNational(), country: phone.country }
        : undefined;
      expect(numbers.international(`1${national}`)).toEqual(wanted);
    }),
    { numRuns: 1_000 },
  );
});
