import { describe, expect, test } from "vitest";
import { inLanguage, leadOf } from "./lead-of.ts";

const places = (host: string, lang: string, body: string) =>
  leadOf(inLanguage(lang, body), host).addresses.map(
    ({ street, postcode, town, region, country }) => [street, postcode, town, region, country],
  );

describe("an address where people write it, in its parts", () => {
  test.for([
    [
      "laden.de",
      "de",
      "<p>Bäckerei Müller GmbH<br>Hauptstraße 5<br>10115 Berlin</p>",
      ["Hauptstraße 5", "10115", "Berlin", null, "DE"],
    ],
    [
      "laden.de",
      "de",
      "<address>Hauptstr. 5<br>10115 Berlin<br><a href='mailto:info@laden.de'>info@laden.de</a><br>030 2312500</address>",
      ["Hauptstr. 5", "10115", "Berlin", null, "DE"],
    ],
    [
      "laden.de",
      "de",
      "<table><tr><th>Anschrift</th><td>Am Markt 3</td></tr><tr><th>Ort</th><td>20095 Hamburg</td></tr></table>",
      ["Am Markt 3", "20095", "Hamburg", null, "DE"],
    ],
    [
      "laden.de",
      "de",
      "<p>Hauptstr. 5 a-c<br>D – 10115 Berlin</p>",
      ["Hauptstr. 5 a-c", "10115", "Berlin", null, "DE"],
    ],
    [
      "b.fr",
      "fr",
      "<p>ZA Les Prés, 5 chemin du Moulin<br>31000 Toulouse</p>",
      ["5 chemin du Moulin", "31000", "Toulouse", null, "FR"],
    ],
    [
      "b.nl",
      "nl",
      "<p>Coolsingel 40, 3011 AD, Rotterdam</p>",
      ["Coolsingel 40", "3011 AD", "Rotterdam", null, "NL"],
    ],
    [
      "shop.com",
      "en-US",
      "<p>N56W12345 Silver Spring Dr, Menomonee Falls, WI 53051</p>",
      ["N56W12345 Silver Spring Dr", "53051", "Menomonee Falls", "WI", "US"],
    ],
    [
      "laden.de",
      "de",
      "<p>Straße des 17. Juni 135<br>10623 Berlin</p>",
      ["Straße des 17. Juni 135", "10623", "Berlin", null, "DE"],
    ],
    [
      "b.fr",
      "fr",
      "<p>12 rue du 8 mai 1945, 69100 Villeurbanne</p>",
      ["12 rue du 8 mai 1945", "69100", "Villeurbanne", null, "FR"],
    ],
    [
      "laden.de",
      "de",
      "<p>Hauptstr.5,10115 Berlin</p>",
      ["Hauptstr.5", "10115", "Berlin", null, "DE"],
    ],
    [
      "b.it",
      "it",
      "<p>Località Poggio, 53024 Montalcino (SI)</p>",
      ["Località Poggio", "53024", "Montalcino", "SI", "IT"],
    ],
    [
      "b.nl",
      "nl",
      "<p>'s-Gravenweg 12, 5211 JX 's-Hertogenbosch</p>",
      ["'s-Gravenweg 12", "5211 JX", "'s-Hertogenbosch", null, "NL"],
    ],
    [
      "laden.de",
      "de",
      "<footer>© 2026 Müller GmbH | Hauptstraße 5 | D-10115 Berlin | Tel. 030 2312500</footer>",
      ["Hauptstraße 5", "10115", "Berlin", null, "DE"],
    ],
    [
      "laden.de",
      "de",
      "<p>Sie finden uns in der Kaiserstr. 12a, 60311 Frankfurt am Main, direkt am Dom.</p>",
      ["Kaiserstr. 12a", "60311", "Frankfurt am Main", null, "DE"],
    ],
    [
      "boutique.ca",
      "fr-CA",
      "<p>1155, rue Metcalfe, bureau 1502<br>Montréal (Québec) H3B 2V6</p>",
      ["1155, rue Metcalfe, bureau 1502", "H3B 2V6", "Montréal", "Québec", "CA"],
    ],
    [
      "shop.ca",
      "en-CA",
      "<p>88 Queen St W<br>Toronto ON M5H 2N2</p>",
      ["88 Queen St W", "M5H 2N2", "Toronto", "ON", "CA"],
    ],
    [
      "winkel.nl",
      "nl",
      "<p>Twijnstraat 51 bis<br>3511 ZH Utrecht</p>",
      ["Twijnstraat 51 bis", "3511 ZH", "Utrecht", null, "NL"],
    ],
    [
      "winkel.nl",
      "nl",
      "<p>Overtoom 12-hs<br>1054 HK Amsterdam</p>",
      ["Overtoom 12-hs", "1054 HK", "Amsterdam", null, "NL"],
    ],
    [
      "pub.co.uk",
      "en-GB",
      "<p>The Harrow &amp; Plough, Church Lane, Nether Stowey, Bridgwater, Somerset TA5 1LJ</p>",
      ["Church Lane", "TA5 1LJ", "Bridgwater", "Somerset", "GB"],
    ],
    [
      "farm.co.uk",
      "en-GB",
      "<p>Manor Farm<br>Mill Lane<br>Wells<br>BA5 1XX</p>",
      ["Mill Lane", "BA5 1XX", "Wells", null, "GB"],
    ],
    [
      "shop.com",
      "en-US",
      "<footer>123 Main St, Springfield, IL 62701</footer>",
      ["123 Main St", "62701", "Springfield", "IL", "US"],
    ],
    [
      "shop.com",
      "en-US",
      "<p>456 Oak Avenue, Suite 200<br>Portland, OR 97201-1234</p>",
      ["456 Oak Avenue, Suite 200", "97201-1234", "Portland", "OR", "US"],
    ],
    [
      "shop.com",
      "en-US",
      "<p>456 Oak Avenue</p><p>Suite 200</p><p>Portland, Oregon 97201</p>",
      ["456 Oak Avenue, Suite 200", "97201", "Portland", "Oregon", "US"],
    ],
    [
      "shop.com",
      "en-US",
      "<p>123 Main St Springfield, IL 62701</p>",
      ["123 Main St", "62701", "Springfield", "IL", "US"],
    ],
    [
      "shop.com",
      "en",
      "<footer>Joe's Garage | 4521 Maple Ave Ste 110 | Dallas, TX 75219 | (214) 555-0100</footer>",
      ["4521 Maple Ave Ste 110", "75219", "Dallas", "TX", "US"],
    ],
    [
      "shop.com",
      "en",
      "<p>Over 25,000 cars fixed.</p><p>Dallas, TX 75219</p><p>4521 Maple Ave<br>Dallas, TX 75219</p>",
      ["4521 Maple Ave", "75219", "Dallas", "TX", "US"],
    ],
    [
      "shop.com",
      "en",
      "<p>Main Office: 100 Congress Ave., Suite 2000, Austin, Texas 78701, Phone 512-555-0144</p>",
      ["100 Congress Ave., Suite 2000", "78701", "Austin", "Texas", "US"],
    ],
    [
      "b.ca",
      "en-CA",
      "<p>Maple Leaf Roofing Inc. 2200 Yonge Street, Unit 5, Toronto, Ontario M4S 2C6</p>",
      ["2200 Yonge Street, Unit 5", "M4S 2C6", "Toronto", "Ontario", "CA"],
    ],
    [
      "b.com.au",
      "en-AU",
      "<p>Studio 2/45 Crown St, Surry Hills NSW 2010</p>",
      ["Studio 2/45 Crown St", "2010", "Surry Hills", "NSW", "AU"],
    ],
    [
      "b.mx",
      "es-MX",
      "<p>Av. Insurgentes Sur 1234, Col. Del Valle, C.P. 03100, Benito Juárez, CDMX</p>",
      ["Av. Insurgentes Sur 1234, Col. Del Valle", "03100", "Benito Juárez", null, "MX"],
    ],
    [
      "b.ca",
      "en-CA",
      "<p>123 King St W, Toronto, ON M5V 2T6</p>",
      ["123 King St W", "M5V 2T6", "Toronto", "ON", "CA"],
    ],
    [
      "b.co.uk",
      "en-GB",
      "<p>12 High Street<br>Bath<br>Somerset<br>BA1 1AA</p>",
      ["12 High Street", "BA1 1AA", "Bath", "Somerset", "GB"],
    ],
    [
      "b.co.uk",
      "en-GB",
      "<p>12 High Street, Bath BA1 1AA</p>",
      ["12 High Street", "BA1 1AA", "Bath", null, "GB"],
    ],
    [
      "b.co.uk",
      "en-GB",
      "<p>Unit 4, 20 Mill Lane, Leeds, LS1 4DY</p>",
      ["20 Mill Lane", "LS1 4DY", "Leeds", null, "GB"],
    ],
    [
      "b.com.au",
      "en-AU",
      "<p>Level 3, 120 Collins Street<br>Melbourne VIC 3000</p>",
      ["Level 3, 120 Collins Street", "3000", "Melbourne", "VIC", "AU"],
    ],
    [
      "b.at",
      "de",
      "<p>Mariahilfer Straße 1/3, A-1060 Wien</p>",
      ["Mariahilfer Straße 1/3", "1060", "Wien", null, "AT"],
    ],
    [
      "b.ch",
      "de",
      "<p>Bahnhofstrasse 1<br>CH-8001 Zürich</p>",
      ["Bahnhofstrasse 1", "8001", "Zürich", null, "CH"],
    ],
    [
      "b.fr",
      "fr",
      "<p>12 bis rue Victor Hugo, 69002 Lyon</p>",
      ["12 bis rue Victor Hugo", "69002", "Lyon", null, "FR"],
    ],
    [
      "b.fr",
      "fr",
      "<p>12, rue du Port – 17000 La Rochelle</p>",
      ["12, rue du Port", "17000", "La Rochelle", null, "FR"],
    ],
    [
      "b.es",
      "es",
      "<p>Calle Mayor, 5<br>28013 Madrid</p>",
      ["Calle Mayor, 5", "28013", "Madrid", null, "ES"],
    ],
    [
      "b.es",
      "es",
      "<p>C/ Serrano, 45, 2º B - 28001 Madrid</p>",
      ["C/ Serrano, 45, 2º B", "28001", "Madrid", null, "ES"],
    ],
    [
      "b.it",
      "it",
      "<p>Via Roma 1, 00187 Roma (RM)</p>",
      ["Via Roma 1", "00187", "Roma", "RM", "IT"],
    ],
    [
      "b.it",
      "it",
      "<p>Piazza del Duomo 3 - 20121 Milano MI</p>",
      ["Piazza del Duomo 3", "20121", "Milano", "MI", "IT"],
    ],
    [
      "b.nl",
      "nl",
      "<p>Damrak 1<br>1012 LG Amsterdam</p>",
      ["Damrak 1", "1012 LG", "Amsterdam", null, "NL"],
    ],
    [
      "b.nl",
      "nl",
      "<p>Damrak 1, 1012LG Amsterdam</p>",
      ["Damrak 1", "1012 LG", "Amsterdam", null, "NL"],
    ],
    [
      "b.se",
      "sv",
      "<p>Storgatan 1, 111 22 Stockholm</p>",
      ["Storgatan 1", "111 22", "Stockholm", null, "SE"],
    ],
    [
      "b.co.jp",
      "ja",
      "<p>〒100-0001 東京都千代田区千代田1-1</p>",
      ["千代田1-1", "100-0001", "千代田区", "東京都", "JP"],
    ],
    [
      "b.com.br",
      "pt-BR",
      "<p>Av. Paulista, 1000 - Bela Vista, São Paulo - SP, 01310-100</p>",
      ["Av. Paulista, 1000", "01310-100", "São Paulo", "SP", "BR"],
    ],
    [
      "b.mx",
      "es-MX",
      "<p>Av. Reforma 222, Col. Juárez, 06600 Ciudad de México, CDMX</p>",
      ["Av. Reforma 222, Col. Juárez", "06600", "Ciudad de México", null, "MX"],
    ],
    [
      "b.in",
      "en-IN",
      "<p>12, MG Road, Bengaluru, Karnataka 560001</p>",
      ["12, MG Road", "560001", "Bengaluru", "Karnataka", "IN"],
    ],
    [
      "b.in",
      "en-IN",
      "<p>#45, 2nd Floor, Brigade Road,<br>Bengaluru - 560 025, India</p>",
      ["#45, 2nd Floor, Brigade Road", "560 025", "Bengaluru", null, "IN"],
    ],
    [
      "b.dk",
      "da",
      "<p>Nørregade 10, 1165 København K</p>",
      ["Nørregade 10", "1165", "København K", null, "DK"],
    ],
    [
      "laden.de",
      "de",
      "<iframe src='https://maps.google.com/maps?q=Hauptstr.%205,%2010115%20Berlin&output=embed'></iframe>",
      ["Hauptstr. 5", "10115", "Berlin", null, "DE"],
    ],
    [
      "laden.de",
      "de",
      "<a href='https://www.google.com/maps/place/Bäckerei+Müller,+Hauptstr.+5,+10115+Berlin/@52.52,13.40,17z'>Karte</a>",
      ["Hauptstr. 5", "10115", "Berlin", null, "DE"],
    ],
    [
      "laden.de",
      "de",
      "<address>Lange Gasse 12, Rothenburg</address>",
      ["Lange Gasse 12", null, "Rothenburg", null, null],
    ],
  ] as const)("%s %s %s", ([host, lang, body, parts]) =>
    expect(places(host, lang, body)).toEqual([parts]),
  );

  test.for([
    ["laden.de", "de", "<address>Von Anna am 5. Mai 2024 geschrieben</address>"],
    ["laden.de", "de", "<p>Wir liefern in 30 Minuten nach 10115 Berlin</p>"],
    ["laden.de", "de", "<p>Am 12. Mai 2024 kamen 10000 Besucher nach Berlin</p>"],
    ["shop.com", "en-US", "<p>Serving Austin, TX 78701, Dallas, TX 75201 and Waco, TX 76701</p>"],
    ["laden.de", "de", "<p>Artikel 5, 10115 Stück</p>"],
    ["laden.de", "de", "<p>Musterstr. 5, 12345 Musterstadt</p>"],
    ["laden.de", "de", "<p>Wir liefern in 10115 Berlin, 10117 Berlin und 10119 Berlin</p>"],
    ["laden.de", "de", "<p>Kurse um 10 am Morgen, 10115 Berlin</p>"],
    ["laden.de", "de", "<p>Seit 1998 in 10115 Berlin</p>"],
    ["laden.de", "de", "<p>Tel. 030 23125<br>10115 Berlin</p>"],
    ["shop.com", "en-US", "<p>Order 12345 Widgets in May 2024</p>"],
    ["shop.com", "en-US", "<p>We ship to Springfield, IL 62701 within 2 days</p>"],
    ["shop.com", "en-US", "<p>In 2024, 12000 Customers chose us</p>"],
    ["shop.com", "en-US", "<address>Posted by Ann on May 5, 2024</address>"],
    ["shop.com", "en-US", "<address>info@shop.com</address>"],
    ["b.at", "de", "<p>Im Jahr 2024 Besucher</p>"],
    ["b.fr", "fr", "<p>Plus de 12000 Clients satisfaits</p>"],
  ] as const)("%s %s: %s is none", ([host, lang, body]) =>
    expect(places(host, lang, body)).toEqual([]),
  );

  test("several places are several, and one written several ways is one", () => {
    const twice =
      "<div itemprop='address'><span itemprop='streetAddress'>A-Str. 1</span><span itemprop='addressLocality'>Berlin</span></div><div itemprop='address'><span itemprop='streetAddress'>B-Str. 2</span><span itemprop='addressLocality'>Hamburg</span></div>";
    expect(leadOf(twice, "laden.de").addresses.map(({ written }) => written)).toEqual([
      "A-Str. 1, Berlin",
      "B-Str. 2, Hamburg",
    ]);
    const { addresses } = leadOf(
      {
        "/": inLanguage(
          "de",
          "<p>Filiale 1: Hauptstr. 5, 10115 Berlin</p><p>Filiale 2: Marktplatz 3, 80331 München</p>",
        ),
        "/kontakt": inLanguage(
          "de",
          `<address>Hauptstraße 5<br>10115 Berlin<br>Deutschland</address><script type="application/ld+json">{"@type":"Bakery","geo":{"latitude":52.5,"longitude":13.4},"address":{"@type":"PostalAddress","streetAddress":"Hauptstraße 5","postalCode":"10115","addressLocality":"Berlin","addressCountry":"DE"}}</script>`,
        ),
      },
      "laden.de",
    );
    expect(addresses.map(({ written, from, page, geo }) => [written, from, page, geo])).toEqual([
      [
        "Hauptstraße 5, Berlin, 10115, DE",
        "json_ld",
        "https://laden.de/kontakt",
        { lat: 52.5, lon: 13.4 },
      ],
      ["Marktplatz 3, 80331 München", "text", "https://laden.de/", null],
    ]);
  });

  test("more places than are kept are told", () => {
    const many = Array.from(
      { length: 40 },
      (_, index) => `<p>Hauptstr. ${index + 1}, ${10_000 + index} Berlin</p>`,
    ).join("");
    const { addresses, capped } = leadOf(inLanguage("de", many), "laden.de");
    expect(addresses).toHaveLength(20);
    expect(capped).toContain("addresses");
  });
});
