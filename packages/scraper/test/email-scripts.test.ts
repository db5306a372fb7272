import { describe, expect, test } from "vitest";
import { read } from "./read.ts";

const found = (html: string) =>
  read(html, "https://laden.de/").emails.map(({ email, hidden }) => [email, hidden]);
const INFO = ["info@laden.de"];
const emails = (html: string) => found(html).map(([email]) => email);

describe("what a script writes into the page is read", () => {
  test.for([
    `document.write('<a href="mailto:info@laden.de">x</a>')`,
    `var u="info";var d="laden.de";document.write(u+"@"+d)`,
    `var a = 'info', b = 'laden', c = 'de'; document.write('<a href="mailto:' + a + '@' + b + '.' + c + '">' + a + '</a>');`,
    `document.write("<a href='mai" + "lto:in" + "fo" + "&#64;" + "laden.de'>")`,
    `document.write(unescape('%3Ca%20href%3D%22mailto%3Ainfo%40laden.de%22%3E'))`,
    `document.write(String.fromCharCode(105,110,102,111,64,108,97,100,101,110,46,100,101))`,
    `document.write("info" + String.fromCharCode(64) + "laden.de")`,
    `document.write(["info","laden.de"].join("@"))`,
    `document.write("ed.nedal@ofni".split("").reverse().join(""))`,
    `document.write("info(at)laden.de".replace("(at)","@"))`,
    `document.write("info[at]laden.de".replace(/\\[at\\]/g, "@"))`,
    `document.getElementById("m").innerHTML = "info\\x40laden.de"`,
    `document.getElementById("m").innerHTML = "info\\u0040laden.de";`,
    `document.getElementById('m').innerHTML = atob("aW5mb0BsYWRlbi5kZQ==")`,
    `el.href = "mailto:" + "info" + "@" + "laden.de";`,
    `$("#mail").html("info" + "@" + "laden.de")`,
    `$('.m').attr('href', 'mailto:info@laden.de');`,
    `var user = "info"; var host = "laden.de"; var link = user + '@' + host; document.write(link)`,
    `var m = "info"; m += "@"; m += "laden.de"; document.write(m);`,
    `var prefix='&#109;a'+'i&#108;'+'&#116;o';var path='hr'+'ef'+'=';var addy1='&#105;nf&#111;'+'&#64;';addy1=addy1+'l&#97;d&#101;n'+'&#46;'+'d&#101;';`,
    `function mail(){ location.href = "mailto:" + ["info", "laden.de"].join("@"); }`,
    `document.write('info'); document.write('@'); document.write('laden.de');`,
    "const user='info', domain='laden.de'; el.innerText=`${user}@${domain}`",
    `var _0=["info","laden.de"];document.write(_0[0]+"@"+_0[1])`,
    `var a=new Array('i','n','f','o','@','l','a','d','e','n','.','d','e');document.write(a.join(''))`,
    `mail("info","laden.de"); function mail(u,d){document.write(u+"@"+d)}`,
    `document.write('<n uers="znvygb:vasb@ynqra.qr">x</n>'.replace(/[a-zA-Z]/g,function(c){return String.fromCharCode((c<="Z"?90:122)>=(c=c.charCodeAt(0)+13)?c:c-26);}));`,
    `eval(DeCryptX('0i0n0f0o0@0l0a0d0e0n0.0d0e'))`,
    `/* shows it: a@b */ // x@y.de\n document.write("info@laden.de")`,
  ])("%s", (body) => expect(emails(`<p>x</p><script>${body}</script>`)).toEqual(INFO));

  test("in an attribute, too", () => {
    expect(
      emails(`<a href="javascript:location.href='mailto:'+'info'+'@'+'laden.de'">m</a>`),
    ).toEqual(INFO);
    expect(emails(`<a href="#" onclick="window.location='mailto:info'+'@laden.de'">m</a>`)).toEqual(
      INFO,
    );
  });

  test.for([
    `var mail = "script@laden.de";`,
    `/* Author: anna@laden.de */ var x = 1;`,
    `// bugs to info@laden.de\nvar y = "@";`,
    `var options = { validate: "Please enter a valid address, such as name@example.com" };`,
    `Sentry.init({ dsn: "https://9f86d081884c7d659a2feaa0c55ad015@o1.ingest.sentry.io/2" })`,
    `import x from "https://esm.sh/preact@10.5.0"; document.write("@media print{}")`,
    `document.write("<script src='https://cdn.example/a@2x.js'><\\/script>")`,
    `var re = /^[^@]+@laden\\.de$/; document.write(x + "@" + y)`,
    `document.write(name + "@laden.de")`,
    `track("user@laden.de")`,
    `load("main", "cdn.example.com"); gtag("config", "laden.de")`,
    `sendMail("Betreff", "Text"); mail(x, "laden.de")`,
    "el.innerText = `${user}@laden.de`",
    `if (mail == "info@laden.de") alert(1)`,
  ])("what it merely knows is not: %s", (body) =>
    expect(emails(`<p>x</p><script>${body}</script>`)).toEqual([]),
  );
});

describe("data that scripts show is read", () => {
  const json = (data: string, more = "") =>
    `<script type="application/json" ${more}>${data}</script>`;
  test.for([
    json(
      '{"props":{"email":"info@laden.de","ig":"https://www.instagram.com/laden_de"}}',
      'id="__NEXT_DATA__"',
    ),
    json('{"a":{"email":"info@laden.de"}}', 'id="wix-warmup-data"'),
    `<script>var contact = {mail: "info@laden.de", tel: "x"};</script>`,
    `<script>const shop = { 'contactEmail' : 'info@laden.de' }</script>`,
    json('{"html":"\\u003ca href=\\"mailto:info@laden.de\\"\\u003einfo@laden.de\\u003c/a\\u003e"}'),
    json('{"text":"Schreiben Sie uns: info\\u0040laden.de."}'),
    json('{"html":"&lt;a href=&quot;mailto:info&#64;laden.de&quot;&gt;"}'),
    `<script>window.__NUXT__={data:[{mail:"info@laden.de"}]}</script>`,
    json('{"contacts":["info@laden.de"]}'),
    json('{"footer":["Hauptstr. 5","info@laden.de"]}'),
    `<script>window.__NUXT__=(function(a){return {state:{mail:a}}}("info@laden.de"))</script>`,
    `<script>window.__INITIAL_STATE__ = {"contact":{"mail":"info@laden.de"}}</script>`,
    `<script>self.__next_f.push([1,"{\\"email\\":\\"info@laden.de\\",\\"tel\\":1}"])</script>`,
    `<script>var siteConfig = {"email":"info@laden.de"};</script>`,
    `<script>Static = window.Static || {}; Static.SQUARESPACE_CONTEXT = {"website":{"contactEmail":"info@laden.de"}}</script>`,
    `<script>jQuery(function(){ init({"adminEmail": "info@laden.de", "x": 1}) })</script>`,
    `<script type="application/ld+json">{"@type":"Bakery","email":"mailto:info@laden.de"}</script>`,
  ])("%s", (html) => expect(found(html)).toEqual([["info@laden.de", "data"]]));

  test("a foreign address counts under a name that says what it is", () => {
    expect(emails(json('{"contactEmail":"laden@gmail.com"}'))).toEqual(["laden@gmail.com"]);
    expect(emails(json('{"contacts":["laden@gmail.com"]}'))).toEqual(["laden@gmail.com"]);
    expect(emails(json('{"text":"info(at)laden.de"}'))).toEqual(INFO);
    expect(emails(json('{"links":[{"href":"mailto:laden@gmail.com"}]}'))).toEqual([
      "laden@gmail.com",
    ]);
  });

  test.for([
    json('{"reviews":[{"by":"kunde@gmail.com","stars":5}]}'),
    json('{"customer_email":"kunde@gmail.com"}'),
    json('{"packages":{"react@18.2.0":1,"@scope/x@1.0.0":2}}'),
    json('{"image":"logo@2x.png","icon":"a@3x.webp"}'),
    json('{"dsn":"https://9f86d081884c7d659a2feaa0c55ad015@sentry.wixpress.com/3"}'),
    json('{"email":"support@wix.com"}'),
    json('{"fromEmail":"noreply@shop-provider.com"}'),
    json('{"email":"you@example.com"}'),
    json('{"handle":"@anna@mastodon.social"}'),
    `<script>jQuery(function(){ init({"supportEmail": "team@plugin-maker.com"}) })</script>`,
    `<script type="text/x-template">info@laden.de</script>`,
  ])("others are no contacts: %s", (html) => expect(emails(html)).toEqual([]));
});
