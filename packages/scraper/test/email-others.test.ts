import { describe, expect, test } from "vitest";
import { read } from "./read.ts";

/** The addresses of a page that are not told to be somebody else's. */
const emails = (html: string) =>
  read(`<p>info@laden.de</p>${html}`, "https://www.laden.de/")
    .emails.filter(({ others }) => !others)
    .map(({ email }) => email);

describe("addresses that stand on a site as somebody else's are none of its own", () => {
  test.for([
    `<p>© 2026 Laden. Website by <a href="https://pixel.de">Pixel</a> – <a href="mailto:hello@pixel.de">hello@pixel.de</a></p>`,
    `<p>Site by <a href="mailto:studio@pixel.co.uk">Pixel Studio</a></p>`,
    `<p>Designed and built by Pixel (hello@pixel.com)</p>`,
    `<p>Konzept &amp; Umsetzung: Werbeagentur Pixel, mail@pixel.de, Tel. 0221 4710 990</p>`,
    `<p>Webdesign: Pixel, studio(at)pixel.de</p>`,
    `<p>erstellt von <a href="mailto:webmaster@sepp.de">Sepp</a></p>`,
    `<p>Pressefotos: Fotografin Ilka, foto@ilka.de</p>`,
    `<p>Création du site : Studio – studio@mistral.fr</p>`,
    `<p>Conception Web : Agence (a@agence.ca)</p>`,
    `<p>Photos : Nina / nina@delmas.fr</p>`,
    `<p>Diseño: web@nopal.mx</p><p>Desarrollado por hola@nopal.com.mx</p>`,
    `<p>Sito realizzato da Pixel srl - info@pixel.it</p>`,
    `<p>Desenvolvido por Pixel: contato@pixel.com.br</p>`,
    `<p>Ontwerp: info@pixel.nl</p><p>Website door Pixel, hallo@pixel.nl</p>`,
    `<p>Webbdesign: hej@pixel.se</p>`,
    `<p>サイト制作：info@pixel.co.jp</p>`,
    `<p>Kammer: Zahnärztekammer Berlin, Stallstraße 1, Tel. 030 34808-0, info@zaek.de</p>`,
    `<p>Zuständige Aufsichtsbehörde: KZV, kontakt@kzv.de</p>`,
    `<p>Berufshaftpflicht: Sonnenschild Versicherung AG, info@sonnenschild.de</p>`,
    `<p>Externer Datenschutzbeauftragter: Max Muster, dsb@extern.de</p>`,
    `<p>Ordre des avocats, contact@barreau.fr</p><p>Médiateur : mediateur@conso.fr</p>`,
    `<p>Colegio de Abogados: info@icam.es</p>`,
    `<p>If you remain unhappy, contact NHS England or england.contactus@nhs.net.</p>`,
    `<p>Complaints: Legal Ombudsman, enquiries@ombudsman.org.uk</p>`,
    `<p>Beans by Fernhollow Roasters (wholesale@fernhollow.com).</p>`,
    `<blockquote>Great! <cite>Harriet, CMO (harriet@foundry.com)</cite></blockquote>`,
    `<div class="testimonial-text">Ask me: marge@gmail.com</div>`,
    `<p>“Fair price! Ask me anything: marge@gmail.com”</p>`,
    `<p>„Gern wieder, alles bestens! Fragen an kunde@gmx.de“</p>`,
    `<ol class="comment-list"><li>x@gmail.com: nice</li></ol>`,
  ])("%s", (html) => expect(emails(html)).toEqual(["info@laden.de"]));

  test.for<[html: string, email: string]>([
    ["<p>E-Mail: post@laden-berlin.com</p>", "post@laden-berlin.com"],
    ["<p>Schreiben Sie uns: praxis@gmail.com</p>", "praxis@gmail.com"],
    ["<p>Kontakt: Anna Muster, anna@partner.de</p>", "anna@partner.de"],
    ["<p>All rights reserved. | Website by Pixel | office@holding.com</p>", "office@holding.com"],
    ["<p>Website by Pixel</p><p>office@holding.com</p>", "office@holding.com"],
    ["<p>Fotos: Ilka. Buchungen an office@holding.com</p>", "office@holding.com"],
    ["<p>Webdesign: Laden Medien, post@laden-medien.de</p>", "post@laden-medien.de"],
    ["<p>Complaints: beschwerde@laden.de</p>", "beschwerde@laden.de"],
    ["<p>„Die besten Brötchen“ – bestellen: shop@brotladen.com</p>", "shop@brotladen.com"],
    ["<p>Call or write by Friday: office@holding.com</p>", "office@holding.com"],
  ])("%s is its own", ([html, email]) => expect(emails(html)).toContain(email));
});

test("addresses come in the order of the page, however they are written", () => {
  expect(
    emails(
      `<p>erste@laden.de</p><a href="mailto:zweite@laden.de">m</a><p>dritte (at) laden.de</p>
       <script>document.write("vierte" + "@laden.de")</script><p>fuenfte@laden.de</p><meta name=contact content="meta@laden.de">`,
    ),
  ).toEqual(
    ["info", "erste", "zweite", "dritte", "vierte", "fuenfte", "meta"].map(
      (name) => `${name}@laden.de`,
    ),
  );
});
