import { describe, expect, test } from "vitest";
import { inLanguage, leadOf } from "./lead-of.ts";

const US = ["shop.com", "en-US"] as const;
const DE = ["laden.de", "de"] as const;
const read = ([host, lang]: readonly [string, string], body: string) =>
  leadOf(inLanguage(lang, body), host);

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
