import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VisitCookies } from "../src/fetch/cookies.ts";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

const NOW = Date.parse("2026-11-21T10:00:00Z");
/** What is sent to an address after another one set cookies. */
const sent = (
  lines: string | string[],
  to: string,
  from = "https://www.laden.de/a/b",
  now = NOW,
) => {
  const cookies = new VisitCookies();
  cookies.store(new URL(from), { "set-cookie": lines, date: new Date(NOW).toUTCString() }, NOW);
  return cookies.headerFor(new URL(to), now);
};

describe("which hosts a cookie goes to", () => {
  test.for([
    ["a=1", "https://www.laden.de/a/x", "a=1"],
    ["a=1", "https://laden.de/a/x", ""],
    ["a=1", "https://x.www.laden.de/a/x", ""],
    ["a=1; Domain=laden.de", "https://laden.de/a/x", "a=1"],
    ["a=1; Domain=.laden.de", "https://shop.laden.de/a/x", "a=1"],
    ["a=1; domain=LADEN.DE", "https://laden.de/a/x", "a=1"],
    ["a=1; Domain=laden.de", "https://baden.de/a/x", ""],
    ["a=1; Domain=laden.de", "https://xladen.de/a/x", ""],
    ["a=1; Domain=www.laden.de", "https://x.www.laden.de/a/x", "a=1"],
    ["a=1; Domain=shop.laden.de", "https://shop.laden.de/a/x", ""],
    ["a=1; Domain=other.de", "https://other.de/a/x", ""],
    ["a=1; Domain=de", "https://www.laden.de/a/x", ""],
    ["a=1; Domain=", "https://www.laden.de/a/x", "a=1"],
    ["a=1; Domain", "https://www.laden.de/a/x", "a=1"],
  ] as const)("%s to %s: %j", ([line, to, header]) => expect(sent(line, to)).toBe(header));

  test.for([
    ["https://foo.wixsite.com/", "wixsite.com", "https://bar.wixsite.com/"],
    ["https://laden.co.uk/", "co.uk", "https://other.co.uk/"],
    ["https://foo.github.io/", "github.io", "https://bar.github.io/"],
    ["https://laden.com.br/", "com.br", "https://other.com.br/"],
  ] as const)("from %s for %s is refused", ([from, domain, to]) =>
    expect(sent(`a=1; Path=/; Domain=${domain}`, to, from)).toBe(""),
  );

  test("a suffix's own host may set one for itself", () => {
    expect(sent("a=1; Domain=github.io", "https://github.io/", "https://github.io/")).toBe("a=1");
    expect(sent("a=1; Domain=github.io", "https://x.github.io/", "https://github.io/")).toBe("");
  });

  test("an address is no domain", () => {
    expect(sent("a=1; Domain=0.0.1", "http://10.0.0.1/", "http://10.0.0.1/")).toBe("");
    expect(sent("a=1", "http://10.0.0.1/", "http://10.0.0.1/")).toBe("a=1");
  });
});

describe("paths, schemes and times", () => {
  test.for([
    ["a=1; Path=/", "https://www.laden.de/", "a=1"],
    ["a=1", "https://www.laden.de/", ""],
    ["a=1", "https://www.laden.de/a", "a=1"],
    ["a=1", "https://www.laden.de/ab", ""],
    ["a=1; Path=/shop", "https://www.laden.de/shop/x", "a=1"],
    ["a=1; Path=/shop/", "https://www.laden.de/shop", ""],
    ["a=1; Path=shop", "https://www.laden.de/a/x", "a=1"],
    ["a=1; Path=/; Secure", "http://www.laden.de/", ""],
    ["a=1; Path=/; Secure", "https://www.laden.de/", "a=1"],
    ["a=1; Path=/; HttpOnly; SameSite=None; Partitioned", "https://www.laden.de/", "a=1"],
    ["__Host-a=1; Path=/; Secure", "https://www.laden.de/", "__Host-a=1"],
    ["__Host-a=1; Path=/; Secure; Domain=laden.de", "https://www.laden.de/", ""],
    ["__Host-a=1; Path=/", "https://www.laden.de/", ""],
    ["__Secure-a=1; Path=/", "https://www.laden.de/", ""],
    ["a=1; Path=/; Max-Age=60", "https://www.laden.de/", "a=1"],
    ["a=1; Path=/; Max-Age=0", "https://www.laden.de/", ""],
    ["a=1; Path=/; Max-Age=-1", "https://www.laden.de/", ""],
    ["a=1; Path=/; Max-Age=soon", "https://www.laden.de/", "a=1"],
    ["a=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "https://www.laden.de/", ""],
    ["a=1; Path=/; Expires=Sat, 21-Nov-2026 11:00:00 GMT", "https://www.laden.de/", "a=1"],
    [
      "a=1; Path=/; Expires=Sat, 21 Nov 2026 09:00:00 GMT; Max-Age=60",
      "https://www.laden.de/",
      "a=1",
    ],
    ["a=1; Path=/; Expires=never", "https://www.laden.de/", "a=1"],
  ] as const)("%s to %s: %j", ([line, to, header]) => expect(sent(line, to)).toBe(header));

  test("a cookie ends when it said that it would, and by the server's own clock", () => {
    const later = NOW + 61_000;
    expect(sent("a=1; Path=/; Max-Age=60", "https://www.laden.de/", undefined, later)).toBe("");
    const cookies = new VisitCookies();
    const slow = {
      date: "Sat, 21 Nov 2020 10:00:00 GMT",
      "set-cookie": "a=1; Expires=Sat, 21 Nov 2020 10:01:00 GMT",
    };
    cookies.store(new URL("https://laden.de/"), slow, NOW);
    expect(cookies.headerFor(new URL("https://laden.de/"), NOW + 59_000)).toBe("a=1");
    expect(cookies.headerFor(new URL("https://laden.de/"), later)).toBe("");
  });

  test("a secure cookie over http is refused, a newer one takes the place of the older", () => {
    expect(sent("a=1; Path=/; Secure", "https://www.laden.de/", "http://www.laden.de/")).toBe("");
    expect(sent(["a=1; Path=/", "b=2; Path=/", "a=3; Path=/"], "https://www.laden.de/")).toBe(
      "a=3; b=2",
    );
    expect(sent(["a=1; Path=/", "a=; Path=/; Max-Age=0"], "https://www.laden.de/")).toBe("");
    expect(sent(["a=1; Path=/", "a=2; Path=/a"], "https://www.laden.de/a/b")).toBe("a=2; a=1");
  });
});

describe("what is kept is bounded and clean", () => {
  test.for([
    ["=x", "x"],
    ["novalue", "novalue"],
    ["a=", "a="],
    ["a=b=c", "a=b=c"],
    ['a="x y"', 'a="x y"'],
    [" a = 1 ", "a=1"],
    ["", ""],
    ["=", ""],
    [";", ""],
    ["a=\u0001", ""],
    ["a=\u{1F36A}", ""],
    [`a=${"x".repeat(5_000)}`, ""],
  ] as const)("%j sends %j", ([line, header]) =>
    expect(sent(line, "https://www.laden.de/a/b")).toBe(header),
  );

  test("so many, and so long together", () => {
    const many = Array.from(
      { length: 200 },
      (_, index) => `c${index}=${"x".repeat(3_000)}; Path=/`,
    );
    const header = sent(many, "https://www.laden.de/");
    expect(header.length).toBeLessThanOrEqual(8_000);
    expect(header.split("; ").length).toBe(2);
    const cookies = new VisitCookies();
    for (let host = 0; host < 50; host++) {
      const set = Array.from({ length: 50 }, (_, index) => `c${index}=1; Path=/; Domain=laden.de`);
      cookies.store(new URL(`https://h${host}.laden.de/`), { "set-cookie": set }, NOW);
    }
    expect(cookies.headerFor(new URL("https://laden.de/"), NOW).split("; ")).toHaveLength(25);
  });

  test("any line gives a header that may be sent, for hosts within the one that set it", () => {
    const part = fc.oneof(
      fc.constantFrom(
        "a=1",
        "; Domain=",
        "laden.de",
        "; Path=",
        "/",
        "; Max-Age=9",
        "; Secure",
        "=",
        ";",
        "\u0000",
        "\r\n",
      ),
      fc.string({ unit: "binary", maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const line = parts.join("");
        expect(sent(line, "https://www.laden.de/a/b")).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
        expect(sent(line, "https://other.de/a/b")).toBe("");
      }),
    );
  });
});

describe("doors that open to who has their cookie", () => {
  const knows = (headers: Record<string, unknown>, cookie: string) =>
    String(headers["cookie"] ?? "").includes(cookie);

  test("one that the apex sets for www", async () => {
    const site = siteOf(({ host, path, headers }) => {
      if (path !== "/") return { status: 404 };
      if (host === "one.example")
        return {
          status: 302,
          headers: {
            location: "https://www.one.example/",
            "set-cookie": "seen=1; Domain=one.example",
          },
        };
      return knows(headers, "seen=1")
        ? page("<title>In</title>")
        : { status: 302, headers: { location: "/" } };
    });
    expect(done((await visitSite(site)).outcome).site.title).toBe("In");
  });

  test.for(["0;url=/", "1; URL=https://one.example/"])(
    "a page that asks for itself again (%s) opens to its cookie",
    async (again) => {
      const door = page(`<title>Moment</title><meta http-equiv=refresh content="${again}">`, {
        headers: { "set-cookie": "seen=1; Path=/" },
      });
      const site = siteOf(({ path, headers }) =>
        path === "/robots.txt"
          ? { status: 404 }
          : headers["cookie"] === "seen=1"
            ? page("<title>Laden</title>")
            : door,
      );
      expect(done((await visitSite(site)).outcome).site.title).toBe("Laden");
      const shut = await visitSite(siteOf({ "/": door }));
      expect(done(shut.outcome).site.title).toBe("Moment");
      expect(shut.asked.filter((address) => address.endsWith("/")).length).toBeLessThan(4);
    },
  );

  test("one that the home page sets for the others", async () => {
    const site = siteOf(({ path, headers }) => {
      if (path === "/robots.txt") return { status: 404 };
      if (path === "/")
        return page('<title>Home</title><a href="/a">a</a>', {
          headers: { "set-cookie": "seen=1" },
        });
      return knows(headers, "seen=1")
        ? page("<title>a</title>")
        : { status: 302, headers: { location: "/" } };
    });
    expect(done((await visitSite(site)).outcome).pages).toHaveLength(2);
  });

  test("a visit begins without what another one was given, and gives none to other sites", async () => {
    const got: unknown[] = [];
    const site = siteOf(({ headers }) => {
      got.push(headers["cookie"]);
      return {
        status: 301,
        headers: { location: "https://two.example/", "set-cookie": "a=1; Domain=example" },
      };
    });
    const two = siteOf(
      ({ headers }) => {
        got.push(headers["cookie"]);
        return page("<title>x</title>");
      },
      { name: "two.example" },
    );
    await visitSite([site, two], { maxPages: 1 });
    await visitSite([site, two], { maxPages: 1 });
    expect(new Set(got)).toEqual(new Set([undefined]));
  });
});
