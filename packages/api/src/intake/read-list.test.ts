import { describe, expect, test } from "vitest";
import { readList } from "./read-list.ts";

type Case = [what: string, text: string, names: string[]];

const entriesOf = (text: string) => readList(text).lines.flatMap(({ entries }) => entries);
const namesOf = (text: string) => entriesOf(text).flatMap(({ domain }) => domain ?? []);
const refusedOf = (text: string) =>
  entriesOf(text).flatMap((entry) => (entry.domain === null ? [entry.input] : []));

const runs = (cases: Case[]) =>
  test.each(cases)("%s", (_, text, names) => {
    expect(namesOf(text)).toEqual(names);
    expect(refusedOf(text)).toEqual([]);
  });

describe("one delimiter parts the whole list, and quotes reach over lines", () => {
  runs([
    [
      "a quoted name on two lines",
      'Company,Website\n"Mueller\nInc.",mueller.de\nB,schmidt.ch',
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "quoted lines at Windows' line ends",
      'Company,Website\r\n"Mueller\r\nInc.",mueller.de\r\nB,schmidt.ch\r\n',
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "an address of several lines with commas",
      'Website,Address\nmueller.de,"Main St 1,\nSuite 5,\nBerlin"\nschmidt.ch,"Bern, CH"',
      ["mueller.de", "schmidt.ch"],
    ],
    ["commas in cells of semicolons", 'Website;Name\nmueller.de;"a,b"', ["mueller.de"]],
    [
      "commas without quotes in cells of semicolons",
      "Website;Name\nmueller.de;a, b, c\nschmidt.ch;d",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "quoted commas without a header",
      '"Muster, Partner",mueller.de\n"Foo, Inc.",foo.com',
      ["mueller.de", "foo.com"],
    ],
    [
      "cells copied from a spreadsheet, with commas",
      "Company\tAddress\tWebsite\nMueller\tMain St 1, Berlin\tmueller.de\nSchmidt\tBern\tschmidt.ch",
      ["mueller.de", "schmidt.ch"],
    ],
    ["decimal commas after the name", "Website;Umsatz\nmueller.de;1,5", ["mueller.de"]],
    [
      "decimal commas before the name",
      "Umsatz;Website\n1,5;mueller.de\n2,5;schmidt.ch",
      ["mueller.de", "schmidt.ch"],
    ],
    ["tabs without a header, a comma in a name", "Mueller, Inc.\tmueller.de", ["mueller.de"]],
    [
      "a quote for inches",
      'Company,Website\nMueller 5" pipes,mueller.de\nSchmidt,schmidt.ch',
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "a quote that opens a cell and never closes",
      'Company,Website\n"Mueller,mueller.de\nSchmidt,schmidt.ch',
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "a quote that only another line's would close",
      'Company,Website\n"Mueller,mueller.de\nSchmidt "the baker",schmidt.ch\nFoo,foo.com',
      ["mueller.de", "schmidt.ch", "foo.com"],
    ],
    ["doubled quotes", 'Company,Website\n"Mueller ""the"" baker, Inc.",mueller.de', ["mueller.de"]],
    [
      "quotes within quotes that nobody doubled",
      'Company,Website\n"Mueller "the" baker",mueller.de',
      ["mueller.de"],
    ],
    [
      "empty quoted cells",
      'Company,Phone,Website\n"","",mueller.de\n"Schmidt","",schmidt.ch',
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "blanks around quoted cells",
      'Company, Website\n"Mueller, Inc." , "mueller.de"',
      ["mueller.de"],
    ],
    [
      "a delimiter that nobody quoted moves the name",
      "Company,Website\nMueller, Inc.,mueller.de\nSchmidt,schmidt.ch",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "rows that end early",
      "Website;Name;City\nmueller.de\nschmidt.ch;Schmidt\nfoo.com;Foo;Bern",
      ["mueller.de", "schmidt.ch", "foo.com"],
    ],
    ["all cells quoted", '"Company";"Website"\n"Mueller; Partner";"mueller.de"', ["mueller.de"]],
  ]);
});

describe("a header is one in any language and wording", () => {
  runs([
    ["German", "Firma;Webseite;Telefon\nMüller GmbH;mueller.de;030", ["mueller.de"]],
    [
      "German, at length",
      "Firma;Internetadresse der Firma;Ort\nMüller & Co.KG;mueller.de;Bern",
      ["mueller.de"],
    ],
    ["French", "Nom;Site web;Tel\nBoulangerie S.A.;boulange.fr;01", ["boulange.fr"]],
    [
      "French, official",
      "Raison sociale;Site internet;Ville\nDupont S.A.R.L.;dupont.fr;Paris",
      ["dupont.fr"],
    ],
    ["Spanish", "Empresa;Página web;Ciudad\nPérez S.L.;perez.es;Sevilla", ["perez.es"]],
    ["Spanish, other", "Empresa;Sitio web\nPérez S.L.;perez.es", ["perez.es"]],
    ["Italian", "Azienda;Sito web;Città\nRossi S.r.l.;rossi.it;Roma", ["rossi.it"]],
    ["Italian, short", "Azienda;Sito\nRossi S.r.l.;rossi.it", ["rossi.it"]],
    ["Portuguese", "Empresa;Site;Telefone\nSilva Ltda.;silva.com.br;11", ["silva.com.br"]],
    ["Dutch", "Bedrijf;Webadres;Plaats\nJansen B.V.;jansen.nl;Breda", ["jansen.nl"]],
    ["Swedish", "Företag;Hemsida\nBerg AB;berg.se", ["berg.se"]],
    ["Danish", "Firma;Hjemmeside\nHansen ApS;hansen.dk", ["hansen.dk"]],
    ["Polish", "Firma;Strona internetowa\nNowak sp. z o.o.;nowak.pl", ["nowak.pl"]],
    ["Hungarian", "Cég;Honlap\nNagy Kft.;nagy.hu", ["nagy.hu"]],
    ["Russian", "Компания;Сайт\nООО Ромашка;romashka.ru", ["romashka.ru"]],
    ["Greek", "Εταιρεία;Ιστοσελίδα\nΠαπαδόπουλος Α.Ε.;papas.gr", ["papas.gr"]],
    ["Japanese", "会社名,ホームページ,電話\n田中商店,tanaka.co.jp,03", ["tanaka.co.jp"]],
    ["Chinese", "公司,网址\n张三,zhang.cn", ["zhang.cn"]],
    ["Korean", "회사,홈페이지\n김,kim.co.kr", ["kim.co.kr"]],
    ["Arabic", "الشركة,الموقع\nشركة,sharika.com", ["sharika.com"]],
    ["Turkish", "Firma;Web sitesi\nYılmaz A.Ş.;yilmaz.com.tr", ["yilmaz.com.tr"]],
    [
      "a word that nobody has told us",
      "Osakeyhtiö;Sivusto\nVirtanen Oy;virtanen.fi\nMäkinen Oy;makinen.fi",
      ["virtanen.fi", "makinen.fi"],
    ],
    ["Website URL", "Name,Website URL\nMueller Inc.,mueller.de", ["mueller.de"]],
    [
      "Domain Name beside a registrar",
      "Domain Name,Registrar\nmueller.de,united-domains.de",
      ["mueller.de"],
    ],
    [
      "a registrar before the domain",
      "Registrar,Domain\nunited-domains.de,mueller.de\nnamecheap.com,schmidt.ch",
      ["mueller.de", "schmidt.ch"],
    ],
    ["website_url", "name,website_url\nA Inc.,a-inc.com", ["a-inc.com"]],
    ["websiteUrl", "name,websiteUrl\nA Inc.,a-inc.com", ["a-inc.com"]],
    [
      "Company Domain Name",
      "Record ID,Company name,Company Domain Name\n1,Foo.io Ltd.,foo.co.uk",
      ["foo.co.uk"],
    ],
    ["Company URL", "Company,Company URL,Phone\nMueller Inc.,mueller.de,1", ["mueller.de"]],
    ["Link", "Name,Link\nJ.Smith,smith.com", ["smith.com"]],
    ["shouted", "NAME,WEBSITE\nA,a-inc.com", ["a-inc.com"]],
    ["with a mark of order", "\ufeffWebsite,Name\nmueller.de,A", ["mueller.de"]],
    [
      "a platform's address beside the site",
      "Name,Facebook URL,Website\nA,https://facebook.com/a,a-inc.com\nB,https://facebook.com/b,b-inc.com",
      ["a-inc.com", "b-inc.com"],
    ],
    [
      "the site said twice",
      "Name,Website,Domain\nA,https://www.a-inc.com/,a-inc.com\nB,https://b-inc.com,b-inc.com",
      ["a-inc.com", "b-inc.com"],
    ],
    ["below a title", "Leads 2026\nCompany,Website\nMueller Inc.,mueller.de", ["mueller.de"]],
    [
      "below a title that is named after a site",
      "Export from hubspot.com, November\n\nCompany,City,Website\nMueller Inc.,Bern,mueller.de",
      ["mueller.de"],
    ],
    [
      "below three titles",
      "Leads\n2026\nall of them\nCompany;Website\nMueller Inc.;mueller.de",
      ["mueller.de"],
    ],
    ["below sep=;", "sep=;\nCompany;Website\nMueller, Inc.;mueller.de", ["mueller.de"]],
    [
      "below sep=, and a mark of order",
      '\ufeffsep=,\r\nCompany,Website\r\n"Mueller, Inc.",mueller.de',
      ["mueller.de"],
    ],
    ["of one column", "Website\nmueller.de\nschmidt.ch", ["mueller.de", "schmidt.ch"]],
    [
      "of one column, as a sentence",
      "Websites to scan:\n\nmueller.de\nschmidt.ch",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "said again in the middle",
      "Name,Website\nA,a-inc.com\nName,Website\nB,b-inc.com",
      ["a-inc.com", "b-inc.com"],
    ],
    [
      "of a Markdown table",
      "| Name | Website |\n|---|:---:|\n| Mueller | mueller.de |\n| Schmidt | schmidt.ch |",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "of a printed query",
      " name    |  website   \n---------+------------\n Mueller | mueller.de\n Schmidt | schmidt.ch\n",
      ["mueller.de", "schmidt.ch"],
    ],
  ]);
});

describe("other columns are no entries", () => {
  runs([
    [
      "addresses with separators in their paths",
      'https://example.com/angebote;Angebote\nhttps://example.org/a,b/team;"Muster; Partner"\n"https://example.net/menu.pdf;jsessionid=AB12";Karte',
      ["example.com", "example.org", "example.net"],
    ],
    ["a note", "a.example.com, our baker", ["a.example.com"]],
    [
      "e-mail addresses",
      "mueller.de,info@mueller.de,Berlin\nschmidt.ch,kontakt@gmx.de,Bern",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "ranks",
      "1,google.com\n2,facebook.com\n3,amazonaws.com",
      ["google.com", "facebook.com", "amazonaws.com"],
    ],
    [
      "numbers with points",
      "https://a.com/x,1.5,y\nhttps://c.com/karte,52.5,13.4",
      ["a.com", "c.com"],
    ],
    ["companies named like sites", "Booking.com B.V.,mueller.de", ["mueller.de"]],
    [
      "companies named like sites, in several rows",
      "Booking.com B.V.,mueller.de\nMonster.com Inc.,schmidt.ch",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "profiles of platforms, without a header",
      "mueller.de,https://facebook.com/mueller\nschmidt.ch,https://facebook.com/schmidt",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "entries of a directory that we do not know, without a header",
      Array.from(
        { length: 6 },
        (_, at) => `shop-${at}.de,https://verzeichnis.de/eintrag/${at}`,
      ).join("\n"),
      Array.from({ length: 6 }, (_, at) => `shop-${at}.de`),
    ],
    [
      "dates and sums",
      "2026-11-29;mueller.de;1.234,50\n2026-11-30;schmidt.ch;99,90",
      ["mueller.de", "schmidt.ch"],
    ],
  ]);
});

describe("the name is found in its line", () => {
  runs([
    ["two schemes", "http://https://example.com", ["example.com"]],
    ["a scheme written wrongly", "htps://example.com", ["example.com"]],
    ["a scheme cut off", "ttp://example.com", ["example.com"]],
    ["a blank after the scheme", "https:// example.com", ["example.com"]],
    ["www before the scheme", "http://www.https://example.com", ["example.com"]],
    ["view-source", "view-source:https://example.com", ["example.com"]],
    [
      "pipes",
      "Mueller Inc. | mueller.de | Berlin\nSchmidt | schmidt.ch | Bern",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "links of Markdown",
      "[Mueller](https://mueller.de)\n- [Schmidt](http://schmidt.ch/)",
      ["mueller.de", "schmidt.ch"],
    ],
    ["a link of Markdown that is its own text", "[mueller.de](https://mueller.de)", ["mueller.de"]],
    ["bold and code of Markdown", "**mueller.de**\n`schmidt.ch`", ["mueller.de", "schmidt.ch"]],
    [
      "links of HTML",
      '<a href="https://mueller.de">Mueller</a>\n<a href=http://schmidt.ch/x>S</a>',
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "a list of HTML",
      "<ul>\n<li>mueller.de</li>\n<li>schmidt.ch</li>\n</ul>",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "angle brackets as in mails",
      "Mueller <https://mueller.de>\n<schmidt.ch>",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "after a dash or a colon",
      "Mueller GmbH - mueller.de\nSchmidt: schmidt.ch",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "after a long dash without blanks",
      "Mueller GmbH—mueller.de\nSchmidt–schmidt.ch",
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "after a colon without a blank",
      "Website:mueller.de\nWeb:https://schmidt.ch",
      ["mueller.de", "schmidt.ch"],
    ],
    ["in parentheses", "Mueller GmbH (mueller.de)", ["mueller.de"]],
    ["before parentheses", "example.com (main)", ["example.com"]],
    [
      "in quotes of every kind",
      "“mueller.de”\n„schmidt.ch“\n'foo.com'\n«bar.com»",
      ["mueller.de", "schmidt.ch", "foo.com", "bar.com"],
    ],
    ["after numbers", "1 mueller.de\n2 schmidt.ch", ["mueller.de", "schmidt.ch"]],
    [
      "after numbers with marks",
      "1. mueller.de\n2) schmidt.ch\n(3) foo.com\n#4 bar.com",
      ["mueller.de", "schmidt.ch", "foo.com", "bar.com"],
    ],
    [
      "after arrows and ticks",
      "→ mueller.de\n► schmidt.ch\n✓ foo.com\n· bar.com\n◦ baz.com\n➤ qux.com\n☑ quux.com\n• corge.com",
      [
        "mueller.de",
        "schmidt.ch",
        "foo.com",
        "bar.com",
        "baz.com",
        "qux.com",
        "quux.com",
        "corge.com",
      ],
    ],
    ["after boxes to tick", "- [ ] mueller.de\n- [x] schmidt.ch", ["mueller.de", "schmidt.ch"]],
    [
      "two in a line",
      "mueller.de and schmidt.ch\nfoo.com / bar.com\nfoo2.com | bar2.com",
      ["mueller.de", "schmidt.ch", "foo.com", "bar.com", "foo2.com", "bar2.com"],
    ],
    [
      "two in a line, joined",
      "a-inc.com&b-inc.com\nc-inc.com+d-inc.com\ne-inc.com/f-inc.com",
      ["a-inc.com", "b-inc.com", "c-inc.com", "d-inc.com", "e-inc.com", "f-inc.com"],
    ],
    [
      "three, of commas and semicolons",
      "a-inc.com, b-inc.com; c-inc.com",
      ["a-inc.com", "b-inc.com", "c-inc.com"],
    ],
    [
      "in sentences",
      "We met people of Harbor (harbor.com), and they like acme.de. What a day!",
      ["harbor.com", "acme.de"],
    ],
    [
      "beside an abbreviation that looks like a name",
      "Müller GmbH & Co.KG - mueller.de\nDr.med. Schmidt, schmidt.ch\nACME Pty.Ltd acme.com.au",
      ["mueller.de", "schmidt.ch", "acme.com.au"],
    ],
    ["beside a sentence without a blank", "They are in Bern.It is mueller.de", ["mueller.de"]],
    ["beside an e-mail address", "Mueller, info@other.de, mueller.de", ["mueller.de"]],
    ["made harmless", "hxxps://example[.]com\nmueller(dot)de", ["example.com", "mueller.de"]],
    [
      "with Japanese marks",
      "会社：tanaka.co.jp、suzuki.co.jp\n「sato.co.jp」",
      ["tanaka.co.jp", "suzuki.co.jp", "sato.co.jp"],
    ],
    ["with dots of other scripts", "例え。jp\nexample．com", ["xn--r8jz45g.jp", "example.com"]],
    [
      "the end of a sentence",
      "example.com!\nexample.org?\nexample.net.",
      ["example.com", "example.org", "example.net"],
    ],
    [
      "files of servers are no second name",
      "example.com/login.do\nexample.org/index.html",
      ["example.com", "example.org"],
    ],
    [
      "columns of blanks",
      "mueller.de      Berlin   030 1\nschmidt.ch      Bern     031 2",
      ["mueller.de", "schmidt.ch"],
    ],
  ]);
});

describe("JSON is read", () => {
  runs([
    ["objects", '[{"domain":"mueller.de"},{"domain":"schmidt.ch"}]', ["mueller.de", "schmidt.ch"]],
    [
      "objects over lines, with other things",
      '[\n  {\n    "id": 1,\n    "name": "Foo.io Ltd.",\n    "website": "mueller.de",\n    "x": null\n  },\n  { "id": 2, "website": "https://schmidt.ch/" }\n]',
      ["mueller.de", "schmidt.ch"],
    ],
    ["texts", '["mueller.de", "https://schmidt.ch/x"]', ["mueller.de", "schmidt.ch"]],
    [
      "lines",
      '{"url":"mueller.de","n":1}\n{"url":"schmidt.ch","n":2}\n',
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "an answer of an interface",
      '{"total":2,"tags":["x.com"],"results":[{"site":{"url":"mueller.de"}},{"site":{"url":"schmidt.ch"}}]}',
      ["mueller.de", "schmidt.ch"],
    ],
    [
      "an object of one list",
      '{"domains":["mueller.de","schmidt.ch"]}',
      ["mueller.de", "schmidt.ch"],
    ],
    ["lists of cells", '[["A","mueller.de"],["B","schmidt.ch"]]', ["mueller.de", "schmidt.ch"]],
    [
      "a comma too much",
      '[{"domain":"mueller.de",},{"domain":"schmidt.ch"},]',
      ["mueller.de", "schmidt.ch"],
    ],
    ["escapes", '[{"name":"\\u00e4 \\"x\\"","domain":"b\\u00fccher.de"}]', ["xn--bcher-kva.de"]],
    [
      "with quotes of other languages",
      "['mueller.de', 'schmidt.ch']",
      ["mueller.de", "schmidt.ch"],
    ],
  ]);
});

describe("characters", () => {
  runs([
    [
      "form feeds and vertical tabs part names",
      "mueller.de\u000bschmidt.ch\ffoo.com",
      ["mueller.de", "schmidt.ch", "foo.com"],
    ],
    [
      "so do the separators of Unicode",
      "mueller.de\u2028schmidt.ch\u2029foo.com\u0085bar.com",
      ["mueller.de", "schmidt.ch", "foo.com", "bar.com"],
    ],
    [
      "and controls and NUL",
      "mueller.de\u0000schmidt.ch\u001cfoo.com",
      ["mueller.de", "schmidt.ch", "foo.com"],
    ],
    [
      "and blanks of every width",
      "mueller.de\u00a0schmidt.ch\u2003foo.com\u3000bar.com",
      ["mueller.de", "schmidt.ch", "foo.com", "bar.com"],
    ],
    ["old line ends of Macs", "mueller.de\rschmidt.ch\r", ["mueller.de", "schmidt.ch"]],
    [
      "marks of no width within a name",
      "exam\u200bple.com\nexam\ufeffple.org\nexam\u00adple.net",
      ["example.com", "example.org", "example.net"],
    ],
    ["joiners that belong to a name", "نامه\u200cای.com", ["xn--mgba3gch31f060k.com"]],
    [
      "ornaments and blank lines",
      "=====\nmueller.de\n\n---\n***\nschmidt.ch\n",
      ["mueller.de", "schmidt.ch"],
    ],
  ]);
});

describe("what no line names", () => {
  test.each([
    ["words", "no domain here", ["no domain here"]],
    ["a word", "localhost", ["localhost"]],
    ["another scheme", "ftp://example.com", ["ftp://example.com"]],
    ["an address of a machine", "192.168.0.1", ["192.168.0.1"]],
    ["an ending that is none", "a-inc.com, shop.nosuchending, b-inc.com", ["shop.nosuchending"]],
    [
      "a mailbox beside names of other lines",
      "mueller.de\ninfo@schmidt.ch\nfoo.com",
      ["info@schmidt.ch"],
    ],
    ["JSON that is cut off", '["mueller.de",\n"schmidt.ch",\n"fo', ['"fo']],
    ["an empty cell", "Name,Website\nA,\nB,b-inc.com", ["A,"]],
    ["a cell that says so", "Name,Website\nA,n/a\nB,b-inc.com", ["n/a"]],
    [
      "a row without the name, above all others",
      "Mueller;keine;Bern\nSchmidt;schmidt.ch;Bern",
      ["keine"],
    ],
  ])("is refused in words: %s", (_, text, refused) => {
    expect(refusedOf(text)).toEqual(refused);
    for (const entry of entriesOf(text)) {
      if (entry.domain === null) expect(entry.reason).toMatch(/^\S.*\.$/);
    }
  });
});
