import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { acceptEmail } from "../src/extract/mail/accept.ts";
import { emailKindOf } from "../src/extract/mail/kinds.ts";
import { isFreeMail } from "../src/extract/mail/providers.ts";
import { writtenLanguage } from "../src/extract/written-language.ts";
import { readText } from "../src/extract/read-text.ts";
import { pageTypeOf } from "../src/crawl/page-type.ts";
import { profileOf } from "../src/site/social.ts";
import { read } from "./read.ts";

describe("the language of a text", () => {
  test.for([
    ["Open every day of the week. We sell to the whole of the county and ship from here.", "en"],
    [
      "Un devis clair avant chaque réparation, et la pièce usée rendue au client dans les 2 jours.",
      "fr",
    ],
    ["Wir bauen, was bleibt: Küchen und Tische, an denen die Familie mit der Zeit sitzt.", "de"],
    ["Encendemos el horno a las tres para que el pan esté en tu mesa por la mañana.", "es"],
    ["旅館さくら 箱根の静かな湯宿でございます", "ja"],
    ["Принимаем заказы, выставки, экскурсии и билеты", "ru"],
    ["Menu 12.50 Pizza Margherita", null],
    ["", null],
  ] as const)("%s is written in %s", ([text, language]) =>
    expect(writtenLanguage(text)).toBe(language),
  );
});

describe("e-mail addresses", () => {
  test.for([
    ["Info@Shop.COM", "info@shop.com"],
    ["'sales@shop.com'", "sales@shop.com"],
    ["first.last+tag@mail.shop.co.uk", "first.last+tag@mail.shop.co.uk"],
    ["x@one.example", "x@one.example"],
    ["user@one.example", "user@one.example"],
  ])("%s is %s", ([raw, email]) => expect(acceptEmail(raw as string, "one.example")).toBe(email));

  test.for([
    "logo@2x.png",
    "icon@3x.webp",
    "a@b",
    "a@b.notatld",
    "you@domain.com",
    "test@gmail.com",
    "name@example.com",
    "a..b@shop.com",
    "@shop.com",
    "a@1.2.3.4",
    "9f86d081884c7d659a2feaa0c55ad015@o1.ingest.sentry.io",
    "react@18.2.0",
  ])("%s is none", (raw) => expect(acceptEmail(raw, "one.example")).toBeUndefined());

  test("kinds", () => {
    const kinds = (...locals: string[]) => locals.map((local) => emailKindOf(local, false));
    expect(kinds("info", "info.berlin", "sales2", "büro")).toEqual([
      "role",
      "role",
      "role",
      "role",
    ]);
    expect(kinds("anna", "anna.muster", "a.muster", "j-smith")).toEqual(
      Array.from({ length: 4 }, () => "person"),
    );
    expect(kinds("jx", "sonne", "pr.jones")).toEqual(["other", "other", "other"]);
    expect(emailKindOf("jx", true)).toBe("person");
    expect(["gmail.com", "gmx.de", "mail.ru", "shop.com"].map(isFreeMail)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe("a page", () => {
  test("title, description, h1 and links survive odd markup", () => {
    const result = read(`<HTML LANG='pt_br'><head><svg><title>icon</title></svg><TITLE>
      Two &amp; lines </TITLE><title>second</title><meta property="og:description" content="og"><base href="/deep/">
      <body><noscript><a href="hidden">x</a><img src=x></noscript><h1> </h1><h1>One<br>two <i>three</i></h1><a href="rel">r</a><a href="HTTPS://Other.example/x#y">o</a>`);
    expect(result.page).toMatchObject({
      title: "Two & lines",
      description: "og",
      h1: "One two three",
      language: "pt-BR",
      outboundLinks: ["https://other.example/x"],
    });
    expect(result.links.map(({ address }) => address)).toEqual(["https://one.example/deep/rel"]);
    expect(result.images).toBe(0);
  });

  test("words of hidden things do not count, ideographs count one by one", () => {
    expect(
      read(
        "<title>no</title><style>no no</style><script>no</script><noscript>no</noscript><svg><text>no</text></svg><textarea>no</textarea><p>one<b>two</b> three</p><p>four",
      ).page.wordCount,
    ).toBe(3);
    expect(readText("旅館さくら hotel").words).toBe(6);
  });

  test("the logo is found by class, by its holder and by name", () => {
    const logo = (html: string) => read(html).logoUrl;
    expect(logo('<img src="/a.png"><img class="site-logo" src="/b.png">')).toBe(
      "https://one.example/b.png",
    );
    expect(logo('<div class="logo"><a href="/"><img src="/c.png"></a></div>')).toBe(
      "https://one.example/c.png",
    );
    expect(logo('<img src="/img/Logo_2024.svg">')).toBe("https://one.example/img/Logo_2024.svg");
    expect(logo('<img src="/photo.png">')).toBeNull();
  });

  test("a contact form is one that takes a message; search, newsletter and comments are not", () => {
    const forms = (html: string) => [read(html).page.hasContactForm, read(html).page.hasComments];
    expect(forms("<form><input name=email><textarea></textarea></form>")).toEqual([true, false]);
    expect(forms("<form role=search><input type=search></form>")).toEqual([false, false]);
    expect(forms('<form class="newsletter"><input type=email></form>')).toEqual([false, false]);
    expect(forms('<form id="commentform"><textarea></textarea></form>')).toEqual([false, true]);
    expect(forms('<div id="disqus_thread"></div>')).toEqual([false, true]);
  });

  test("microdata gives address, phone and hours", () => {
    const result =
      read(`<div itemscope><span itemprop="streetAddress">1 Main St</span><span itemprop="addressLocality">Bath</span><span itemprop="addressRegion">ME</span>
      <meta itemprop="postalCode" content="04530"><span itemprop="telephone">207 443 0001</span><time itemprop="openingHours" datetime="Mo-Fr 08:00-17:00">Weekdays</time></div>`);
    expect(result.microdata.places.map(({ written }) => written)).toEqual([
      "1 Main St, Bath, ME 04530",
    ]);
    expect(result.microdata.phones).toEqual(["207 443 0001"]);
    expect(result.openingHours).toEqual(["Mo-Fr 08:00-17:00"]);
  });
});

test("share buttons are no accounts, x.com is Twitter", () => {
  const urls = [
    "https://www.facebook.com/sharer/sharer.php?u=x",
    "https://twitter.com/intent/tweet",
    "https://x.com/shop",
    "https://de-de.facebook.com/shop",
    "https://www.instagram.com/p/abc/",
    "https://notfacebook.com/x",
    "https://youtu.be/",
  ];
  expect(
    urls.map((url) => profileOf(new URL(url))).filter((social) => social !== undefined),
  ).toEqual([
    { network: "x", account: "shop", url: "https://x.com/shop" },
    { network: "facebook", account: "shop", url: "https://de-de.facebook.com/shop" },
  ]);
});

test("page types are read from addresses in several languages", () => {
  const type = (path: string) => pageTypeOf(new URL(path, "https://one.example"));
  expect(
    [
      "/",
      "/kontakt",
      "/contacto/",
      "/impressum",
      "/datenschutz",
      "/ueber-uns",
      "/nosotros",
      "/blog/x",
      "/2024/05/x",
      "/products/a",
      "/index.php?page=contact",
      "/other",
    ].map(type),
  ).toEqual([
    "home",
    "contact",
    "contact",
    "legal",
    "legal",
    "about",
    "about",
    "blog",
    "blog",
    "product",
    "contact",
    "other",
  ]);
});

test("nothing kept from a page holds the page in memory", () => {
  const html = `<title>A title that is long enough to be a slice</title><a href="/a-path-that-is-long-enough">x</a>${"<p>ballast</p>".repeat(70_000)}`;
  const kept: unknown[] = [];
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < 60; round++) {
    const { page, links } = read(`<!-- ${round} -->${html}`);
    kept.push(page, links);
  }
  collectGarbage();
  // sixty pages of a megabyte would be 60 MB
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
  expect(kept).toHaveLength(120);
});

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

test("every payment name is understood as an icon's file, its alt text and in a sentence", () => {
  const wanted = ["American Express", "Apple Pay", "MasterCard", "PayPal", "Visa"];
  const icons = read(
    '<img alt="Visa"><img src="/i/mastercard.svg?v=2"><img alt="american-express"><svg aria-labelledby="pi-paypal"></svg><img src="https://cdn.example/payment_apple-pay.png"><img alt="Our visa office">',
  );
  expect([...icons.traces.payments].toSorted()).toEqual(wanted);
  const text = read(
    "<p>We accept Visa, MasterCard and American Express; PayPal / Apple Pay too.</p>",
  );
  expect([...text.traces.payments].toSorted()).toEqual(
    expect.arrayContaining(["American Express", "MasterCard", "Visa"]),
  );
  expect([...read("<p>We help with your visa. Discover more.</p>").traces.payments]).toEqual([]);
});
