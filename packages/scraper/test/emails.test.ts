import { describe, expect, test } from "vitest";
import { read } from "./read.ts";

/** The addresses of a piece of a page at laden.de. */
const emails = (html: string, address = "https://laden.de/") =>
  read(html, address).emails.map(({ email }) => email);

type Case = readonly [html: string, ...right: string[]];

describe("element edges part words", () => {
  test.for<Case>([
    ["<div><a>030 23125 000</a><a>info@laden.de</a></div>", "info@laden.de"],
    ["<div>6HT<a>eva@laden.de</a></div>", "eva@laden.de"],
    ["<b>info@laden.de</b><i>Telefon</i>", "info@laden.de"],
    ["<span>info@laden.de</span><span>Tel</span>", "info@laden.de"],
    ["<span>Mail</span><span>info@laden.de</span>", "info@laden.de"],
    ["<strong>Praxis</strong><a href=/x>anna@laden.de</a><em>montags</em>", "anna@laden.de"],
    [
      "<p>030 1234<a href=mailto:x@laden.de>info@laden.de</a>Fax</p>",
      "x@laden.de",
      "info@laden.de",
    ],
    ["in<b>fo</b>@laden.de", "info@laden.de"],
    ["info@<b>laden</b>.de", "info@laden.de"],
    ["info@laden<span>.de</span>", "info@laden.de"],
    ["info@<a href='https://laden.de'>laden.de</a>", "info@laden.de"],
    ["info<!-- no -->@<!-- bots -->laden.de", "info@laden.de"],
    ["info<wbr>@<wbr>laden.de", "info@laden.de"],
    ["info@laden.co<b>.uk</b>", "info@laden.co.uk"],
    ["<td>info@laden.de</td><td>boss@laden.de</td>", "info@laden.de", "boss@laden.de"],
    ["info@laden.de<br>Telefon", "info@laden.de"],
    ["<li>a@laden.de<li>b@laden.de", "a@laden.de", "b@laden.de"],
  ])("%j", ([html, ...right]) => expect(emails(html)).toEqual(right));
});

describe("addresses are Unicode", () => {
  test.for<Case>([
    ["büro@laden.de", "büro@laden.de"],
    ["Schreiben Sie an MÜLLER@LADEN.DE!", "müller@laden.de"],
    ["info@bäcker.de", "info@bäcker.de"],
    ["info@xn--bcker-gra.de", "info@bäcker.de"],
    ["info@bäcker.de info@xn--bcker-gra.de", "info@bäcker.de"],
    ["josé.núñez@café-sol.es", "josé.núñez@café-sol.es"],
    ["in\u200bfo@la\u200bden.de", "info@laden.de"],
    ["info@laden&shy;.de", "info@laden.de"],
    ["info\u2060@\ufeffladen.de", "info@laden.de"],
    ["ｉｎｆｏ＠ｓａｋｕｒａ．ｃｏ．ｊｐ", "info@sakura.co.jp"],
    ["info＠sakura.jp", "info@sakura.jp"],
    ["メールはinfo@sakura.co.jpまでどうぞ", "info@sakura.co.jp"],
    ["お問い合わせ:info@sakura.jp。", "info@sakura.jp"],
    ["info@例え.jpへ", "info@例え.jp"],
    ["почта@пример.рф", "почта@пример.рф"],
    ["संपर्क: info@dukaan.in पर लिखें", "info@dukaan.in"],
    ["bu\u0308ro@laden.de", "büro@laden.de"],
  ])("%j", ([html, ...right]) => expect(emails(html)).toEqual(right));
});

describe("links to mail are RFC 6068, and what people write in its place", () => {
  const link = (href: string) => `<a href="${href}">x</a>`;
  test.for<Case>([
    [
      link("mailto:sales@laden.de,office@buero.org?subject=Hi"),
      "sales@laden.de",
      "office@buero.org",
    ],
    [link("mailto:sales@laden.de;%20office@buero.org"), "sales@laden.de", "office@buero.org"],
    [link("mailto:?to=info@laden.de&cc=boss@buero.org"), "info@laden.de", "boss@buero.org"],
    [
      link("mailto:info@laden.de?cc=a@laden.de&amp;bcc=b@laden.de&body=c@laden.de"),
      "info@laden.de",
      "a@laden.de",
      "b@laden.de",
    ],
    [link("mailto:info@laden.de?Subject=Frage?CC=a@laden.de"), "info@laden.de", "a@laden.de"],
    [link("MAILTO:Info%40Laden.DE"), "info@laden.de"],
    [link("mailto:%69nfo%2Bweb@laden.de"), "info+web@laden.de"],
    [link("mailto://info@laden.de"), "info@laden.de"],
    [link(" mailto: info@laden.de "), "info@laden.de"],
    [link("http://mailto:info@laden.de"), "info@laden.de"],
    [link("malto:info@laden.de"), "info@laden.de"],
    [link("mailto:Anna%20Muster%20%3Canna@laden.de%3E"), "anna@laden.de"],
    [link("mailto:&#105;nfo&#64;laden.de"), "info@laden.de"],
    [link("mailto:info@b%C3%A4cker.de"), "info@bäcker.de"],
    [link("mailto:info@laden.de&subject=x"), "info@laden.de"],
    [link("info@laden.de"), "info@laden.de"],
    [link("http://info@laden.de"), "info@laden.de"],
    [link("https://mail.google.com/mail/?view=cm&fs=1&to=info@laden.de&su=x"), "info@laden.de"],
    [link("mailto:info@laden.de%2Cboss@laden.de"), "info@laden.de", "boss@laden.de"],
    [link("mailto:info@laden.de boss@laden.de"), "info@laden.de", "boss@laden.de"],
    [link("mailto:info%20@laden.de"), "info@laden.de"],
    [link("mailto :info@laden.de"), "info@laden.de"],
    [link("mailto:info(at)laden.de"), "info@laden.de"],
    [link("mailto:info[at]laden[dot]de"), "info@laden.de"],
    [link("mailto:info@laden.de#form"), "info@laden.de"],
    [link("mailto:info%2540laden.de"), "info@laden.de"],
    [link("\nmailto:\ninfo@laden.de"), "info@laden.de"],
    ['<button formaction="mailto:info@laden.de">x</button>', "info@laden.de"],
    ['<div data-href="mailto:info@laden.de">x</div>', "info@laden.de"],
    ['<form action="mailto:info@laden.de" method="post"></form>', "info@laden.de"],
    ['<form action="https://formsubmit.co/info@laden.de"></form>', "info@laden.de"],
    ['<form><input type=hidden name="recipient" value="info@laden.de"></form>', "info@laden.de"],
    ['<map><area href="mailto:info@laden.de"></map>', "info@laden.de"],
    ['<noscript><a href="mailto:info@laden.de">m</a></noscript>', "info@laden.de"],
    [
      link(`/cdn-cgi/l/email-protection#${cloudflare("info@laden.de?subject=hi")}`),
      "info@laden.de",
    ],
    [
      `<span class="__cf_email__" data-cfemail="${cloudflare("büro@laden.de")}">[email protected]</span>`,
      "büro@laden.de",
    ],
  ])("%j", ([html, ...right]) => expect(emails(html)).toEqual(right));

  test.for<Case>([
    [link("mailto:?subject=Look&body=https://laden.de/a@b")],
    [link("mailto:?body=Ask info@laden.de")],
    [link("mailto:")],
    [link("mailto:Herrn Muster")],
    [link("mailto:friend@example.com?subject=x")],
    [link("https://medium.com/@anna")],
    [link("https://user:word@laden.de/")],
    [link("https://anna@git.laden.de/project.git")],
    [link("https://laden.de/?email=info@laden.de")],
    [link("https://www.google.com/maps/@52.5,13.4,15z")],
    [link("https://cdn.jsdelivr.net/npm/vue@3.4.1/dist/vue.js")],
    [link("skype:anna@laden.de?call")],
    [
      '<form><input type=text name="email" value="info@laden.de" placeholder="name@laden.com"></form>',
    ],
    [`<span data-cfemail="12"></span><span data-cfemail="zz"></span>`],
  ])("%j holds none", ([html]) => expect(emails(html)).toEqual([]));
});

describe("what people read is read, however it is written for machines", () => {
  test.for<Case>([
    ["info @ laden.de", "info@laden.de"],
    ["<p>E-Mail: info @laden.de</p>", "info@laden.de"],
    ["<p>Mail: anna @ buero.org</p>", "anna@buero.org"],
    ["info [at] laden [dot] de", "info@laden.de"],
    ["info(at)laden.de", "info@laden.de"],
    ["info(ät)laden.de", "info@laden.de"],
    ["info(ät)laden(punkt)de", "info@laden.de"],
    ["anna.muster (at) laden (dot) co (dot) uk", "anna.muster@laden.co.uk"],
    ["anna (dot) muster (at) laden (dot) de", "anna.muster@laden.de"],
    ["info{at}laden{dot}de", "info@laden.de"],
    ["info&lt;at&gt;laden.de", "info@laden.de"],
    ["info (AT) laden.de", "info@laden.de"],
    ["info [ at ] laden.de", "info@laden.de"],
    ["info(@)laden.de", "info@laden.de"],
    ["info[@]laden[.]de", "info@laden.de"],
    ["info(a)laden.de", "info@laden.de"],
    ["info AT laden DOT de", "info@laden.de"],
    ["<p>E-Mail: info at laden.de</p>", "info@laden.de"],
    ["<p>E-Mail: anna at laden dot de</p>", "anna@laden.de"],
    ["info -at- laden.de", "info@laden.de"],
    ["info_at_laden.de", "info@laden.de"],
    ["info*at*laden.de", "info@laden.de"],
    ["info@laden(dot)de", "info@laden.de"],
    ["info@laden [punkt] de", "info@laden.de"],
    ["info@laden dot de", "info@laden.de"],
    ["infoATladenDOTde", "info@laden.de"],
    ["infoATladen.de", "info@laden.de"],
    ["info'at'laden.de", "info@laden.de"],
    ["info-(at)-laden.de", "info@laden.de"],
    ["anna.muster (at)<br>laden.de", "anna.muster@laden.de"],
    ["contact (chez) laden.fr", "contact@laden.fr"],
    ["ventas (arroba) laden.es", "ventas@laden.es"],
    ["ventas[arroba]laden[punto]es", "ventas@laden.es"],
    ["contact (arobase) boutique (point) fr", "contact@boutique.fr"],
    ["info (chiocciola) negozio.it", "info@negozio.it"],
    ["info(apenstaartje)winkel.nl", "info@winkel.nl"],
    ["info (snabel-a) butik.se", "info@butik.se"],
    ["contato (arroba) loja (ponto) com (ponto) br", "contato@loja.com.br"],
    ["info（アット）sakura.co.jp", "info@sakura.co.jp"],
    ["info[アットマーク]sakura.jp", "info@sakura.jp"],
    ["info★sakura.co.jp（★を@に変えてください）", "info@sakura.co.jp"],
    ["info&#64;laden.de", "info@laden.de"],
    ["&#105;&#110;&#x66;&#111;&commat;laden&period;de", "info@laden.de"],
    ['info<img src="at.gif" alt="@">laden.de', "info@laden.de"],
    ['info<img src="/img/at-sign.png">laden.de', "info@laden.de"],
    ['info<i class="fa fa-at"></i>laden.de', "info@laden.de"],
    ['<img src="/m.png" alt="info@laden.de">', "info@laden.de"],
    ['<a href="/kontakt" title="E-Mail an info@laden.de">Mail</a>', "info@laden.de"],
    ['<a href="#" aria-label="info@laden.de"></a>', "info@laden.de"],
    [
      '<span style="unicode-bidi:bidi-override;direction:rtl">ed.nedal@ofni</span>',
      "info@laden.de",
    ],
    ['<bdo dir="rtl">ed.nedal@ofni</bdo>', "info@laden.de"],
    [
      "<style>.m{unicode-bidi:bidi-override;direction:rtl}</style><span class=m>ed.nedal@ofni</span>",
      "info@laden.de",
    ],
    ['info@<span style="display:none">NOSPAM</span>laden.de', "info@laden.de"],
    ['in<span style="display: none">x9</span>fo@la<i class="hidden">!!</i>den.de', "info@laden.de"],
    ["<style>.n{display:none}</style>info<span class=n>null</span>@laden.de", "info@laden.de"],
    ['<span class="d-none d-md-inline">info@laden.de</span>', "info@laden.de"],
    ['<span class="hidden lg:inline">info@laden.de</span>', "info@laden.de"],
    ['<div style="display:none"><p>info@laden.de</p></div>', "info@laden.de"],
    ["<noscript>info@laden.de</noscript>", "info@laden.de"],
    ["<noscript>Bitte an info (at) laden.de</noscript>", "info@laden.de"],
    [
      '<meta name="contact" content="info@laden.de"><meta property="og:email" content="info@laden.de">',
      "info@laden.de",
    ],
    ['<meta itemprop="email" content="info@laden.de">', "info@laden.de"],
    ['<meta name="reply-to" content="info@laden.de">', "info@laden.de"],
    ['<a data-user="info" data-domain="laden.de" href="#">Mail</a>', "info@laden.de"],
    [
      '<a class="cryptedmail" data-name="info" data-domain="laden" data-tld="de" href="#">x</a>',
      "info@laden.de",
    ],
    ['<span data-email="info@laden.de"></span>', "info@laden.de"],
    ['<span data-email="aW5mb0BsYWRlbi5kZQ=="></span>', "info@laden.de"],
    ['<span data-enc-email="vasb[at]ynqra.qr"></span>', "info@laden.de"],
    [
      '<joomla-hidden-mail is-link="1" is-email="1" first="aW5mbw==" last="bGFkZW4uZGU=" text="aW5mb0BsYWRlbi5kZQ==">x</joomla-hidden-mail>',
      "info@laden.de",
    ],
    ['<a href="#" data-mail-to="info/at/laden/dot/de">Mail</a>', "info@laden.de"],
    ['<link rev="made" href="mailto:info@laden.de">', "info@laden.de"],
    [
      '<div id="app" data-page="{&quot;props&quot;:{&quot;email&quot;:&quot;info@laden.de&quot;}}"></div>',
      "info@laden.de",
    ],
    [
      '<astro-island props="{&quot;email&quot;:[0,&quot;laden@gmail.com&quot;]}"></astro-island>',
      "laden@gmail.com",
    ],
    ['<a href="znvygb:vasb@ynqra.qr">x</a>', "info@laden.de"],
    [
      `<a href="javascript:linkTo_UnCryptMailto('nbjmup+jogpAmbefo\\/ef');">info(at)laden.de</a>`,
      "info@laden.de",
    ],
    [
      `<a href="javascript:linkTo_UnCryptMailto(%27ocknvq%2CkphqBncfgp0fg%27);">Mail</a>`,
      "info@laden.de",
    ],
    [
      '<a href="#" data-mailto-token="nbjmup+jogpAmbefo/ef" data-mailto-vector="1">Mail</a>',
      "info@laden.de",
    ],
  ])("%j", ([html, ...right]) => expect(emails(html)).toEqual(right));

  test.for<Case>([
    ["<p>Join us @ laden.de</p>"],
    ["<p>Open @ laden.de from 9</p>"],
    ["<p>3 kg @ 4.50 each</p>"],
    ["<p>Follow us @laden.de</p>"],
    ["<p>Kontakt @laden.de</p>"],
    ["<p>For more info at laden.de</p>"],
    ["<p>More info at laden dot de</p>"],
    ["<p>Find it at www.laden.de today</p>"],
    ["<p>look-at-me.com and www.info-at-laden.de</p>"],
    ["<p>GATE whATever.com StATion.de</p>"],
    ["<p>Follow @laden (punkt 5)</p>"],
    ["<p>Kurse (bei uns) laden.de</p>"],
    ["<p>(a) laden.de (b) buero.org</p>"],
    ["<p>Was kostet das (a) heute?</p>"],
    ["<p>He is (at) home</p>"],
    ["<p>We are at home. Call us.</p>"],
    ["<p>Meet at 5.30pm at laden.de</p>"],
    ['<i class="fa fa-at"></i> laden.de'],
    ['<p>Mail <img src="at.gif" alt="@"> laden</p>'],
    ["<template>info@laden.de</template>"],
    ["<textarea>info@laden.de</textarea>"],
    ["<iframe>info@laden.de</iframe>"],
    ["<svg><text>info@laden.de</text></svg>"],
    ['<span style="display:none">trap@laden.de</span>'],
    ['<a href="mailto:trap@laden.de" style="display:none"></a>'],
    ['<span style="display:none">x<a href="mailto:trap@laden.de">y</a></span>'],
    ['<input placeholder="anna@laden.de">'],
    ["<p>ed.nedal@ofni</p>"],
    ['<span data-domain="laden.de" data-name="Unser Laden"></span>'],
    ['<div first="Anna" last="Muster"></div>'],
    ['<div data-page="{&quot;reviews&quot;:[&quot;kunde@gmail.com&quot;]}"></div>'],
    ['<span data-mail="newsletter" data-email="true"></span>'],
    ['<meta name="author" content="studio@agentur.de">'],
    [`<a href="javascript:linkTo_UnCryptMailto('zzz')">x</a>`],
  ])("%j holds none", ([html]) => expect(emails(html)).toEqual([]));
});

/** An address as Cloudflare hides it. */
function cloudflare(email: string): string {
  const key = 0x5a;
  return [key, ...Buffer.from(email).map((byte) => byte ^ key)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
