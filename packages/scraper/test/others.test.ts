import { describe, expect, test } from "vitest";
import { inLanguage, leadOf, numbersOf } from "./lead-of.ts";

const DE = ["laden.de", "de", "+49 30 23125 100"] as const;
const AT = ["laden.at", "de-AT", "+43 1 5550 100"] as const;
const US = ["shop.com", "en-US", "+1 612-555-0100"] as const;
const GB = ["shop.co.uk", "en-GB", "+44 20 7946 0100"] as const;
const FR = ["boutique.fr", "fr", "+33 1 99 00 10 00"] as const;
const ES = ["tienda.es", "es", "+34 910 555 010"] as const;
const IT = ["negozio.it", "it", "+39 06 5550 1000"] as const;
const NL = ["winkel.nl", "nl", "+31 20 555 0100"] as const;
const SE = ["butik.se", "sv", "+46 8 465 004 00"] as const;
const BR = ["loja.com.br", "pt-BR", "+55 11 3555-0100"] as const;
type Site = readonly [host: string, lang: string, own: string];

/** A site with a number and an address of its own, and something else on it. */
const leadWith = ([host, lang, own]: Site, html: string) =>
  leadOf(inLanguage(lang, `<p>${own}</p><p>info@${host}</p>${html}`), host);
const bare = (number: string) => number.replace(/[^\d+]/g, "");
const emailsOf = (lead: ReturnType<typeof leadOf>) => lead.emails.map(({ email }) => email);

describe("contacts that are given as somebody else's are none of the business", () => {
  test.for<readonly [Site, string]>([
    [US, "Website by Peak Pixel, hello@peakpixel.example, 612-555-0188"],
    [
      US,
      "Site designed &amp; developed by <a href=#>Peak</a> (<a href='mailto:x@peak.example'>mail</a>)",
    ],
    [US, "Photography by Ana Ruiz / ana@ruiz-foto.example / (612) 555-0188"],
    [US, "Listing courtesy of Lakeside Realty, Kim Weller 612-555-0188, kim@lakeside.example"],
    [US, "Poison Control: 1-800-555-0188"],
    [US, "“They fixed our roof in a day, ask me: jo.miller@gmail.com or 612-555-0188”"],
    [
      US,
      "“They doubled our bookings in only ninety days.” Jo Miller, Acme (jo@acme-tools.example)",
    ],
    [GB, "Complaints: contact NHS England on 020 7946 0188 or contact@nhs-england.example"],
    [GB, "Hosted by Tinhost, support@tinhost.example, 020 7946 0188"],
    [DE, "Konzept &amp; Umsetzung: Agentur Domspitz, mail@domspitz.example, Tel. 030 23125 188"],
    [DE, "Fotos: Ilka B., foto@ilka.example"],
    [DE, "Diese Seite wurde erstellt von Sepps Seiten, sepp@seiten.example, 030 23125 188"],
    [DE, "Aufsichtsbehörde: Bezirksamt Mitte, Tel. 030 23125 188, post@bezirksamt.example"],
    [
      DE,
      "Zuständige Kammer:<br>Handwerkskammer Berlin<br>Blücherstr. 68<br>Tel. 030 23125 188<br>info@hwk.example",
    ],
    [DE, "Rechtsanwaltskammer Berlin, Littenstr. 9, 10179 Berlin, 030 23125 188, info@rak.example"],
    [DE, "Schlichtungsstelle der Rechtsanwaltschaft, schlichtung@stelle.example"],
    [DE, "Zahnärztlicher Notdienst der KZV Berlin: 030 23125 188"],
    [DE, "„Immer freundlich, immer pünktlich, ruft mich gern an: 030 23125 188“"],
    [DE, "Unsere Partner: Metzgerei Haug (030 23125 188)"],
    [AT, "Lawinenwarndienst Tirol: 0800 555 188"],
    [FR, "Création du site : Studio Mistral – studio@mistral.example – 01 99 00 10 88"],
    [FR, "Hébergeur : Nuage SAS, 2 rue du Port, 59100 Roubaix, 01 99 00 10 88"],
    [FR, "Site réalisé par Nuage, bonjour@nuage.example"],
    [FR, "« Une équipe formidable que je recommande : 01 99 00 10 88 »"],
    [FR, "Médiateur de la consommation : contact@mediation.example, 01 99 00 10 88"],
    [ES, "Diseño web: hola@disenos.example, 910 555 088"],
    [ES, "Web desarrollada por Nopal (hola@nopal.example)"],
    [IT, "Sito realizzato da Pixel srl - info@pixel.example - 06 5550 1088"],
    [NL, "Website door Bytewerk, info@bytewerk.example, 020 555 0188"],
    [SE, "Hemsida av Bytebruket, info@bytebruket.example, 08-465 004 88"],
    [BR, "Desenvolvido por Nuvem (oi@nuvem.example, (11) 3555-0188)"],
    [US, "Preferred contractor of State Line Insurance (612-555-0188)"],
    [DE, "Kooperationspartner: Orthopädie Dr. Lenz, 030 23125 188"],
    [
      DE,
      "Datenschutzbeauftragter: Extern GmbH, Elbstr. 5, 01067 Dresden, Tel. 030 23125 188, dsb@extern.example",
    ],
    [FR, "Votre conseiller assurance : Cabinet Morel, 01 99 00 10 88"],
    [ES, "Fotografía: Tomás Rico, tomas@rico.example"],
    [US, "Emergency after hours? Call MedVet Riverside at (612) 555-0188."],
    [US, "After-hours tow: Glass City Towing 612-555-0188"],
    [GB, "Out of hours please ring Dene Animal Hospital on 020 7946 0188"],
    [DE, "Außerhalb der Sprechzeiten hilft die Tierklinik Düppel: 030 23125 188"],
  ])("%j", ([site, html]) => {
    const lead = leadWith(site, `<p>${html}</p>`);
    expect(numbersOf(lead)).toEqual([bare(site[2])]);
    expect(emailsOf(lead)).toEqual([`info@${site[0]}`]);
  });
});

describe("what stands in the beginnings of articles is not the business's by that", () => {
  const teasers = (className: string, tag = "article") =>
    `<${tag} class="${className}"><p>Parks and Games (612-555-0188, x@parks.example) confirmed it</p></${tag}>
     <${tag} class="${className}"><p>The bison are back</p></${tag}>`;

  test.for(["post-card", "post-12 post type-post hentry", "elementor-post", "blog-item", "teaser"])(
    "in lists of posts: %s",
    (className) => {
      const lead = leadWith(US, teasers(className));
      expect(numbersOf(lead)).toEqual(["+16125550100"]);
      expect(emailsOf(lead)).toEqual(["info@shop.com"]);
    },
  );

  test.for(["post-12 page type-page", "elementor-post type-team", "card", ""])(
    "but in other articles: %s",
    (className) => {
      expect(numbersOf(leadWith(US, teasers(className)))).toContain("+16125550188");
    },
  );

  test("nor in a single article, which may be the page", () => {
    const [first = ""] = teasers("type-post").split("\n");
    expect(numbersOf(leadWith(US, first))).toContain("+16125550188");
  });
});

describe("the business's own stay, whatever stands near", () => {
  test.for<readonly [Site, html: string, number: string | null, email: string | null]>([
    [
      US,
      "Kitchens designed and built by Miller &amp; Sons. Showroom 612-555-0188",
      "+16125550188",
      null,
    ],
    [
      US,
      "Website by Peak. © 2026 Shop Inc. 612-555-0188 sales@shop-inc.example",
      "+16125550188",
      "sales@shop-inc.example",
    ],
    [US, "Web design: studio@shop.com", null, "studio@shop.com"],
    [US, "“Your smile is all we think of, day and night.” Call 612-555-0188", "+16125550188", null],
    [US, "Emergency: 612-555-0188", "+16125550188", null],
    [US, "After hours: 612-555-0188", "+16125550188", null],
    [US, "For emergencies call Dr. Jane Miller at 612-555-0188", "+16125550188", null],
    [US, "Downtown Clinic 612-555-0188", "+16125550188", null],
    [GB, "NHS patients: 020 7946 0188", "+442079460188", null],
    [DE, "Notdienst: 030 23125 188", "+493023125188", null],
    [
      DE,
      "Speisekammer, Hauptstr. 5, 030 23125 188, wirt@speisekammer.example",
      "+493023125188",
      "wirt@speisekammer.example",
    ],
    [
      DE,
      "Ihr Ansprechpartner: Anna Muster, 030 23125 188, anna@muster-gruppe.example",
      "+493023125188",
      "anna@muster-gruppe.example",
    ],
    [DE, "„Speisekammer“ 030 23125 188", "+493023125188", null],
    [
      DE,
      "Handwerkskammer Berlin</p><p>Kontakt</p><p>Büro</p><p>Werkstatt</p><p>030 23125 188",
      "+493023125188",
      null,
    ],
    [FR, "Le Clos « Les Orties » : 01 99 00 10 88", "+33199001088", null],
  ])("%j", ([site, html, number, email]) => {
    const lead = leadWith(site, `<p>${html}</p>`);
    const emails = [`info@${site[0]}`, email].filter((value) => value !== null);
    expect(numbersOf(lead).toSorted()).toEqual(
      [bare(site[2]), number].filter((value) => value !== null).toSorted(),
    );
    expect(emailsOf(lead)).toEqual(emails);
  });

  test("a number that is given as another's here and plainly there is the business's", () => {
    const lead = leadWith(
      DE,
      "<p>Website von Laden</p><p>Webdesign: 030 23125 188</p><p>Büro 030 23125 188</p>",
    );
    expect(numbersOf(lead)).toContain("+493023125188");
  });

  test("the only number and the only mailbox of a free provider are better than none", () => {
    const lead = leadOf(
      inLanguage("de", "<p>Umsetzung: Anna Muster, anna.muster@gmx.de, 030 23125 188</p>"),
      "laden.de",
    );
    expect(numbersOf(lead)).toEqual(["+493023125188"]);
    expect(emailsOf(lead)).toEqual(["anna.muster@gmx.de"]);
  });

  test("of a site without an address of its own, its maker's is not taken for one", () => {
    const lead = leadOf(inLanguage("de", "<p>Webdesign: mail@domspitz.example</p>"), "laden.de");
    expect(lead.emails).toEqual([]);
    expect(lead.bestEmail).toBeNull();
  });
});
