import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HttpAnswerReader } from "../src/fetch/http-answer-reader.ts";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

const HTML = "<html><title>Laden</title><p>Brot.</p></html>";
const raw = (text: string) =>
  siteOf(({ path }) => (path === "/" ? { raw: text } : { status: 404 }));
const outcomeOf = async (...input: Parameters<typeof visitSite>) =>
  (await visitSite(...input)).outcome;
const READ = { kind: "done", flags: [], site: { title: "Laden" } };

describe("answers that browsers read", () => {
  const head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
  const length = `Content-Length: ${HTML.length}\r\n`;
  test.for([
    [
      "100 Continue that nobody asked for",
      `HTTP/1.1 100 Continue\r\n\r\n${head}${length}\r\n${HTML}`,
    ],
    ["early hints", `HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${head}${length}\r\n${HTML}`],
    [
      "several answers 1xx",
      `HTTP/1.1 100 A\r\n\r\nHTTP/1.1 102 B\r\n\r\n${head}${length}\r\n${HTML}`,
    ],
    ["the same length twice", `${head}${length}${length}\r\n${HTML}`],
    [
      "the same length twice in one line",
      `${head}Content-Length: ${HTML.length}, ${HTML.length}\r\n\r\n${HTML}`,
    ],
    ["a length with blanks", `${head}Content-Length:  ${HTML.length} \r\n\r\n${HTML}`],
    ["a length that is none", `${head}Content-Length: -1\r\n\r\n${HTML}`],
    ["an empty length", `${head}Content-Length:\r\n\r\n${HTML}`],
    ["a very long header", `${head}X-A: ${"a".repeat(100_000)}\r\n\r\n${HTML}`],
    ["no length", `${head}\r\n${HTML}`],
    ["lines that end in LF", `${head}${length}\r\n${HTML}`.replaceAll("\r", "")],
    [
      "a blank before the colon",
      `HTTP/1.1 200 OK\r\nContent-Type : text/html\r\n${length}\r\n${HTML}`,
    ],
    ["a header without a name", `${head}: x\r\n${length}\r\n${HTML}`],
    ["a line that is no header", `${head}hello there\r\n${length}\r\n${HTML}`],
    ["control bytes in a value", `${head}X-A: a\u0001b\u0000\r\n${length}\r\n${HTML}`],
    [
      "a folded header",
      `HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\n${length}\r\n${HTML}`,
    ],
    [
      "a length beside chunks",
      `${head}${length}Transfer-Encoding: chunked\r\n\r\n${HTML.length.toString(16)}\r\n${HTML}\r\n0\r\n\r\n`,
    ],
    [
      "chunks with blanks and words",
      `${head}Transfer-Encoding: chunked\r\n\r\n ${HTML.length.toString(16)}  ;x=y\r\n${HTML}\r\n0\r\n\r\n`,
    ],
    ["no reason", `HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\n${HTML}`],
    ["an old radio's protocol", `ICY 200 OK\r\nContent-Type: text/html\r\n\r\n${HTML}`],
    ["an empty line first", `\r\n${head}${length}\r\n${HTML}`],
    ["HTTP/1.0", `HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n${HTML}`],
  ] as const)("%s", async ([, answer]) =>
    expect(await outcomeOf(raw(answer), { maxPages: 1 })).toMatchObject(READ),
  );

  test.for([
    ["two lengths that differ", `${head}Content-Length: 5\r\nContent-Length: 9\r\n\r\n${HTML}`],
    ["chunks without a size", `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n${HTML}\r\n`],
    ["no protocol", `200 OK\r\n\r\n${HTML}`],
    ["another protocol", "SSH-2.0-OpenSSH_9.9\r\n"],
    ["answers 1xx without end", "HTTP/1.1 100 Continue\r\n\r\n".repeat(50)],
  ] as const)("%s is none", async ([, answer]) =>
    expect(await outcomeOf(raw(answer), { maxPages: 1 })).toMatchObject({
      kind: "failed",
      code: "bad_http",
    }),
  );

  test("pieces of any size make the same answer", () => {
    const whole = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\nSet-Cookie: a=1\nSet-Cookie: b=2\nTransfer-Encoding: chunked\n\n5\r\nhello\r\n6;x\r\n world\r\n0\r\n\r\n`;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 60 }),
        (sizes) => {
          const reader = new HttpAnswerReader(100);
          let at = 0;
          for (let index = 0; at < whole.length; index++) {
            const size = sizes[index % sizes.length] ?? 1;
            reader.push(Buffer.from(whole.slice(at, at + size)));
            at += size;
          }
          expect(Buffer.concat(reader.body).toString()).toBe("hello world");
          expect({ ...reader.headers }).toMatchObject({ "set-cookie": ["a=1", "b=2"] });
          expect([reader.status, reader.state]).toEqual([200, "whole"]);
        },
      ),
    );
  });

  test("any bytes are an answer or none, and never more body than allowed", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "HTTP/1.1 200 OK\r\n",
        "\r\n\r\n",
        "Content-Length: 7\r\n",
        "Transfer-Encoding: chunked\r\n",
        "a\r\n",
        "0\r\n\r\n",
        ":",
        "\n\n",
        "HTTP/1.1 100 C\n\n",
        "ffffffff\r\n",
      ),
      fc.string({ unit: "binary", maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const reader = new HttpAnswerReader(50);
        for (const text of pieces) reader.push(Buffer.from(text, "latin1"));
        expect(Buffer.concat(reader.body).length).toBeLessThanOrEqual(50);
        expect(typeof reader.end()).toBe("boolean");
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("statuses", () => {
  test.for([200, 201, 203, 206, 226, 299])("%i brings pages, rules and lists", async (status) => {
    const site = siteOf({
      "/robots.txt": { status, body: "User-agent: *\nDisallow: /b" },
      "/sitemap.xml": { status, body: "https://one.example/c" },
      "/": page('<title>x</title><a href="/a">a</a><a href="/b">b</a>', { status }),
      "/a": page("<title>a</title>", { status }),
      "/c": page("<title>c</title>", { status }),
    });
    expect(
      done(await outcomeOf(site))
        .pages.map(({ title }) => title)
        .toSorted(),
    ).toEqual(["a", "c", "x"]);
  });

  test("304 to a visitor who never was there is an empty site", async () => {
    expect(done(await outcomeOf(siteOf({ "/": { status: 304 } }))).flags).toEqual(["empty"]);
  });

  test.for([
    { asked: "120", ms: 120_000 },
    { asked: "3600", ms: 3_600_000 },
    { asked: "99999999", ms: 3_600_000 },
  ])(
    "503 that asks for $asked seconds is left to a retry that waits for them",
    async ({ asked: seconds, ms }) => {
      const site = siteOf({
        "/": page("<title>Wartung</title>", { status: 503, headers: { "retry-after": seconds } }),
      });
      const { outcome, asked } = await visitSite(site);
      expect(outcome).toMatchObject({ kind: "retry", code: "http_error", retryAfterMs: ms });
      expect(asked.filter((address) => !address.endsWith("robots.txt"))).toHaveLength(1);
    },
  );

  test("so is a robots.txt that does", async () => {
    const site = siteOf({
      "/robots.txt": { status: 503, headers: { "retry-after": "60" } },
      "/": HTML,
    });
    expect(await outcomeOf(site)).toMatchObject({ kind: "retry", retryAfterMs: 60_000 });
  });
});

describe("where a page sends its visitors is read as its link", () => {
  test.for([
    '<script>window.location.href="/home/"</script>',
    "<script>location.replace('/home/')</script>",
    "<script>if (!top.x) document.location = 'https://www.one.example/home/';</script>",
    '<meta http-equiv=refresh content="60;url=/home/"><p>Please wait.',
  ])("%s", async (html) => {
    const site = siteOf({ "/": page(html), "/home/": "<title>Home</title><p>Tel. +49 30 2312500" });
    const { pages, lead } = done(await outcomeOf(site));
    expect(pages.map(({ title }) => title)).toContain("Home");
    expect(lead.phones).toHaveLength(1);
  });

  test.for([
    'location.href="https://two.example/"',
    "location.href=next",
    'location.href="javascript:x"',
    "location.replace(x + '/home/')",
  ])("<script>%s</script> leads nowhere on this site", async (script) => {
    const { outcome, asked } = await visitSite(siteOf({ "/": page(`<script>${script}</script>`) }));
    expect(done(outcome).flags).toEqual(["js_redirect"]);
    expect(asked.filter((address) => !/\.(?:txt|xml)$/.test(address))).toEqual([
      "https://one.example/",
    ]);
  });

  test("an inner page that leads on is followed by what it leads to", async () => {
    const site = siteOf({
      "/": '<title>x</title><a href="/old">o</a>',
      "/old": '<meta http-equiv=refresh content="0;url=/new">',
      "/new": "<title>new</title>",
    });
    expect(done(await outcomeOf(site)).pages).toHaveLength(3);
  });
});

test.for([300, 302, 307])("%i without an address shows what it holds", async (status) => {
  const answer = page("<title>Laden</title><p>Tel. +49 30 2312500", { status });
  const { pages, lead } = done(await outcomeOf(siteOf({ "/": answer })));
  expect(pages.map(({ title }) => title)).toEqual(["Laden"]);
  expect(lead.phones).toHaveLength(1);
  expect(await outcomeOf(siteOf({ "/": page("", { status }) }))).toMatchObject({
    kind: "failed",
    code: "http_error",
  });
});

describe("a home page that holds nothing", () => {
  test.for([
    ["", "empty"],
    ["<!doctype html><html><head></head><body>  </body></html>", "empty"],
    ['<script>location.href="/start"</script>', "js_redirect"],
  ] as const)("%j leaves the sitemap to be read", async ([html, flag]) => {
    const site = siteOf({
      "/": page(html),
      "/sitemap.xml": { body: "https://one.example/kontakt" },
      "/kontakt": "<p>Tel. +49 30 2312500",
    });
    const { flags, pages } = done(await outcomeOf(site));
    expect(flags).toEqual([flag]);
    expect(pages).toHaveLength(2);
  });

  test.for([
    "<title>x</title>",
    "<p>x",
    "<img src=/x.png>",
    "<a href=tel:+12077754120></a>",
    '<a href="https://two.example/"></a>',
    `<div>${"<i></i>".repeat(500)}</div>`,
  ])("%j is not empty", async (html) =>
    expect(done(await outcomeOf(siteOf({ "/": page(html) }))).flags).toEqual([]),
  );
});

describe("the other of apex and www is asked", () => {
  const home = (works: string, otherwise: object) =>
    siteOf(({ host, path }) => {
      if (path !== "/") return { status: 404 };
      return host === works
        ? page(HTML)
        : { headers: { "content-type": "text/html" }, body: "<title>No</title>", ...otherwise };
    });
  const WWW = "www.one.example";
  const APEX = "one.example";
  test.for([401, 403, 451, 404, 410, 400, 406, 500, 502, 503, 521])(
    "when one answers %i",
    async (status) => {
      expect(await outcomeOf(home(WWW, { status }))).toMatchObject(READ);
      expect(
        await outcomeOf({ ...home(APEX, { status }), name: WWW, hosts: [APEX, WWW] }),
      ).toMatchObject(READ);
    },
  );

  test("when one redirects in a circle, hangs up or shows a wall", async () => {
    expect(await outcomeOf(home(WWW, { status: 302, headers: { location: "/" } }))).toMatchObject(
      READ,
    );
    expect(await outcomeOf(home(WWW, { reset: true }))).toMatchObject(READ);
    expect(await outcomeOf(home(WWW, { body: "<title>Just a moment...</title>" }))).toMatchObject(
      READ,
    );
  });

  test("and what says most is told when neither works; http is not tried after a refusal", async () => {
    const { outcome, asked } = await visitSite(home("none.example", { status: 403 }));
    expect(outcome).toMatchObject({ kind: "failed", code: "blocked_http" });
    expect(asked.filter((address) => !address.endsWith(".txt"))).toEqual([
      "https://one.example/",
      "https://www.one.example/",
    ]);
    const mixed = siteOf(({ host }) => ({ status: host === APEX ? 403 : 404 }));
    expect(await outcomeOf(mixed)).toMatchObject({ code: "blocked_http" });
  });
});
