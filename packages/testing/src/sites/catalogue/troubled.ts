import { gzipSync } from "node:zlib";
import { modern } from "../skins/handmade.ts";
import {
  notFound,
  redirect,
  type Site,
  type SiteAnswer,
  type SiteExpectation,
  type SiteRequest,
} from "../site.ts";
import { contentSite, standardPages } from "./content-site.ts";
import { business } from "./english.ts";

interface Trouble {
  name: string;
  answer: (request: SiteRequest) => SiteAnswer;
  expect: SiteExpectation;
  schemes?: Site["schemes"];
  hosts?: string[];
  certificate?: Site["certificate"];
  presentable?: boolean;
}

/** A site of which only the trouble matters. Robots and sitemaps are absent unless `answer` gives them. */
export const troubled = ({ name, answer, expect, ...rest }: Trouble): Site => ({
  name,
  hosts: rest.hosts ?? [name, `www.${name}`],
  schemes: rest.schemes ?? ["http", "https"],
  certificate: rest.certificate ?? "valid",
  presentable: rest.presentable ?? true,
  answer: (request) =>
    request.path === "/robots.txt" || request.path.startsWith("/sitemap")
      ? (withRobots(answer(request)) ?? notFound())
      : answer(request),
  expect,
});

/** Troubles that speak plain text or XML answer for robots.txt too; others would send their home page. */
const withRobots = (answer: SiteAnswer): SiteAnswer | undefined => {
  const type = String(answer.headers?.["content-type"] ?? "");
  const isPage = type.startsWith("text/html") && (answer.status ?? 200) < 300;
  return isPage || answer.drip || answer.headers?.["content-encoding"] ? undefined : answer;
};

export const html = (body: string, more: Partial<SiteAnswer> = {}): SiteAnswer => ({
  ...more,
  headers: { "content-type": "text/html; charset=utf-8", ...more.headers },
  body,
});

const simple = (title: string, body: string): SiteAnswer =>
  html(
    `<!doctype html><html lang="en"><head><title>${title}</title></head><body>${body}</body></html>`,
  );

/** Sites of a real list that do not go well: down, moved, parked, walled, or simply empty. */
export const troubledSites = (): Site[] => [
  troubled({
    name: "private-members-club.example",
    answer: ({ path }) =>
      path === "/robots.txt"
        ? { headers: { "content-type": "text/plain" }, body: "User-agent: *\nDisallow: /\n" }
        : simple("Members only", "<h1>Members only</h1>"),
    expect: { outcome: "done", flags: ["robots_disallowed"], pages: 0 },
  }),
  troubled({
    name: "ember-grill.example",
    answer: () =>
      html(
        "<html><head><title>Error</title></head><body><h1>Error establishing a database connection</h1></body></html>",
        { status: 500 },
      ),
    expect: { outcome: "retry", code: "http_error" },
  }),
  troubled({
    name: "vanished-flowers.example",
    answer: () =>
      notFound(
        "<html><head><title>Not Found - Vanished Flowers</title></head><body><h1>This page has wilted</h1></body></html>",
      ),
    expect: { outcome: "failed", code: "http_error" },
  }),
  troubled({
    name: "closed-cinema.example",
    schemes: [],
    answer: () => ({}),
    expect: { outcome: "retry", code: "connect_refused" },
  }),
  troubled({
    name: "no-such-bakery.example",
    hosts: [],
    answer: () => ({}),
    expect: { outcome: "failed", code: "dns_not_found" },
  }),
  troubled({
    name: "merry-go-round-toys.example",
    answer: ({ path }) => redirect(path === "/" ? "/index.php" : "/", 302),
    expect: { outcome: "failed", code: "redirect_loop" },
  }),
  troubled({
    name: "old-brand-cafe.example",
    answer: ({ path }) => redirect(`https://bella-napoli.example${path}`),
    expect: {
      outcome: "done",
      flags: ["offsite_redirect"],
      pages: 1,
      site: { redirectedTo: "https://bella-napoli.example/" },
    },
  }),
  troubled({
    name: "main-street-hardware.example",
    answer: () =>
      html(
        `<!doctype html><html><head><title>main-street-hardware.example is for sale</title></head><body><div class="lander"><h1>main-street-hardware.example</h1><p>This domain is for sale! Buy this domain from its owner.</p><a href="https://sedo.com/search/details/?domain=main-street-hardware.example">Make an offer</a><p>broker@parking-broker.example</p></div><script src="https://img1.sedoparking.com/templates/main.js"></script></body></html>`,
      ),
    expect: { outcome: "done", flags: ["parked"], pages: 1, site: { emails: [] } },
  }),
  troubled({
    name: "new-server-bistro.example",
    answer: () =>
      html(
        "<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p></body></html>",
        { headers: { server: "nginx/1.26.2" } },
      ),
    expect: { outcome: "done", flags: ["parked"], pages: 1 },
  }),
  manyLinks(),
  hugePage(),
  troubled({
    name: "blank-slate-design.example",
    answer: () => html(""),
    expect: { outcome: "done", flags: ["empty"], pages: 1 },
  }),
  troubled({
    name: "menu-only-diner.example",
    answer: ({ path }) =>
      path === "/"
        ? {
            headers: { "content-type": "application/pdf" },
            body: "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
          }
        : notFound(),
    expect: { outcome: "failed", code: "not_html" },
  }),
  troubled({
    name: "fortress-fitness.example",
    answer: ({ path }) =>
      path === "/robots.txt"
        ? notFound()
        : html(
            `<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head><body class="no-js"><div class="main-wrapper"><h1>fortress-fitness.example</h1><p>Checking your browser before accessing this site.</p></div><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>`,
            { status: 403, headers: { server: "cloudflare", "cf-mitigated": "challenge" } },
          ),
    expect: { outcome: "failed", code: "bot_protection" },
  }),
  troubled({
    name: "harbor-day-spa.example",
    answer: ({ path }) =>
      path === "/robots.txt"
        ? notFound()
        : html(
            "<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1></body></html>",
            { status: 403 },
          ),
    expect: { outcome: "failed", code: "blocked_http" },
  }),
  busyBee(),
  troubled({
    name: "peak-climbing-app.example",
    answer: ({ path }) =>
      path === "/"
        ? html(
            `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Peak Climbing Gym</title><meta name="description" content="Bouldering and ropes in Golden, Colorado."><script type="module" crossorigin src="/assets/index-4f9a1c.js"></script><link rel="stylesheet" href="/assets/index-91ab.css"></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>`,
          )
        : notFound(),
    expect: {
      outcome: "done",
      flags: ["needs_js"],
      pages: 1,
      site: { title: "Peak Climbing Gym" },
    },
  }),
  troubled({
    name: "casa-verde-realty.example",
    answer: ({ path }) => {
      if (path === "/")
        return html(
          '<html><head><meta http-equiv="refresh" content="0; url=/en/index.html"></head><body></body></html>',
        );
      return path === "/en/index.html"
        ? simple(
            "Casa Verde Realty",
            '<h1>Homes in the old town</h1><p>Write to <a href="mailto:casa@casa-verde-realty.example">casa@casa-verde-realty.example</a> to see one.</p>',
          )
        : notFound();
    },
    expect: {
      outcome: "done",
      pages: 1,
      site: {
        title: "Casa Verde Realty",
        finalUrl: "https://casa-verde-realty.example/en/index.html",
      },
    },
  }),
  troubled({
    name: "scripted-door-salon.example",
    answer: ({ path }) =>
      path === "/"
        ? html(
            '<html><head><script>window.location.href="/home/"</script></head><body></body></html>',
          )
        : notFound(),
    expect: { outcome: "done", flags: ["js_redirect"], pages: 1 },
  }),
  troubled({
    name: "unpaid-hosting-pets.example",
    answer: () =>
      simple(
        "Account Suspended",
        "<h1>Account Suspended</h1><p>This account has been suspended. Contact your hosting provider for more information.</p>",
      ),
    expect: { outcome: "done", flags: ["parked"], pages: 1 },
  }),
];

/** Asks to wait once, then works. */
function busyBee(): Site {
  const owner = business({
    host: "busy-bee-cleaning.example",
    name: "Busy Bee Cleaning",
    tagline: "Homes and offices in Omaha",
    description: "House and office cleaning in Omaha, Nebraska.",
    phone: "(402) 555-0163",
    email: "hello@busy-bee-cleaning.example",
    address: {
      street: "5005 Dodge Street",
      city: "Omaha",
      region: "NE",
      postal: "68132",
      country: "US",
    },
    intro: ["We bring our own supplies and our own radio."],
    about: ["Forty cleaners, all employed, all insured."],
    services: [
      { name: "Weekly", text: "The same person every week." },
      { name: "Move-out", text: "Deposit back or we return." },
    ],
  });
  const site = contentSite({
    business: owner,
    skin: modern(),
    pages: standardPages(owner, [], ""),
    expect: {},
  });
  let refused = false;
  return {
    ...site,
    answer(request) {
      if (request.path === "/" && !refused) {
        refused = true;
        return {
          status: 429,
          headers: { "retry-after": "1", "content-type": "text/plain" },
          body: "Slow down, please.",
        };
      }
      return site.answer(request);
    },
  };
}

/** A page with three hundred links, many of them the same page under another address. */
function manyLinks(): Site {
  const name = "market-street-directory.example";
  const links = Array.from({ length: 300 }, (_, index) => {
    const shop = (index % 120) + 1;
    const suffix = ["", "?utm_source=home&utm_medium=grid", "#map", "/?fbclid=abc"][index % 4];
    return `<li><a href="/shops/shop-${shop}${suffix}">Shop ${shop}</a></li>`;
  }).join("\n");
  return troubled({
    name,
    answer: ({ path }) => {
      if (path === "/")
        return simple(
          "Market Street Directory",
          `<h1>All shops on Market Street</h1><ul>${links}</ul><p>&copy; 2025 Market Street Association, info@${name}</p>`,
        );
      const shop = /^\/shops\/shop-(\d+)/.exec(path)?.[1];
      return shop === undefined
        ? notFound()
        : simple(`Shop ${shop}`, `<h1>Shop ${shop}</h1><p>Open daily. <a href="/">Back</a></p>`);
    },
    expect: { outcome: "done", pages: 10, site: { title: "Market Street Directory" } },
  });
}

/** A home page of more than five megabytes. */
function hugePage(): Site {
  const name = "county-archive-prints.example";
  const row =
    '<div class="plate"><img src="/plates/small.jpg" alt="Plate"><p>Engraving, hand coloured, about 1840. Ask for the folder and the shelf mark.</p></div>\n';
  const body = `<!doctype html><html lang="en"><head><title>County Archive Prints</title></head><body><h1>Every print we hold</h1><p>Orders: <a href="mailto:prints@${name}">prints@${name}</a></p>${row.repeat(40_000)}</body></html>`;
  return troubled({
    name,
    answer: ({ path }) => (path === "/" ? html(body) : notFound()),
    expect: {
      outcome: "done",
      flags: ["truncated"],
      pages: 1,
      site: { title: "County Archive Prints", emails: [`prints@${name}`] },
    },
  });
}

const BOMB = (): Uint8Array => gzipSync(Buffer.alloc(60_000_000, 0x61));

/** Sites only tests visit: hostile, or slow to end by nature. */
export const hostileSites = (): Site[] => [
  troubled({
    name: "door-to-metadata.example",
    presentable: false,
    answer: () => redirect("http://169.254.169.254/latest/meta-data/"),
    expect: { outcome: "failed", code: "blocked_address" },
  }),
  troubled({
    name: "door-to-files.example",
    presentable: false,
    answer: () => redirect("file:///etc/passwd"),
    expect: { outcome: "failed", code: "blocked_scheme" },
  }),
  troubled({
    name: "zip-bomb.example",
    presentable: false,
    answer: () => ({
      headers: { "content-type": "text/html", "content-encoding": "gzip" },
      body: BOMB(),
    }),
    expect: { outcome: "failed", code: "too_large" },
  }),
  troubled({
    name: "false-gzip.example",
    presentable: false,
    answer: () => ({
      headers: { "content-type": "text/html", "content-encoding": "gzip" },
      body: "<title>Plain after all</title><p>Hello there</p>",
    }),
    expect: { outcome: "done", pages: 1, site: { title: "Plain after all" } },
  }),
  troubled({
    name: "double-gzip.example",
    presentable: false,
    answer: () => ({
      headers: { "content-type": "text/html", "content-encoding": "gzip, gzip" },
      body: gzipSync(gzipSync("<title>x</title>")),
    }),
    expect: { outcome: "failed", code: "bad_encoding" },
  }),
  troubled({
    name: "loose-headers.example",
    presentable: false,
    answer: () => ({
      raw: "HTTP/1.1 200 OK\nContent-Type: text/html\nConnection: close\n\n<title>Loose headers</title><p>Still readable</p>",
    }),
    expect: { outcome: "done", pages: 1, site: { title: "Loose headers" } },
  }),
  troubled({
    name: "not-http.example",
    presentable: false,
    answer: () => ({ raw: "220 smtp.example ESMTP ready\r\n" }),
    expect: { outcome: "failed", code: "bad_http" },
  }),
  troubled({
    name: "hang-up.example",
    presentable: false,
    answer: () => ({ reset: true }),
    expect: { outcome: "retry", code: "conn_reset" },
  }),
  troubled({
    name: "slow-drip.example",
    presentable: false,
    answer: ({ path }) =>
      path === "/robots.txt"
        ? notFound()
        : {
            headers: { "content-type": "text/html" },
            body: "<title>Drip</title>",
            drip: { piece: "<p>.</p>", everyMs: 50, endless: true },
          },
    expect: { outcome: "retry", code: "timeout" },
  }),
  troubled({
    name: "come-back-later.example",
    presentable: false,
    answer: () => ({
      status: 429,
      headers: { "retry-after": "3600", "content-type": "text/plain" },
      body: "Later",
    }),
    expect: { outcome: "retry", code: "rate_limited" },
  }),
  troubled({
    name: "self-signed-only.example",
    presentable: false,
    schemes: ["https"],
    certificate: "self-signed",
    answer: () => simple("x", "x"),
    expect: { outcome: "failed", code: "tls_error" },
  }),
  troubled({
    name: "cookie-door.example",
    presentable: false,
    answer: ({ path, headers }) =>
      path !== "/"
        ? notFound()
        : String(headers["cookie"] ?? "").includes("seen=1")
          ? simple("Behind the cookie", "<p>Welcome in</p>")
          : { status: 302, headers: { location: "/", "set-cookie": "seen=1; Path=/" } },
    expect: { outcome: "done", pages: 1, site: { title: "Behind the cookie" } },
  }),
];
