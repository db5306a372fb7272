import { describe, expect, test } from "vitest";
import { read } from "./read.ts";

const emails = (html: string, address = "https://laden.de/") =>
  read(html, address).emails.map(({ email }) => email);

type Case = readonly [html: string, ...right: string[]];

describe("what was glued to an address is not of it", () => {
  test.for<Case>([
    ["info@laden.de.We are", "info@laden.de"],
    ["info@laden.de.You can", "info@laden.de"],
    ["info@laden.de.Me too", "info@laden.de"],
    ["info@laden.deTelefon", "info@laden.de"],
    ["info@laden.de030 123", "info@laden.de"],
    ["info@laden.detelefon", "info@laden.de"],
    ["info@partner.comTel", "info@partner.com"],
    ["info@partner.comwww.partner.com", "info@partner.com"],
    ["info@partner.com.www.partner.com", "info@partner.com"],
    ["anna@laden.de&ben@laden.de", "anna@laden.de", "ben@laden.de"],
    ["info@partner.com.", "info@partner.com"],
    ["info@partner.com...", "info@partner.com"],
    ["(info@laden.de)", "info@laden.de"],
    [
      "<p>info@laden.de,boss@laden.de;chef@laden.de|x@laden.de/y@laden.de</p>",
      "info@laden.de",
      "boss@laden.de",
      "chef@laden.de",
      "x@laden.de",
      "y@laden.de",
    ],
    ["<p>mail=info@laden.de</p>", "info@laden.de"],
    ["E-Mail:info@laden.de", "info@laden.de"],
    ["Emailinfo@laden.de", "info@laden.de"],
    ["<p>030-12345info@laden.de</p>", "info@laden.de"],
    ["03012345678info@laden.de", "info@laden.de"],
    ["+49.30.1234567kontakt@laden.de", "kontakt@laden.de"],
    ["%20info@laden.de", "info@laden.de"],
    ["u003einfo@laden.de", "info@laden.de"],
    ["'info@laden.de'", "info@laden.de"],
    ["„info@laden.de“", "info@laden.de"],
    ["&lt;info@laden.de&gt;", "info@laden.de"],
    ["-info@laden.de-", "info@laden.de"],
    ["→info@laden.de←", "info@laden.de"],
    ["✉info@laden.de☎", "info@laden.de"],
  ])("%j", ([html, ...right]) => expect(emails(html)).toEqual(right));

  test.for<Case>([
    ["24h-service@laden.de", "24h-service@laden.de"],
    ["1a-reifen@partner.de", "1a-reifen@partner.de"],
    ["12345678@qq.com", "12345678@qq.com"],
    ["o'brien@pub.ie", "o'brien@pub.ie"],
    ["first.last+tag@mail.shop.co.uk", "first.last+tag@mail.shop.co.uk"],
    ["a_b-c.d@x-y.shop", "a_b-c.d@x-y.shop"],
    ["r&d@laden.de", "r&d@laden.de"],
    ["INFO@LADEN.DE", "info@laden.de"],
    ["Info@Laden.De", "info@laden.de"],
    ["kontakt@sub.domain.laden.de", "kontakt@sub.domain.laden.de"],
    ["praxis@zahnarzt.berlin", "praxis@zahnarzt.berlin"],
    ["hello@studio.design", "hello@studio.design"],
    ["laden@my-store.myshopify.com", "laden@my-store.myshopify.com"],
    ["mail@kanzlei.de", "mail@kanzlei.de"],
    ["user@laden.de", "user@laden.de"],
  ])("%j is whole", ([html, ...right]) => expect(emails(html)).toEqual(right));
});

describe("samples, handles, code and makers of sites are no contacts", () => {
  test.for([
    "@anna@mastodon.social",
    "<pre>anna@laden.de:~$ ls</pre>",
    "<p>hilfe@namecheap.com</p>",
    "anna@mastodon.social",
    "acct:anna@chaos.social",
    "<p>550e8400-e29b-41d4-a716-446655440000@laden.de</p>",
    "9f86d081884c7d659a2feaa0c55ad015@laden.de",
    "<p>info@elementor.com support@wordpress.com hello@squarespace.com support@wix.com</p>",
    "support@godaddy.com help@shopify.com press@google.com",
    "name@example.com you@yourdomain.com ihre@domain.de max.mustermann@web.de",
    "vorname.nachname@laden.de",
    "first.last@company.com john.doe@gmail.com jane@example.org",
    "nom@exemple.fr votre@email.com prenom.nom@entreprise.fr",
    "tucorreo@gmail.com nombre@ejemplo.com usuario@dominio.com",
    "tuaemail@esempio.it nome.cognome@azienda.it",
    "seuemail@exemplo.com.br nome.sobrenome@empresa.com.br",
    "jouwnaam@voorbeeld.nl voornaam.achternaam@bedrijf.nl",
    "fornamn.efternamn@foretag.se din-email@exempel.se",
    "hoge@hoge.com yourname@example.co.jp",
    "test@test.com foo@bar.com abc@xyz.com email@email.com mail@gmail.com",
    "me@mywebsite.com hello@yourbrand.com hello@reallygreatsite.com support@yourstore.com",
    "admin@admin.com demo@demo.com info@demo.com abcd@gmail.com la-tua@email.it seu@email.com.br",
    "XMPP: anna@jabber.de SIP: 100@sip.laden.de live:anna@laden.de",
    "root@ip-10-0-0-1.ec2.internal",
    "git@github.com:laden/shop.git",
    "ssh root@server.laden.de:/var/www/html",
    "https://user:secret@laden.de/path",
    "ftp://anna@files.laden.de/",
    "npm i react@18.2.0 vue@next lodash@4.17.21",
    "logo@2x.png banner@3x.webp style@1.0.min.css",
    "{{ user }}@laden.de %EMAIL%@laden.de [name]@laden.de",
    "a@b a@b.c a@localhost root@127.0.0.1",
    "<pre><code>const to = 'shop@gmail.com'</code></pre>",
    "Preis 5 @ 3.50 = 17.50",
    "info@laden..de info@-laden.de info@.de",
    "@laden.de @@laden.de info@@laden.de",
    "CAF+x1y2z3w4@mail.gmail.com",
    "12345@N00 (flickr)",
    "backup@db.internal admin@router.local",
    "noreply@sentry.io 123abc@o44.ingest.sentry.io",
  ])("%s", (html) => expect(emails(`<p>${html}</p>`)).toEqual([]));

  test("whose site it is keeps its own", () => {
    expect(emails("<p>support@wix.com</p>", "https://www.wix.com/contact")).toEqual([
      "support@wix.com",
    ]);
    expect(emails("<p>hello@company.com</p>", "https://company.com/")).toEqual([
      "hello@company.com",
    ]);
    expect(emails("<code>mail info@laden.de</code>")).toEqual(["info@laden.de"]);
  });
});

describe("pages of the countries that staff read", () => {
  const footer = (host: string, html: string) => emails(html, `https://${host}/`);
  test.for([
    [
      "kellyplumbing.com",
      `<p>Call (612) 555-0142 or email <a href="mailto:office@kellyplumbing.com">office@kellyplumbing.com</a></p><form><input placeholder="you@email.com"></form>`,
      ["office@kellyplumbing.com"],
    ],
    [
      "hartandsons.co.uk",
      `<address>Hart &amp; Sons<br>Tel: 01473 222222<br>enquiries@hartandsons.co.uk</address><p>ICO: casework@ico.org.uk</p>`,
      ["enquiries@hartandsons.co.uk", "casework@ico.org.uk"],
    ],
    ["erable.ca", `<p>Courriel : info@erable.ca | T 514 555-0100</p>`, ["info@erable.ca"]],
    [
      "bluegum.com.au",
      `<p>Email: <script>document.write('hello' + '@' + 'bluegum.com.au')</script></p><p>ABN 51 824 753 556</p>`,
      ["hello@bluegum.com.au"],
    ],
    [
      "baeckerei-mueller.de",
      `<p>E-Mail: info(at)baeckerei-mueller.de<br>USt-IdNr.: DE123456789</p>`,
      ["info@baeckerei-mueller.de"],
    ],
    [
      "wirt.at",
      `<p>Tel.: 01 512 23 45, E-Mail: reservierung@wirt.at</p>`,
      ["reservierung@wirt.at"],
    ],
    [
      "praxis.ch",
      `<span class="spamspan"><span class="u">praxis</span> [at] <span class="d">praxis.ch</span></span>`,
      ["praxis@praxis.ch"],
    ],
    [
      "boulangerie.fr",
      `<p>Mél : contact[arobase]boulangerie.fr</p><p>Tél : 04.78.12.34.56</p>`,
      ["contact@boulangerie.fr"],
    ],
    [
      "panaderia.es",
      `<p>Correo electrónico: pedidos@panaderia.es</p><input value="tu@correo.es">`,
      ["pedidos@panaderia.es"],
    ],
    [
      "trattoria.it",
      `<p>P.IVA 01234567890 - PEC: trattoria@pec.it - info@trattoria.it</p>`,
      ["trattoria@pec.it", "info@trattoria.it"],
    ],
    [
      "fietsen.nl",
      `<p>Mail ons: winkel (apenstaartje) fietsen (punt) nl</p>`,
      ["winkel@fietsen.nl"],
    ],
    [
      "snickaren.se",
      `<p>E-post: info [snabel-a] snickaren.se, 08-123 456 78</p>`,
      ["info@snickaren.se"],
    ],
    [
      "sakura.co.jp",
      `<p>メール：info★sakura.co.jp（★を＠に変えて送信してください）</p>`,
      ["info@sakura.co.jp"],
    ],
    [
      "padaria.com.br",
      `<p>E-mail: contato@padaria.com.br WhatsApp (11) 91234-5678</p>`,
      ["contato@padaria.com.br"],
    ],
    [
      "taqueria.com.mx",
      `<p>Escríbenos a ventas@taqueria.com.mx.Horario: 9 a 18</p>`,
      ["ventas@taqueria.com.mx"],
    ],
    [
      "dukaan.in",
      `<p>Email - sales@dukaan.in / dukaan@rediffmail.com</p>`,
      ["sales@dukaan.in", "dukaan@rediffmail.com"],
    ],
  ] as const)("%s", ([host, html, right]) => expect(footer(host, html)).toEqual(right));
});
