import type { SiteAnswer } from "@scrapersky/testing/sites";
import { describe, expect, test } from "vitest";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

const PHONE = "+49302312500";
/** The site that is shown in a frame: three pages and a number. */
const other = (more: Record<string, string> = {}) =>
  siteOf(
    {
      "/": '<html lang=de><title>Laden</title><a href="/a">a</a><a href="/b">b</a><p>Tel. +49 30 2312500',
      "/a": "<title>a</title>",
      "/b": "<title>b</title>",
      ...more,
    },
    { name: "other.example" },
  );
const framing = (html: string) => siteOf({ "/": html });
const visit = async (html: string, site = other()) =>
  done((await visitSite([framing(html), site])).outcome);

describe("a page that consists of another site is that site", () => {
  test.for([
    '<frameset><frame src="http://www.other.example/"></frameset>',
    '<html><head><title>one.example</title></head><frameset rows="100%,*" border="0"><frame src="https://other.example/" name="x"><noframes><body>Please <a href="/x">click</a></body></noframes></frameset></html>',
    '<frameset rows="*,1"><frame src="//other.example"><frame src="blank.html"></frameset>',
    '<frameset cols="100%"><frameset rows="100%"><frame src=http:\\\\other.example></frameset></frameset>',
    '<body style="margin:0"><iframe src="https://other.example/" width="100%" height="100%" frameborder="0"></iframe></body>',
    '<body><iframe src="https://other.example/" style="position:fixed;inset:0;width:100vw;height:100vh;border:0"></iframe></body>',
    '<title>x</title><div><iframe src="https://other.example/" style="width: 100%; height: 100vh"></iframe></div>',
    '<object type="text/html" data="https://other.example/" width="100%" height="100%"></object>',
    '<embed src="https://other.example/" style="width:100%;height:100vh">',
    '<style>#f{width:100%;height:100%}</style><iframe id=f src="https://other.example/"></iframe>',
    '<iframe src="https://other.example/" width=100% height=1200></iframe><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-X" height=0 width=0></iframe>',
  ])("%s", async (html) => {
    const { flags, site, pages, lead } = await visit(html);
    expect(flags).toEqual(["framed"]);
    expect(pages).toHaveLength(3);
    expect(site).toMatchObject({ domain: "one.example", title: "Laden" });
    expect(site.redirectedTo).toMatch(/^https?:\/\/(?:www\.)?other\.example\/$/);
    expect(lead.phones.map(({ e164 }) => e164)).toEqual([PHONE]);
    expect(lead.reason).toBeNull();
  });

  test("also through a frame within the frame, but not for ever", async () => {
    const middle = siteOf(
      { "/": '<frameset><frame src="https://other.example/"></frameset>' },
      { name: "middle.example" },
    );
    const outer = framing('<frameset><frame src="https://middle.example/"></frameset>');
    expect(done((await visitSite([outer, middle, other()])).outcome).pages).toHaveLength(3);
    const ring = siteOf(
      { "/": '<frameset><frame src="https://one.example/"></frameset>' },
      { name: "ring.example" },
    );
    const { outcome, asked } = await visitSite([
      framing('<frameset><frame src="https://ring.example/"></frameset>'),
      ring,
    ]);
    expect(done(outcome).flags).toContain("frame_unread");
    expect(asked.filter((address) => address.endsWith(".example/"))).toHaveLength(3);
  });

  test("after a redirect to another site the frame's page is read, and no further one", async () => {
    const start = siteOf({ "/": { status: 301, headers: { location: "https://two.example/" } } });
    const two = siteOf(
      { "/": '<frameset><frame src="https://other.example/"></frameset>' },
      { name: "two.example" },
    );
    const { flags, pages } = done((await visitSite([start, two, other()])).outcome);
    expect(flags).toEqual(["offsite_redirect", "framed"]);
    expect(pages).toHaveLength(1);
  });
});

test("a number in a frame is one of the country whose language the frame speaks", async () => {
  const site = siteOf({
    "/": '<frameset><frame src="/haupt.html"></frameset>',
    "/haupt.html": "<html lang=de><title>Laden</title><p>Tel. 030 2312500",
  });
  const { lead } = done((await visitSite(site)).outcome);
  expect(lead.phones.map(({ e164 }) => e164)).toEqual([PHONE]);
});

describe("a frame that cannot be read leaves the page that shows it, and says so", () => {
  const html = '<title>Outer</title><frameset><frame src="https://other.example/"></frameset>';
  test.for<{ why: string; answers: Record<string, SiteAnswer> }>([
    { why: "refused", answers: { "/": { status: 403 } } },
    { why: "down", answers: { "/": { status: 500 } } },
    { why: "gone", answers: {} },
    {
      why: "a file",
      answers: { "/": { headers: { "content-type": "application/pdf" }, body: "%PDF-" } },
    },
    { why: "a wall", answers: { "/": page("<title>Just a moment...</title>") } },
    {
      why: "closed to robots",
      answers: { "/robots.txt": { body: "User-agent: *\nDisallow: /" }, "/": page("<p>x") },
    },
    {
      why: "within our network",
      answers: { "/": { status: 302, headers: { location: "http://127.0.0.1/" } } },
    },
  ])("$why", async ({ answers }) => {
    const { flags, site, lead } = await visit(html, siteOf(answers, { name: "other.example" }));
    expect(flags).toEqual(["frame_unread"]);
    expect(site).toMatchObject({
      title: "Outer",
      finalUrl: "https://one.example/",
      redirectedTo: null,
    });
    expect(lead.reason).toBe("frame");
  });

  test.for([
    "http://127.0.0.1/",
    "http://[::1]/",
    "http://169.254.169.254/",
    "http://two.example:8080/",
  ])("nor is one that shows %s", async (address) => {
    const { flags } = await visit(`<frameset><frame src="${address}"></frameset>`);
    expect(flags).toEqual(["frame_unread"]);
  });

  test("a parker in the frame is a parker", async () => {
    const parker = siteOf(
      {
        "/": '<title>x</title><p>Buy this domain</p><script src="https://img1.sedoparking.com/x.js"></script>',
      },
      { name: "other.example" },
    );
    expect((await visit(html, parker)).flags).toContain("parked");
  });
});

describe("frames of the same site are pages of it", () => {
  test("one that fills a bare page", async () => {
    const site = siteOf({
      "/": '<body><iframe src="/start" width=100% height=100%></iframe></body>',
      "/start": "<title>Start</title><p>Tel. +49 30 2312500</p>",
    });
    const { flags, pages, lead } = done((await visitSite(site)).outcome);
    expect(pages.map(({ url }) => new URL(url).pathname)).toEqual(["/", "/start"]);
    expect(lead.phones.map(({ e164 }) => e164)).toEqual([PHONE]);
    expect(flags).toEqual([]);
  });

  test("a set of menu and content, on every page that has one", async () => {
    const site = siteOf({
      "/": "<frameset cols=200,*><frame src=menu.html><frame src=inhalt.html></frameset>",
      "/menu.html": '<a href="kontakt.html" target=main>Kontakt</a>',
      "/inhalt.html": "<title>Inhalt</title>",
      "/kontakt.html": "<frameset><frame src=kontakt2.html></frameset>",
      "/kontakt2.html": "<title>Kontakt</title>",
    });
    const { pages } = done((await visitSite(site)).outcome);
    expect(pages.map(({ url }) => new URL(url).pathname).toSorted()).toEqual([
      "/",
      "/inhalt.html",
      "/kontakt.html",
      "/kontakt2.html",
      "/menu.html",
    ]);
  });
});

describe("a page with something of its own is itself", () => {
  test.for([
    [
      "words beside the frame",
      `<p>${"Wir backen Brot. ".repeat(10)}</p><iframe src="https://other.example/" width="100%" height="100%"></iframe>`,
    ],
    [
      "links beside the frame",
      '<a href=/1>1</a><a href=/2>2</a><a href=/3>3</a><iframe src="https://other.example/" width="100%" height="100%"></iframe>',
    ],
    [
      "a frame of some size",
      '<iframe src="https://other.example/" width="560" height="315"></iframe>',
    ],
    [
      "a frame nobody sees",
      '<iframe src="https://other.example/" width="100%" height="100%" style="display:none"></iframe>',
    ],
    [
      "a frame out of sight",
      '<iframe src="https://other.example/" style="position:absolute;left:-9999px"></iframe>',
    ],
    [
      "a frame that is hidden",
      '<iframe hidden src="https://other.example/" width="100%" height="100%"></iframe>',
    ],
    [
      "a chat in the corner",
      '<h1>Laden</h1><iframe src="https://other.example/" style="position:fixed;bottom:0;right:0;width:300px;height:80px"></iframe>',
    ],
    ["a frame of a pixel", '<iframe src="https://other.example/" width="1" height="1"></iframe>'],
    [
      "a frame for those without scripts",
      '<noscript><iframe src="https://other.example/" width="100%" height="100%"></iframe></noscript>',
    ],
    [
      "two frames",
      '<iframe src="https://other.example/" width="100%" height="100%"></iframe><iframe src="https://other.example/2" width="100%" height="100%"></iframe>',
    ],
    [
      "a film",
      '<iframe src="https://www.youtube.com/embed/x" width="100%" height="100%"></iframe>',
    ],
    [
      "a map",
      '<iframe src="https://www.google.com/maps/embed?pb=1" style="width:100%;height:100vh"></iframe>',
    ],
    [
      "no address",
      '<iframe src="about:blank" width="100%" height="100%"></iframe><iframe width="100%" height="100%"></iframe>',
    ],
  ] as const)("%s", async ([, html]) => {
    const { outcome, asked } = await visitSite([framing(`<title>Own</title>${html}`), other()]);
    expect(done(outcome)).toMatchObject({ flags: [], site: { title: "Own" } });
    expect(asked.filter((address) => address.includes("other.example"))).toEqual([]);
  });

  test("what stands in a frame element, or for browsers without frames, is no text", async () => {
    const html =
      "<iframe>info@laden.de <a href=/x>x</a></iframe><noframes>a@laden.de</noframes><noembed>c@laden.de</noembed><p>b@laden.de";
    const { outcome, asked } = await visitSite(framing(html));
    expect(done(outcome).lead.emails.map(({ email }) => email)).toEqual(["b@laden.de"]);
    expect(asked.some((address) => address.endsWith("/x"))).toBe(false);
  });
});
