import { notFound, redirect, type Site } from "../site.ts";
import { busyBee, hugePage, manyLinks } from "./long-pages.ts";
import { html, simple, troubled } from "./trouble.ts";

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
