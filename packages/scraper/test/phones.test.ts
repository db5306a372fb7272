import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold } from "../src/phones/fold.ts";
import { findNumbers } from "../src/phones/find.ts";
import { Numbers } from "../src/phones/numbers.ts";
import { inLanguage, leadOf, numbersOf } from "./lead-of.ts";

const US = ["shop.com", "en-US"] as const;
const DE = ["laden.de", "de"] as const;
const FR = ["b.fr", "fr"] as const;
const read = ([host, lang]: readonly [string, string], body: string) =>
  leadOf(inLanguage(lang, body), host);

describe("digits of different tokens never join nor hide each other", () => {
  test.for([
    [US, "<p>Minneapolis, MN 55488<br>(612) 555-0142</p>", ["+16125550142"]],
    [
      US,
      "<div>100 Example Ave, Minneapolis, MN 55415</div><div>(612) 555-0142</div>",
      ["+16125550142"],
    ],
    [US, "<p>Minneapolis, MN 55415<br>612-555-0142</p>", ["+16125550142"]],
    [US, "<p>Minneapolis, MN 55415-1234 612-555-0142</p>", ["+16125550142"]],
    [US, "<p>Open since 1998</p><p>(612) 555-0142</p>", ["+16125550142"]],
    [US, "<p>612-555-0142 612-555-0143</p>", ["+16125550142", "+16125550143"]],
    [US, "<p>612-555-0142<br>612-555-0143</p>", ["+16125550142", "+16125550143"]],
    [US, "<p>612-555-0142, 612-555-0143</p>", ["+16125550142", "+16125550143"]],
    [US, "<p>612-555-0142/612-555-0143</p>", ["+16125550142", "+16125550143"]],
    [
      US,
      "<p>(612) 555-0142 | (612) 555-0143 • (612) 555-0144</p>",
      ["+16125550142", "+16125550143", "+16125550144"],
    ],
    [US, "<table><tr><td>1</td><td>612-555-0142</td><td>24</td></tr></table>", ["+16125550142"]],
    [US, "<p>Open 9:00 - 17:00 (612) 555-0142</p>", ["+16125550142"]],
    [US, "<p>Suite 200 612-555-0142</p>", ["+16125550142"]],
    [US, "<p>2024 612-555-0142 2025</p>", ["+16125550142"]],
    [US, "<p>Call 24/7: 612-555-0142</p>", ["+16125550142"]],
    [US, "<p>Mon-Fri 9-5 612.555.0142</p>", ["+16125550142"]],
    [US, "<p>$40 612-555-0142</p>", ["+16125550142"]],
    [US, "<span>55415</span><span>612-555-0142</span>", ["+16125550142"]],
    [US, "<p>(612)\n      555-0142</p>", ["+16125550142"]],
    [DE, "<p>Tel. 030 2312500 / 0171 3920012</p>", ["+49302312500", "+491713920012"]],
    [DE, "<p>Tel. 030 2312500 10115 Berlin</p>", ["+49302312500"]],
    [DE, "<p>10115 Berlin 030 2312500</p>", ["+49302312500"]],
    [DE, "<p>10115 Berlin, +49 30 2312500, 0171 3920012</p>", ["+49302312500", "+491713920012"]],
    [DE, "<p>Telefon: 030 2312500 oder 0171 3920012</p>", ["+49302312500", "+491713920012"]],
    [DE, "<p>seit 1998 030/2312500</p>", ["+49302312500"]],
    [DE, "<p>01.02.2024 030 2312500</p>", ["+49302312500"]],
    [DE, "<p><b>Tel</b>030 2312500<b>Fax</b>030 2312501</p>", ["+49302312500"]],
    [["x.at", "de"], "<p>Tel 01 512 23 45 1060 Wien</p>", ["+4315122345"]],
    [["x.ch", "de"], "<p>044 668 18 00 8001 Zürich</p>", ["+41446681800"]],
    [FR, "<p>01 44 55 66 77 06 12 34 56 78</p>", ["+33144556677", "+33612345678"]],
    [FR, "<p>75001 Paris 01 44 55 66 77</p>", ["+33144556677"]],
    [["b.it", "it"], "<p>06 6982 0001 / 06 6982 0002</p>", ["+390669820001", "+390669820002"]],
    [
      ["b.es", "es"],
      "<p>28013 Madrid 912 345 678 - 612 345 678</p>",
      ["+34912345678", "+34612345678"],
    ],
    [
      ["b.co.uk", "en-GB"],
      "<p>BA1 1AA 01225 460123 07911 123456</p>",
      ["+441225460123", "+447911123456"],
    ],
    [["b.nl", "nl"], "<p>020-1234567 1012 AB Amsterdam</p>", ["+31201234567"]],
    [["b.se", "sv"], "<p>111 22 Stockholm 08-123 456 78</p>", ["+46812345678"]],
    [["b.com.au", "en-AU"], "<p>Sydney NSW 2000 (02) 9374 4000</p>", ["+61293744000"]],
    [["b.co.jp", "ja"], "<p>〒100-0001 東京都千代田区千代田1-1 03-3214-9111</p>", ["+81332149111"]],
    [["b.com.br", "pt-BR"], "<p>01310-100 São Paulo (11) 3071-0000</p>", ["+551130710000"]],
    [["b.in", "en-IN"], "<p>Bengaluru 560001 98765 43210</p>", ["+919876543210"]],
    [["b.mx", "es-MX"], "<p>C.P. 06600 55 1234 5678</p>", ["+525512345678"]],
  ] as const)("%j %s", ([site, body, numbers]) =>
    expect(numbersOf(read(site, body))).toEqual(numbers),
  );
});

describe("each country's everyday spelling counts without a word beside it", () => {
  test.for([
    [
      "US",
      "shop.com",
      "en-US",
      "+16125550142",
      "(612) 555-0142|612-555-0142|612.555.0142|612 555 0142|(612)555-0142|1-612-555-0142|1 (612) 555-0142|612/555-0142|(612)-555-0142|612•555•0142",
    ],
    [
      "CA",
      "b.ca",
      "en-CA",
      "+16045550142",
      "604-555-0142|(604) 555-0142|604.555.0142|1-604-555-0142",
    ],
    [
      "GB",
      "b.co.uk",
      "en-GB",
      "+441473222222",
      "01473 222222|(01473) 222222|01473-222222|01473 222 222",
    ],
    [
      "GB",
      "b.co.uk",
      "en-GB",
      "+442079460018",
      "020 7946 0018|(020) 7946 0018|0207 946 0018|020-7946-0018",
    ],
    [
      "GB",
      "b.co.uk",
      "en-GB",
      "+447911123456",
      "07911 123456|07911 123 456|07911123456|(07911) 123456",
    ],
    ["AU", "b.com.au", "en", "+61293744000", "(02) 9374 4000|02 9374 4000|02-9374-4000"],
    ["AU", "b.com.au", "en", "+61412345678", "0412 345 678|0412345678"],
    ["AU", "b.com.au", "en", "+611300123456", "1300 123 456"],
    [
      "DE",
      "b.de",
      "de",
      "+49302312500",
      "030/2312500|030 2312500|(030) 2312500|030-2312500|030 231 25 00|030 / 231 25 00|030 – 23 12 500|030.2312500|(030)2312500|0 30 / 231 25 00",
    ],
    [
      "DE",
      "b.de",
      "de",
      "+491713920012",
      "0171 3920012|0171/3920012|0171-3920012|0171 39 20 012|01713920012",
    ],
    ["AT", "b.at", "de", "+4315122345", "01 512 23 45|01/512 23 45|01-5122345|(01) 512 23 45"],
    ["AT", "b.at", "de", "+436641234567", "0664 1234567|0664/1234567|0664 123 45 67"],
    ["CH", "b.ch", "de", "+41446681800", "044 668 18 00|044/668 18 00|044 6681800|(044) 668 18 00"],
    [
      "FR",
      "b.fr",
      "fr",
      "+33478123456",
      "04 78 12 34 56|04.78.12.34.56|04-78-12-34-56|0478123456|04/78/12/34/56",
    ],
    ["FR", "b.fr", "fr", "+33612345678", "06.12.34.56.78|06 12 34 56 78|0612345678"],
    [
      "ES",
      "b.es",
      "es",
      "+34912345678",
      "912 345 678|91 234 56 78|912 34 56 78|91 2345678|912.345.678|912-345-678|91.234.56.78|912345678",
    ],
    ["ES", "b.es", "es", "+34612345678", "612 345 678|612 34 56 78|612345678"],
    [
      "IT",
      "b.it",
      "it",
      "+390669820001",
      "06 69820001|06/69820001|06.69820001|06-69820001|06 6982 0001",
    ],
    [
      "IT",
      "b.it",
      "it",
      "+393351234567",
      "335 1234567|335/1234567|335 123 4567|335.1234567|3351234567",
    ],
    ["NL", "b.nl", "nl", "+31201234567", "020-1234567|020 - 123 45 67|020 123 4567|(020) 1234567"],
    [
      "NL",
      "b.nl",
      "nl",
      "+31612345678",
      "06-12345678|06 12345678|06 1234 5678|06 12 34 56 78|0612345678",
    ],
    [
      "SE",
      "b.se",
      "sv",
      "+46812345678",
      "08-123 456 78|08 123 456 78|08/123 456 78|08-12 34 56 78",
    ],
    ["SE", "b.se", "sv", "+46701234567", "070-123 45 67|070 123 45 67|0701234567"],
    [
      "JP",
      "b.co.jp",
      "ja",
      "+81332149111",
      "03-3214-9111|03(3214)9111|（03）3214-9111|０３－３２１４－９１１１|03 3214 9111",
    ],
    ["JP", "b.co.jp", "ja", "+819012345678", "090-1234-5678|09012345678"],
    [
      "BR",
      "b.com.br",
      "pt-BR",
      "+551130710000",
      "(11) 3071-0000|11 3071-0000|(11) 3071 0000|(011) 3071-0000",
    ],
    [
      "BR",
      "b.com.br",
      "pt-BR",
      "+5511987654321",
      "(11) 98765-4321|(11) 9 8765-4321|11 98765-4321|(11) 98765.4321",
    ],
    [
      "MX",
      "b.mx",
      "es-MX",
      "+525512345678",
      "55 1234 5678|(55) 1234 5678|(55) 1234-5678|55-1234-5678|55.1234.5678|55 12 34 56 78",
    ],
    [
      "MX",
      "b.mx",
      "es-MX",
      "+524421234567",
      "442 123 4567|(442) 123 4567|442-123-4567|(442) 123 45 67",
    ],
    [
      "IN",
      "b.in",
      "en-IN",
      "+919876543210",
      "98765 43210|98765-43210|9876543210|09876543210|987 654 3210",
    ],
    [
      "IN",
      "b.in",
      "en-IN",
      "+918023456789",
      "080-23456789|080 2345 6789|(080) 2345 6789|080-2345 6789",
    ],
    ["BE", "b.be", "nl", "+3222345678", "02 234 56 78|02/234.56.78|02-234 56 78"],
    ["DK", "b.dk", "da", "+4533123456", "33 12 34 56|33 12 34 56"],
    ["PL", "b.pl", "pl", "+48221234567", "22 123 45 67|(22) 123 45 67|22 123-45-67"],
  ] as const)("%s %s", ([, host, lang, number, spellings]) => {
    for (const spelling of spellings.split("|"))
      expect([spelling, numbersOf(leadOf(inLanguage(lang, `<p>${spelling}</p>`), host))]).toEqual([
        spelling,
        [number],
      ]);
  });

  test.for([
    [DE, "Tel.-Nr.: 030 2312500", "+49302312500"],
    [DE, "Handy: 0171 3920012", "+491713920012"],
    [DE, "Rufen Sie uns an: 0302312500", "+49302312500"],
    [DE, "Telefonnummer 0302312500", "+49302312500"],
    [DE, "<i class='fa fa-phone'></i> 0302312500", "+49302312500"],
    [DE, "<img src=t.png alt='Telefon'> 0302312500", "+49302312500"],
    [DE, "<dl><dt>Telefon</dt><dd>0302312500</dd></dl>", "+49302312500"],
    [FR, "Tél : 04.78.12.34.56", "+33478123456"],
    [FR, "N° de téléphone : 0478123456", "+33478123456"],
    [FR, "Appelez-nous au 0478123456 dès aujourd’hui", "+33478123456"],
    [US, "Phone Number - 6125550142", "+16125550142"],
    [US, "Call us today at 6125550142.", "+16125550142"],
    [US, "<span class='phone-number'>6125550142</span>", "+16125550142"],
    [US, "<abbr title='Phone'>P:</abbr> 6125550142", "+16125550142"],
    [US, "Boise, ID 208-555-0119", "+12085550119"],
    [["b.es", "es"], "Teléfono: 912345678", "+34912345678"],
    [["b.it", "it"], "Telefono: 0669820001", "+390669820001"],
    [["b.it", "it"], "Cell. 3351234567", "+393351234567"],
    [["b.nl", "nl"], "Telefoon: 0201234567", "+31201234567"],
    [["b.se", "sv"], "Telefon: 0812345678", "+46812345678"],
    [["b.co.jp", "ja"], "電話番号：0332149111", "+81332149111"],
    [["b.com.br", "pt-BR"], "Telefone: 1130710000", "+551130710000"],
    [["b.in", "en-IN"], "Mob: +91-9876543210", "+919876543210"],
    [["b.com.au", "en-AU"], "Phone: 13 12 34", "+61131234"],
  ] as const)("%j %s", ([site, body, number]) =>
    expect(numbersOf(read(site, body))).toEqual([number]),
  );
});

describe("every link to call and every typographic form is the number", () => {
  test.for([
    "<a href='tel:+16125550142'>call</a>",
    "<a href=' tel:+16125550142'>call</a>",
    "<a href='TEL:+1-612-555-0142'>call</a>",
    "<a href='tel://+16125550142'>call</a>",
    "<a href='tel:+1%20(612)%20555-0142'>call</a>",
    "<a href='tel:612.555.0142'>call</a>",
    "<a href='tel:16125550142'>call</a>",
    "<a href='tel:0016125550142'>call</a>",
    "<a href='tel:+1-612-555-0142;ext=12'>call</a>",
    "<a href='tel:+16125550142,,12#'>call</a>",
    "<a href='tel:612-555-0142x12'>call</a>",
    "<a href='tel:%2B16125550142'>call</a>",
    "<a href='callto:+16125550142'>call</a>",
    "<a href='callto://+16125550142'>call</a>",
    "<a href='sms:+16125550142'>text</a>",
    "<a href='sms:+16125550142?body=Hi%205'>text</a>",
    "<a href='skype:+16125550142?call'>skype</a>",
    "<a href='sip:+16125550142@example.com'>sip</a>",
    "<a href='facetime:+16125550142'>facetime</a>",
    "<a href='viber://chat?number=%2B16125550142'>viber</a>",
    "<a href='whatsapp://send?phone=16125550142&text=Hi'>WhatsApp</a>",
    "<a href='https://wa.me/16125550142'>WhatsApp</a>",
    "<a href='https://wa.me/+16125550142?text=Hi%20there'>WhatsApp</a>",
    "<a href='https://api.whatsapp.com/send?phone=16125550142'>WhatsApp</a>",
    "<a href='https://api.whatsapp.com/send/?phone=%2B1+612+555+0142&text=a'>WhatsApp</a>",
    "<a href='https://web.whatsapp.com/send?phone=16125550142'>WhatsApp</a>",
    "<button data-phone='+1 612 555 0142'>show</button>",
    "<button data-tel='612-555-0142'>show</button>",
    "<div data-href='tel:+16125550142'>call</div>",
    "<button onclick=\"window.location.href='tel:+16125550142'\">call</button>",
    "<a href='#' aria-label='Call (612) 555-0142'>call</a>",
    "<img src=banner.png alt='Call 612-555-0142'>",
    "<meta property='business:contact_data:phone_number' content='+1 612 555 0142'>",
    "<span itemprop='telephone'>612 555 0142</span>",
    "<span itemprop='telephone' content='+16125550142'>call us</span>",
    "<p>+1 612 555 0142</p>",
    "<p>+1 (612) 555-0142</p>",
    "<p>+1.612.555.0142</p>",
    "<p>+1-612-555-0142</p>",
    "<p>(+1) 612 555 0142</p>",
    "<p>001 612 555 0142</p>",
    "<p>+1&nbsp;612&#8239;555&#8209;0142</p>",
    "<p>612 – 555 – 0142</p>",
    "<p>612&#8722;555&#8722;0142</p>",
    "<p>（612）555－0142</p>",
    "<p>６１２－５５５－０１４２</p>",
    "<p>612-555\u200b-0142</p>",
    "<p>612-<b>555</b>-0142</p>",
    "<p>612-555-0142 ext. 12</p>",
    "<p>612-555-0142x12</p>",
    "<p>Phone612-555-0142</p>",
    "<p>Tel/Fax: 612-555-0142</p>",
    "<p>Phone & Fax: 612-555-0142</p>",
  ])("%s", (body) => expect(numbersOf(read(US, body))).toEqual(["+16125550142"]));

  test.for([
    ["<p>+39 (0)6 6982 0001</p>", ["+390669820001"]],
    ["<p>+49 (0)861 9094170</p>", ["+498619094170"]],
    ["<p>+49(0)30-2312500</p>", ["+49302312500"]],
    ["<p>0044 117 496 0287</p>", ["+441174960287"]],
    ["<p>+44 (0) 20 7946 0018</p>", ["+442079460018"]],
    ["<p>+33 (0)1.44.55.66.77</p>", ["+33144556677"]],
    ["<p>+41 (0)44 668 18 00</p>", ["+41446681800"]],
    ["<p>+55 (11) 98765-4321</p>", ["+5511987654321"]],
    ["<p>+52 1 55 1234 5678</p>", ["+525512345678"]],
    ["<p>+91-98765-43210</p>", ["+919876543210"]],
    ["<p>+81-460-85-5123</p>", ["+81460855123"]],
    ["<p>TEL：０３－３２１４－９１１１ +81-3-3214-9111</p>", ["+81332149111"]],
    ["<a href='tel:1-800-FLOWERS'>call</a>", ["+18003569377"]],
    ["<a href='tel:+1-800-GO-FEDEX'>call</a>", ["+18004633339"]],
    ["<a href='tel:+49(0)30 2312500'>Büro</a>", ["+49302312500"]],
    ["<a href='tel:+4903023125000'>Büro</a>", ["+493023125000"]],
    ["<a href='tel:493023125000'>Büro</a>", ["+493023125000"]],
    [
      "<a href='https://wa.me/message/ABCDEF1234567'>x</a><a href='https://wa.me/?text=1234567890'>share</a>",
      [],
    ],
    [
      "<a href='skype:laden.de?chat'>x</a><a href='tel:'>x</a><a href='tel:abc'>x</a><a href='tel:1'>x</a>",
      [],
    ],
  ] as const)("%s is %j", ([body, numbers]) =>
    expect(numbersOf(leadOf(body, "x.com"))).toEqual(numbers),
  );
});

describe("a fax is no phone, and kept apart", () => {
  test.for([
    [US, "<p>T: 612-555-0142 | F: 612-555-0143</p>"],
    [US, "<p>Phone: 612-555-0142, Fax: 612-555-0143</p>"],
    [US, "<p>612-555-0142</p><p>612-555-0143 (fax)</p>"],
    [US, "<p>Phone: 612-555-0142<br>Fax number: 612-555-0143</p>"],
    [US, "<p>Tel: 612-555-0142</p><p>Fax: <a href='tel:6125550143'>612-555-0143</a></p>"],
    [
      US,
      "<p><i class='fa-solid fa-phone'></i>612-555-0142 <i class='fa-solid fa-fax'></i>612-555-0143</p>",
    ],
    [US, "<a href='tel:6125550142'>call</a><a href='fax:+16125550143'>fax</a>"],
    [US, "<p>612-555-0142</p><span itemprop=faxNumber>612-555-0143</span>"],
    [
      US,
      "<table><tr><th>Phone</th><td>612-555-0142</td></tr><tr><th>Fax</th><td>612-555-0143</td></tr></table>",
    ],
    [US, "<p>Phone 612-555-0142 &nbsp; FAX 612-555-0143</p>"],
    [
      US,
      '<script type=\'application/ld+json\'>{"@type":"Store","telephone":"612-555-0142","faxNumber":"612-555-0143"}</script>',
    ],
  ] as const)("%j %s", ([site, body]) => {
    const { phones, faxes } = read(site, body);
    expect([phones.map(({ e164 }) => e164), faxes.map(({ e164 }) => e164)]).toEqual([
      ["+16125550142"],
      ["+16125550143"],
    ]);
  });

  test.for([
    [
      "b.de",
      "de",
      "Telefax: 030 2312501|Fax-Nr.: 030/2312501|Fax +49 30 2312501|Telefaxnummer 030 2312501",
    ],
    [
      "b.fr",
      "fr",
      "Fax : 04 78 12 34 56|Télécopie : 04 78 12 34 56|Téléfax 04.78.12.34.56|Numéro de fax : 0478123456",
    ],
    ["b.es", "es", "Fax: 912 345 678|Telefax 912345678|Nº de fax: 912 345 678"],
    ["b.it", "it", "Fax: 06 69820001|Telefax 06/69820001|Numero di fax: 06 69820001"],
    ["b.nl", "nl", "Fax: 020-1234567|Faxnummer: 020 1234567"],
    ["b.se", "sv", "Fax: 08-123 456 78|Telefax 08-123 456 78"],
    [
      "b.co.jp",
      "ja",
      "FAX：03-3214-9111|ファックス 03-3214-9111|ＦＡＸ０３－３２１４－９１１１|ファクス番号：03-3214-9111",
    ],
    ["b.com.br", "pt-BR", "Fax: (11) 3071-0000|Fac-símile: (11) 3071-0000"],
    ["b.pl", "pl", "Faks: 22 123 45 67"],
    ["b.co.uk", "en-GB", "F: 01473 222222|Fax no. 01473 222222|F 01473 222222"],
  ] as const)("in %s %s", ([host, lang, lines]) => {
    for (const line of lines.split("|")) {
      const { phones, faxes } = leadOf(inLanguage(lang, `<p>${line}</p>`), host);
      expect([line, phones.length, faxes.length]).toEqual([line, 0, 1]);
    }
  });

  test("a number that one page calls and another faxes is one to call", () => {
    const { phones, faxes } = leadOf(
      {
        "/": inLanguage("en-US", "<p>Phone: 612-555-0142</p>"),
        "/contact": inLanguage("en-US", "<p>Fax: 612-555-0142</p>"),
      },
      "shop.com",
    );
    expect([phones.length, faxes.length]).toEqual([1, 0]);
  });
});

describe("no number out of measures, ids, dates and letters", () => {
  const none = (site: readonly [string, string], lines: string) => {
    for (const line of lines
      .split("\n")
      .map((text) => text.trim())
      .filter(Boolean)) {
      const { phones, faxes } = read(site, `<p>${line}</p>`);
      expect([line, [...phones, ...faxes].map(({ e164 }) => e164)]).toEqual([line, []]);
    }
  };
  test("in the US", () =>
    none(
      US,
      `2026-11-21
      11/21/2026
      11-21-2026 12:30
      2004–2026
      $1,240.00
      Order no. 2077754120
      Order #612-555-0142
      ISBN 978-3-16-148410-0
      12345 67890 12345
      x=2077754120
      1 2 3 4 5 6 7 8 9
      Sci. 2013. 10.1016/j.x.2013.05.034
      NMLS 612-555-0142
      NMLS ID: 6125550142
      License 612-555-0142
      EIN 12-3456789
      Tracking: 9400 1118 9922 3333 4444 55
      SKU 612-555-0142
      192.168.100.200
      44.977753, -93.265015
      https://shop.com/6125550142/
      6125550142@example-mail.com
      550e8400-e29b-41d4-a716-446655440000
      a6125550142b
      612-555-0142abc
      6125550142
      Account number 612 555 0142
      © 2019-2026
      version 6.12.555.0142
      (999) 555-0142
      123-45-6789
      Part No. 612-555-0142
      Invoice 612-555-0142-77 no. 4
      1,234,567,890
      call 911
      Version 1.2.3.4567890
      Copyright 2012-2013-2014`,
    ));
  test("in Germany", () =>
    none(
      DE,
      `21.11.2026
      01.02.2024 - 03.02.2024
      01/2024 - 05/2024
      Mo-Fr 08.00 - 12.30 Uhr
      USt-IdNr.: DE 811 907 980
      Steuernummer: 027/123/45678
      St.-Nr. 027 123 45678
      HRB 0301 23456
      IBAN DE89 3704 0044 0532 0130 00
      Konto 0123456789 BLZ 100 500 00
      Art.-Nr. 030 2312500
      Kundennummer 0302312500
      Bestellnummer: 030-2312500
      0,99 €
      1.234.567,00 €
      0201 3456 kWh
      52.520008, 13.404954
      2 x 030 mm
      ISO 9001:2015 0123
      DIN EN 0302 12345
      DE811907980
      PLZ 10115 20095 80331
      0.301234567`,
    ));
  test("elsewhere", () => {
    none(
      FR,
      "SIRET 123 456 789 00012\nSIREN 012 345 678\nRCS Paris B 123 456 789\nTVA FR 12 345 678 901\n12/04/78 15:30\n01.02.2024\n10 000 000 €",
    );
    none(
      ["b.it", "it"],
      "P.IVA 01234567890\nPartita IVA: 0123 4567 890\nC.F. 01234567890\nREA MI 0123456\n08.00 - 12.30 / 14.30 - 18.00\n01/02/2024\nIBAN IT60 X054 2811 1010 0000 0123 456",
    );
    none(
      ["b.es", "es"],
      "CIF B91234567\nNIF: 91234567A\nRef. 912 345 678\n912.345.678 €\n9:00 - 14:00",
    );
    none(
      ["b.co.uk", "en-GB"],
      "VAT GB 0123 456789\nCompany No. 01234567\nRegistered number 01473222222\nsort code 20-00-00 account 01234567\nCharity no. 01473 222222",
    );
    none(
      ["b.com.au", "en-AU"],
      "ABN 51 824 753 556\nACN 004 085 616\nBSB 062-000 Account 0412345678",
    );
    none(
      ["b.nl", "nl"],
      "KvK 01234567\nBTW NL012345678B01\nIBAN NL91 ABNA 0417 1643 00\n01-02-2024",
    );
    none(["b.se", "sv"], "Org.nr 556016-0680\n08.00-17.00\nBankgiro 0123-4567");
    none(
      ["b.ch", "de"],
      "CHE-123.456.789 MWST\nIBAN CH93 0076 2011 6238 5295 7\nCHF 044 668 18 00",
    );
    none(["b.at", "de"], "ATU12345678\nFN 123456a\n01/2024 - 05/2024");
    none(
      ["b.com.br", "pt-BR"],
      "CNPJ 12.345.678/0001-90\nCPF 123.456.789-09\nCEP 01310-100\nR$ 1.234,56",
    );
    none(["b.mx", "es-MX"], "RFC ABC010203XY1\nC.P. 06600\n$ 55 1234 5678");
    none(
      ["b.in", "en-IN"],
      "GSTIN 29ABCDE1234F1Z5\nPIN 560001\nFSSAI Lic. No. 98765432101234\nRs. 98765 43210",
    );
    none(
      ["b.co.jp", "ja"],
      "〒100-0001\n登録番号 T1234567890123\n2024-01-02\n許可番号 03-3214-9111",
    );
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

describe("a number says where it is from, what it is called and where it stands", () => {
  test.for([
    ["<p>Büro: 030 2312500</p>", "Büro"],
    ["<p>Tel. Büro: 030 2312500</p>", "Büro"],
    ["<p>Reservierung 030 2312500</p>", "Reservierung"],
    ["<p>Tel.: 030 2312500</p>", null],
    ["<p>Mobil: 0171 3920012</p>", "Mobil"],
    ["<p>Rufen Sie uns gerne jederzeit an unter 030 2312500</p>", null],
    ["<dl><dt>Werkstatt</dt><dd>030 2312500</dd></dl>", "Werkstatt"],
    ["<h3>Kontakt</h3><p>030 2312500</p>", null],
    ["<a href='tel:+49302312500'>Zentrale</a>", "Zentrale"],
    ["<p>Notdienst: <a href='tel:+49302312500'>030 2312500</a></p>", "Notdienst"],
    [
      '<script type=\'application/ld+json\'>{"@type":"Store","contactPoint":{"contactType":"sales","telephone":"+49302312500"}}</script>',
      "sales",
    ],
  ] as const)("%s is called %s", ([body, label]) =>
    expect(read(DE, body).phones.map((phone) => phone.label)).toEqual([label]),
  );

  test("links before structured data before text before chats, each with its pages", () => {
    const { phones } = leadOf(
      {
        "/": inLanguage(
          "de",
          '<p>030 2312500</p><a href=\'https://wa.me/491713920012\'>x</a><script type=\'application/ld+json\'>{"@type":"Store","telephone":"030 2312501"}</script>',
        ),
        "/kontakt": inLanguage("de", "<a href='tel:030 2312502'>x</a><p>030 2312500</p>"),
      },
      "laden.de",
    );
    const [home, contact] = ["https://laden.de/", "https://laden.de/kontakt"];
    expect(phones.map(({ e164, from, pages, national }) => [e164, from, pages, national])).toEqual([
      ["+49302312502", "tel", [contact], "030 2312502"],
      ["+49302312501", "json_ld", [home], "030 2312501"],
      ["+49302312500", "text", [home, contact], "030 2312500"],
      ["+491713920012", "whatsapp", [home], "0171 3920012"],
    ]);
  });

  test("the best one is of the site's country, for talk, given as one, and on most pages", () => {
    const best = (home: string, contact = "") =>
      leadOf({ "/": inLanguage("de", home), "/kontakt": inLanguage("de", contact) }, "laden.de")
        .bestPhone;
    expect(best("<p>Kein Anschluss</p>")).toBeNull();
    expect(best("<p>030 2312500</p>")).toEqual({
      e164: "+49302312500",
      rule: "It is the only number of the site.",
    });
    expect(best("<a href='tel:+41446681800'>x</a><p>030 2312500</p>")?.e164).toBe("+49302312500");
    expect(best("<p>Notdienst: 030 2312501</p><p>030 2312500</p>")?.e164).toBe("+49302312500");
    expect(best("<p>030 2312501</p><a href='tel:030 2312500'>x</a>")?.e164).toBe("+49302312500");
    expect(best("<p>030 2312501</p><p>030 2312500</p>", "<p>030 2312500</p>")).toEqual({
      e164: "+49302312500",
      rule: "Of 2 numbers this is written in the text, on 2 of 2 pages, one of them a contact page or imprint, of the site's country.",
    });
  });

  test("more numbers than are kept are told", () => {
    const many = Array.from({ length: 60 }, (_, index) => `<p>612-555-01${10 + index}</p>`).join(
      "",
    );
    const { phones, capped } = read(US, many);
    expect(phones).toHaveLength(30);
    expect(capped).toEqual(["phones"]);
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
