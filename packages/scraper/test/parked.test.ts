import { describe, expect, test } from "vitest";
import { isParked } from "../src/site/parked.ts";
import { isJsRedirect, needsJs } from "../src/site/scripted.ts";
import { read } from "./read.ts";

const parked = (html: string) => isParked(read(html), html);
const WORDS = "We help shops to find good names for what they sell. ".repeat(40);

describe("a page of somebody who keeps the name", () => {
  test.for([
    [
      "GoDaddy's lander",
      '<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>',
    ],
    [
      "GoDaddy's page",
      '<title>laden.de</title><script src="https://img1.wsimg.com/parking-lander/static/js/main.js"></script>',
    ],
    [
      "Sedo",
      '<title>laden.de</title><script src="https://img1.sedoparking.com/templates/x.js"></script>',
    ],
    [
      "ParkingCrew",
      '<title>laden.de</title><script src="https://d38psrni17bvxu.cloudfront.net/x.js"></script>',
    ],
    ["Bodis", '<html data-adblockkey="MFww"><script>window.park = "eyJ1"</script></html>'],
    [
      "Afternic",
      '<title>laden.com is for sale</title><a href="https://www.afternic.com/forsale/laden.com">Buy</a>',
    ],
    ["HugeDomains", "<title>Laden.com is for sale | HugeDomains</title>"],
    ["Dan", "<title>The domain name laden.com is for sale | Dan.com</title>"],
    ["a title of sale", "<title>www.laden.com - for sale</title><p>Price on request"],
    ["a title of offers", "<title>laden.com is available for purchase</title>"],
    ["a title of the end", "<title>laden.com has expired</title>"],
    ["a German seller", "<title>laden.de steht zum Verkauf</title>"],
    ["a French seller", "<title>x</title><p>Ce nom de domaine est à vendre"],
    ["a Spanish seller", "<title>x</title><p>Este dominio está en venta"],
    ["a Dutch seller", "<title>x</title><p>Deze domeinnaam is te koop"],
    ["an Italian one", "<title>x</title><p>Questo dominio è in vendita"],
    ["a Brazilian one", "<title>x</title><p>Este domínio está à venda"],
    ["a Swedish one", "<title>x</title><p>Den här domänen är parkerad"],
    ["a Japanese registrar", "<title>x</title><p>このドメインは、お名前.comで取得されています"],
    ["IONOS", "<title>Hier entsteht eine neue Internetpräsenz</title>"],
    ["a German registrar", "<title>x</title><p>Diese Domain wurde erfolgreich registriert"],
    ["Namecheap", '<title>laden.com</title><a href="https://parkingpage.namecheap.com/">x</a>'],
    ["Loopia", "<title>Parked at Loopia</title>"],
    ["Hostinger", "<title>Parked Domain name on Hostinger DNS system</title>"],
    [
      "a name that lapsed",
      "<title>laden.com</title><h1>This domain has expired</h1><p>Renew your domain",
    ],
    ["nginx", "<title>Welcome to nginx!</title>"],
    ["OpenResty", "<title>Welcome to OpenResty!</title>"],
    ["Apache", "<title>Apache2 Ubuntu Default Page: It works</title>"],
    ["Apache's shortest", "<title>It works!</title>"],
    [
      "Red Hat",
      "<title>Test Page for the HTTP Server on Red Hat Enterprise Linux</title><p>This page is used to test the proper operation of the HTTP server",
    ],
    ["Caddy", "<title>Caddy works!</title>"],
    ["IIS", "<title>IIS Windows Server</title>"],
    ["Plesk", "<title>Web Server's Default Page</title>"],
    [
      "cPanel",
      '<title>x</title><meta http-equiv=refresh content="9;url=/cgi-sys/defaultwebpage.cgi">',
    ],
    ["a listing", "<title>Index of /</title><h1>Index of /</h1>"],
    ["a suspended account", "<title>Account Suspended</title>"],
    ["a suspended site", "<title>x</title><h1>This site has been suspended"],
    [
      "a shop that is closed",
      "<title>x</title><h1>Sorry, this shop is currently unavailable.</h1>",
    ],
    [
      "a name that is not connected",
      "<title>x</title><h1>Looks like this domain isn't connected to a website yet!</h1>",
    ],
  ] as const)("%s", ([, html]) => expect(parked(html)).toBe(true));
});

describe("a page of a business", () => {
  test.for([
    ["rooms of a portal", "<title>hotel.de available rooms in Berlin</title><p>Rooms."],
    ["a year that is over", "<title>expo2024.com expired tickets</title><p>Refunds."],
    ["a house for sale", "<title>The Old Mill is for sale</title><p>Four rooms and a wheel."],
    ["houses for sale", "<title>Homes for sale in Bend, OR</title><p>See all homes."],
    ["a boat", "<title>Boot zu verkaufen</title><p>Ein gutes Boot."],
    ["a car park", "<title>Parking Crew - car parks in Leeds</title><p>Park with us."],
    ["parked cars", "<title>City Parking</title><p>Your car is parked safely."],
    [
      "soon to open, with a number",
      "<title>Coming Soon - Café Sole</title><p>We open in May. Call 207 775 4120.",
    ],
    [
      "being rebuilt, with an address",
      "<title>Under construction</title><p>Malerei Huber, Hauptstr. 5, Berlin. Tel. 030 2312500",
    ],
    [
      "a seller of names with much to say",
      `<title>Names and Co</title><p>${WORDS} This domain is for sale, says our glossary.`,
    ],
    [
      "a host's own page",
      `<title>Hosting for shops</title><p>${WORDS} Buy this domain today. See sedo.com.`,
    ],
    [
      "a seller of names with a link to its offers",
      `<title>Names and Co</title><p>${WORDS} <a href="https://sedo.com/search/details/?domain=laden.de">laden.de</a>`,
    ],
    ["a suspended ceiling", "<title>Suspended Ceilings Ltd</title><p>Ceilings that hang."],
    ["a bridge", "<title>Suspended: the story of a bridge</title><p>A film."],
    ["a name that is a sentence", "<title>Is it available? Ask us</title><p>Rare books."],
    ["a default", "<title>Default Clothing</title><p>Shirts."],
    ["an index", "<title>Index of our wines</title><p>Riesling."],
    ["works", "<title>It works! Coaching</title><p>Talk to me."],
    [
      "a script with a lander in its name",
      '<title>Shop</title><p>Shoes for all who walk far, and for their children, too.</p><script>var next="/lander"</script>',
    ],
    [
      "a registered office",
      "<title>Huber GmbH</title><p>This company has been registered at the court of Berlin.",
    ],
    ["a dotted name", "<title>booking.com partner of the year</title><p>Hotel Sonne."],
  ] as const)("%s", ([, html]) => expect(parked(html)).toBe(false));
});

describe("pages that scripts draw", () => {
  const shell = (html: string) => needsJs(read(html), html);
  test.for([
    ["a root", '<div id="root"></div><script type="module" src="/assets/index-4f.js"></script>'],
    [
      "a root and words for those without",
      '<noscript>You need to enable JavaScript to run this app.</noscript><div id="app"></div><script src=/x.js></script>',
    ],
    [
      "words alone, in English",
      "<noscript>Please enable JavaScript to view this site.</noscript><script src=/x.js></script>",
    ],
    [
      "in German",
      "<noscript>Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.</noscript><script src=/x.js></script>",
    ],
    [
      "in French",
      "<noscript>Activez JavaScript pour voir ce site.</noscript><script src=/x.js></script>",
    ],
    [
      "in Spanish",
      "<noscript>Es necesario habilitar JavaScript.</noscript><script src=/x.js></script>",
    ],
    [
      "in Japanese",
      "<noscript>JavaScriptを有効にしてください。</noscript><script src=/x.js></script>",
    ],
    [
      "a bundle and nothing else",
      '<title>Shop</title><script defer src="/static/js/main.8f3a.js"></script>',
    ],
    ["Next", '<title>x</title><script src="/_next/static/chunks/app.js"></script>'],
    ["Nuxt", '<title>x</title><script type=module src="/_nuxt/B1a.js"></script>'],
    ["Angular", "<app-root></app-root><script src=runtime.js></script>"],
  ] as const)("%s", ([, html]) => expect(shell(html)).toBe(true));

  test.for([
    [
      "a page with words",
      `<div id="root"><p>${"Brot und Kuchen. ".repeat(30)}</p></div><script src=/main.js></script>`,
    ],
    [
      "a page with links",
      "<div id=app><a href=/a>a</a><a href=/b>b</a><a href=/c>c</a></div><script src=/app.js></script>",
    ],
    [
      "a small page with a script",
      "<title>Bakery</title><p>Bread. Call 207 775 4120.</p><script src=/main.js></script>",
    ],
    [
      "a picture with a script",
      "<title>Bakery</title><img src=/menu.jpg><script src=/main.js></script>",
    ],
    ["an empty page", "<title>x</title>"],
    [
      "a page of a script school",
      `<title>Learn JavaScript</title><p>You enable people with JavaScript.</p>`,
    ],
    [
      "a counter and nothing else",
      '<title>x</title><script src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>',
    ],
  ] as const)("not %s", ([, html]) => expect(shell(html)).toBe(false));

  test.for([
    ['<script>window.location.href="/home/"</script>', true],
    ["<script>location.replace('/x')</script>", true],
    ["<script>top.location = '/x'</script><p>Moved.</p>", true],
    ["<script>document.location.assign('/x')</script>", true],
    [`<script>if(old)location.href="/m"</script><p>${WORDS}`, false],
    ["<script>var location_name='x'</script>", false],
  ] as const)("%s sends visitors elsewhere: %s", ([html, expected]) =>
    expect(isJsRedirect(read(html))).toBe(expected),
  );
});
