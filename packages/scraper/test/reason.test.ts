import { type ThinReason, ThinReasons } from "@scrapersky/outcome";
import type { Site, SiteAnswer } from "@scrapersky/testing/sites";
import { expect, test } from "vitest";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

const visit = async (answers: Parameters<typeof siteOf>[0], more: Partial<Site> = {}) =>
  done((await visitSite(siteOf(answers, more))).outcome).lead;

const WORDS = "<title>Laden</title><p>Wir sind da.</p>";
const WALL: SiteAnswer = page("<title>Just a moment...</title>", { status: 403 });
const ERROR: SiteAnswer = page("<title>Error</title>", { status: 500 });
const links = ["/a", "/b", "/c", "/d"].map((path) => `<a href="${path}">x</a>`).join("");

/** One for every reason there is: the compiler misses those that are not here. */
const CASES: Record<ThinReason, Parameters<typeof siteOf>[0]> = {
  parked: { "/": "<title>one.example is for sale</title><p>info@parker.example</p>" },
  robots: { "/": WORDS, "/robots.txt": { body: "User-agent: *\nDisallow: /" } },
  empty: { "/": "" },
  frame: { "/": '<frameset><frame src="http://gone.example/"></frameset>' },
  js_redirect: { "/": '<script>location.href="https://two.example/"</script>' },
  needs_js: { "/": '<title>App</title><div id="root"></div><script src="/app.js"></script>' },
  blocked: { "/": WORDS + links, "/a": WALL, "/b": WALL, "/c": WALL, "/d": WALL },
  interrupted: { "/": WORDS + links, "/a": ERROR, "/b": ERROR, "/c": ERROR, "/d": ERROR },
  crawl_delay: { "/": WORDS + links, "/robots.txt": { body: "User-agent: *\nCrawl-delay: 3600" } },
  form_only: { "/": `${WORDS}<form><input type=email name=email><textarea></textarea></form>` },
  no_contact: { "/": WORDS },
};

test.for(Object.keys(CASES) as ThinReason[])(
  "a site that gave no way to reach the business says why: %s",
  async (reason) => {
    const lead = await visit(CASES[reason]);
    expect(lead).toMatchObject({ reason, emails: [], bestEmail: null, phones: [] });
    expect(ThinReasons[reason]).toMatch(/^[A-Z].+\.$/);
  },
);

test.for<Record<string, string | SiteAnswer>>([
  { "/": `${WORDS}<p>info@one.example</p>` },
  { "/": `${WORDS}<a href="tel:+493023125000">call</a>` },
  { "/": `<div id="root"></div><script>1</script><noscript>info@one.example</noscript>` },
  { "/": `${WORDS}info@one.example${links}`, "/a": WALL },
])("one that gave an address or a number needs none: %j", async (answers) => {
  expect((await visit(answers)).reason).toBeNull();
});

test("signals tell what a site offers, from all its pages", async () => {
  const quiet = await visit({ "/": WORDS });
  expect(quiet.signals).toEqual({
    contactForm: false,
    shop: false,
    booking: false,
    blog: false,
    newsletter: false,
    cookieNotice: false,
    privacyPolicy: false,
    lastModified: null,
    parked: false,
    needsJs: false,
    botWall: false,
  });
  const busy = await visit({
    "/": page(
      `${WORDS}<a href="/kontakt">k</a><a href="/blog/neu">b</a><a href="/datenschutz">d</a><div class="cookie-banner"></div>
       <form class="newsletter-form"><input type=email name=email></form><script src="https://assets.calendly.com/assets/external/widget.js"></script>`,
      { headers: { "last-modified": "Tue, 06 Oct 2026 07:28:00 GMT" } },
    ),
    "/kontakt": "<form><input type=email name=email><textarea></textarea></form>",
    "/blog/neu": "<title>Neu</title>",
    "/datenschutz": "<title>D</title>",
  });
  expect(busy.signals).toMatchObject({
    contactForm: true,
    booking: true,
    blog: true,
    newsletter: true,
    cookieNotice: true,
    privacyPolicy: true,
    lastModified: "2026-10-06T07:28:00.000Z",
  });
  const walled = await visit({ "/": WORDS + links, "/a": WALL });
  expect(walled.signals.botWall).toBe(true);
});
