import { describe, expect, test } from "vitest";
import { detected } from "./technologies/detected.ts";

const names = (html: string, rest: Partial<Parameters<typeof detected>[0]> = {}): string[] =>
  detected({ html, ...rest }).map(({ name }) => name);

describe("what others have is not the site's", () => {
  test.for([
    [
      "a partner's style sheet",
      '<link rel=stylesheet href="https://partner.example/wp-content/x.css">',
    ],
    [
      "a frame of another blog",
      '<iframe src="https://blog.other.example/wp-content/themes/x/"></iframe>',
    ],
    [
      "pictures of a customer's shop",
      '<img src="https://kunde.example/cdn/shop/files/logo.png"><img src="https://cdn.shopify.com/s/files/1/06/12/files/photo.jpg">',
    ],
    [
      "a customer's logo",
      '<img src="/img/wordpress-logo.svg" alt="WordPress"><img src="https://www.hubspot.com/logo.png" class="client-logo">',
    ],
    [
      "pictures kept by a former builder",
      '<img src="https://static.wixstatic.com/media/a1.jpg"><img src="https://images.squarespace-cdn.com/content/v1/5f/x.jpg"><img src="https://uploads-ssl.webflow.com/6/x.jpg">',
    ],
    [
      "pictures of builders in a script",
      `<script type="application/ld+json">{"image":"https://static1.squarespace.com/static/5f/x.jpg","logo":"https://static.parastorage.com/x.png"}</script>`,
    ],
    [
      "a sister site's pictures",
      '<img src="https://blog.nordwind-studio.example/wp-content/uploads/x.jpg">',
    ],
    [
      "a frame of a sister site",
      '<iframe src="https://shop.nordwind-studio.example/cdn/shop/x"></iframe>',
    ],
    [
      "another site's file of the same folder",
      '<script src="https://kunde.example/modules/ps_searchbar/x.js"></script>',
    ],
    [
      "a base that makes short addresses another's",
      '<base href="https://partner.example/"><link rel="stylesheet" href="/wp-content/x.css"><script src="wp-includes/x.js"></script>',
    ],
    ["a form of another site", '<form action="https://kunde.example/wp-comments-post.php"></form>'],
    [
      "another site's API",
      '<link rel="https://api.w.org/" href="https://partner.example/wp-json/">',
    ],
    [
      "another site's file in a script",
      `<script>var x={"src":"https:\\/\\/kunde.example\\/wp-content\\/plugins\\/elementor\\/x.js"}</script>`,
    ],
  ])("%s", ([, html]) => expect(names(html as string)).toEqual([]));

  test("a list of many accounts is a list of others; branches that are named alike are not", () => {
    const links = (...accounts: string[]) =>
      accounts.map((account) => `<a href="https://www.opentable.com/r/${account}">x</a>`).join("");
    expect(names(links("blue-door", "casa-luna", "the-fig", "old-mill"))).toEqual([]);
    expect(names(links("mill-soho", "mill-camden", "mill-leeds", "mill-york"))).toEqual([
      "OpenTable",
    ]);
    expect(names(links("a-bar", "b-bar", "c-bar", "nordwind-studio-york"))).toEqual(["OpenTable"]);
    expect(names(links("blue-door"))).toEqual(["OpenTable"]);
  });

  test("articles, portfolios and pages of partners link to what others use", () => {
    const link =
      '<a href="https://calendly.com/jane/30min">Jane</a><script>var u="https://calendly.com/joe/call"</script>';
    expect(names(link)).toEqual(["Calendly"]);
    expect(names(link, { pageType: "blog" })).toEqual([]);
    for (const path of [
      "portfolio/jane",
      "en/case-studies/x/",
      "referenzen",
      "our-work/",
      "kunden/jane",
    ])
      expect(names(link, { address: `https://www.nordwind-studio.example/${path}` })).toEqual([]);
  });
});

describe("what is written about a product does not use it", () => {
  test.for([
    "<h1>WordPress, Elementor, WooCommerce and Yoast SEO</h1><p>We build with Shopify, Wix and HubSpot.</p>",
    '<pre>&lt;script src="https://static.hotjar.com/c/hotjar-1.js"&gt;&lt;/script&gt;</pre>',
    '<textarea><script src="https://static.hotjar.com/c/hotjar-1.js"></script></textarea>',
    '<!-- <script src="https://static.hotjar.com/c/hotjar-1.js"></script> -->',
    "<!-- WordPress --><!-- powered by Wix --><!-- wp-content -->",
    '<meta name="description" content="WordPress 6.8 and Drupal 10 compared"><meta name="keywords" content="shopify, wix">',
    '<meta property="og:title" content="Joomla! 5"><title>Ghost 5.0</title>',
    `<script>// gtag('config', 'G-8D4TQ1Z7WL'); fbq('init', '1')\n/* s.src = 'https://code.tidio.co/x.js'; Tawk_API = {}; */</script>`,
    `<script>var text = "Add fbq('init', '1') and Tawk_API or _hjSettings to your page";</script>`,
    `<script type="application/json">{"body":"Paste https://static.hotjar.com/c/hotjar-1.js into the head"}</script>`,
    `<script type="application/json">{"body":"<pre>&lt;script src=\\"https://static.hotjar.com/c/1.js\\"&gt;</pre>"}</script>`,
    `<script type="application/json">{"body":"\\u0026lt;script src=\\"https://static.hotjar.com/c/1.js\\""}</script>`,
    `<script type="application/ld+json">{"@type":"BlogPosting","about":"WordPress","text":"https://embed.tawk.to is a host"}</script>`,
    '<div class="wordpress shopify wix-logo client-webflow" id="drupal"></div>',
    '<a href="#" data-filter="wordpress" title="WordPress">WordPress</a>',
  ])("%s", (html) => expect(names(html)).toEqual([]));
});

describe("vendors' own pages and hints weigh nothing", () => {
  test.for([
    "https://calendly.com/",
    "https://calendly.com/pricing",
    "https://calendly.com/de",
    "https://calendly.com/blog/how-to",
    "https://help.calendly.com/hc/de",
    "https://www.opentable.com/",
    "https://www.opentable.com/about",
    "https://www.wix.com/?utm_campaign=poweredby",
    "https://wordpress.org/plugins/elementor/",
    "https://www.shopify.com?utm_campaign=poweredby",
    "https://www.typeform.com/templates/",
    "https://simplybook.me/en/",
    "https://www.simplybook.me/",
    "https://help.setmore.com/x",
    "https://stripe.com/privacy",
    "https://mailchimp.com/legal/privacy/",
    "https://www.hotjar.com/legal/policies/privacy/",
    "https://www.paypal.com/webapps/mpp/ua/privacy-full",
    "https://support.zendesk.com/x",
    "https://www.trustpilot.com/",
    "https://ko-fi.com/",
    "https://www.eventbrite.com/help/",
    "https://booksy.com/en-us/",
    "https://www.doctolib.de/search?x=y",
    "https://squareup.com/us/en/legal",
  ])("a link to %s", (address) => expect(names(`<a href="${address}">x</a>`)).toEqual([]));

  test.for(["preconnect", "dns-prefetch", "canonical", "alternate", "icon", "author"])(
    "rel=%s",
    (rel) => {
      expect(names(`<link rel="${rel}" href="https://static.hotjar.com/c/x.js">`)).toEqual([]);
      expect(names(`<link rel="${rel}" href="https://js.stripe.com">`)).toEqual([]);
    },
  );

  test("a policy that allows hosts, and headers and cookies of other names", () => {
    const headers = {
      "content-security-policy": "script-src https://js.stripe.com https://static.hotjar.com",
      "x-powered-by-hint": "PHP/8.3",
      server: "my-nginx-proxy",
      "set-cookie": ["my_PHPSESSID=1", "consent=PHPSESSID"],
      via: "1.1 proxy",
    };
    expect(names("", { headers })).toEqual([]);
  });
});

describe("hosts that only look alike", () => {
  test.for([
    "https://notshopify.com/shopifycloud/storefront/x.js",
    "https://cdn.shopify.com.evil.example/shopifycloud/storefront/x.js",
    "https://evil.example/cdn.shopify.com/shopifycloud/storefront/x.js",
    "https://cdn.shopify.com@evil.example/shopifycloud/storefront/x.js",
    "https://evil.example/?u=https://js.stripe.com/v3/x.js",
    "https://evil.example/#https://js.stripe.com/v3/x.js",
    "https://js-stripe.com/v3/x.js",
    "https://js.stripe.com.example/v3/x.js",
    "https://xjs.stripe.co/v3/x.js",
    "https://static.hotjar.co/c/x.js",
    "https://www.googletagmanager.com/gtm.js.evil/x",
    "https://connect.facebook.net/fbevents.js",
    "https://www.paypal.com/sdkx/js",
    "ftp://js.stripe.com/v3/x.js",
    "https://js.stripe.com:x/v3/",
  ])("%s", (address) => {
    expect(names(`<script src="${address}"></script>`)).toEqual([]);
    expect(names(`<script>var s='${address}'</script>`)).toEqual([]);
    expect(names(`<iframe src="${address}"></iframe>`)).toEqual([]);
  });

  test.for([
    "https://list-manage.com.evil.example/subscribe/post",
    "https://mylist-manage.com/subscribe/post",
    "https://us1.list-manage.com/unsubscribe",
  ])("a form to %s", (action) => expect(names(`<form action="${action}"></form>`)).toEqual([]));

  test.for([
    "https://notcalendly.com/acme",
    "https://calendly.com.evil.example/acme",
    "https://acme.notsetmore.com/",
  ])("a link to %s", (address) => expect(names(`<a href="${address}">x</a>`)).toEqual([]));

  test.for([
    "/mywp-content/x.css",
    "/wp-contents/x.css",
    "/files/wp-includes.css",
    "/jquery-like.js",
    "/js/notjquery.min.js",
    "/css/bootstrapped.css",
    "/css/three.css",
    "/css/alpine.css",
    "/x?next=wp-content",
  ])("a file %s", (file) =>
    expect(names(`<link rel=stylesheet href="${file}"><script src="${file}"></script>`)).toEqual(
      [],
    ),
  );
});

describe("versions are those that are written, and the product's own", () => {
  const version = (html: string, name: string) =>
    detected({ html }).find((technology) => technology.name === name)?.version;
  const style = (path: string) => `<link rel="stylesheet" href="/wp-content/plugins/${path}">`;

  test("a library inside a plugin does not lend it its version", () => {
    expect(
      version(
        style("elementor/assets/lib/swiper/v8/css/swiper.min.css?ver=8.4.5") +
          style("elementor/assets/css/frontend.min.css?ver=3.32.4"),
        "Elementor",
      ),
    ).toBe("3.32.4");
    expect(
      version(
        style("woocommerce/assets/js/jquery-blockui/x.css?ver=2.7.0-wc.10.2.2"),
        "WooCommerce",
      ),
    ).toBeNull();
  });

  test("WordPress puts its own version behind files that have none", () => {
    const core = '<meta name="generator" content="WordPress 6.8.3">';
    expect(
      version(`${core}${style("contact-form-7/x.css?ver=6.8.3")}`, "Contact Form 7"),
    ).toBeNull();
    expect(version(`${core}${style("contact-form-7/x.css?ver=6.1.1")}`, "Contact Form 7")).toBe(
      "6.1.1",
    );
  });

  test.for([
    ['<meta name="generator" content="WordPress">', "WordPress"],
    ['<meta name="generator" content="WordPress theme of 2024">', "WordPress"],
    ['<meta name="generator" content="Framer 7a2d1e5">', "Framer"],
    [
      '<link rel=stylesheet href="/wp-content/plugins/elementor/x.css?ver=1712345678">',
      "Elementor",
    ],
    ['<script src="/js/jquery.min.js?v=17"></script>', "jQuery"],
    ["<!-- WP Fastest Cache file was created in 0.41 seconds -->", "WP Fastest Cache"],
    ["<!-- Page optimized by LiteSpeed Cache @2026-10-02 08:12:55 -->", "LiteSpeed Cache"],
  ])("none in %s", ([html, name]) => expect(version(html as string, name as string)).toBeNull());
});

test("a Buy Button is no shop of Shopify", () => {
  for (const address of [
    "https://sdks.shopifycdn.com/buy-button/latest/buy-button-storefront.min.js",
    "https://cdn.shopify.com/s/javascripts/buy-button.js",
    "https://cdn.shopify.com/shopifycloud/buy-button/buy-button.js",
  ]) {
    const found = detected({ html: `<script src="${address}"></script>` });
    expect(found.map(({ name, category }) => [name, category])).toEqual([
      ["Shopify Buy Button", "Shop add-on"],
    ]);
  }
});
