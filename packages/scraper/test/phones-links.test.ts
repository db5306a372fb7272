import { describe, expect, test } from "vitest";
import { inLanguage, leadOf, numbersOf } from "./lead-of.ts";

const US = ["shop.com", "en-US"] as const;
const read = ([host, lang]: readonly [string, string], body: string) =>
  leadOf(inLanguage(lang, body), host);

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
