import type { Site, SiteAnswer, SiteRequest } from "@scrapersky/testing/sites";

/** What a visit of a site has to leave behind, whatever happened meanwhile. */
export interface Promised {
  status: "complete" | "failed";
  code: string | null;
  pages: number;
  emails: number;
}

interface Kind {
  /** Of a hundred sites. */
  share: number;
  promised: Promised;
  /** In place of the page that was asked for. */
  instead?: (request: SiteRequest, homeCalls: number) => SiteAnswer | undefined;
}

const READ: Promised = { status: "complete", code: null, pages: 3, emails: 1 };
const refused = (code: string): Promised => ({ status: "failed", code, pages: 0, emails: 0 });

const KINDS: Record<string, Kind> = {
  plain: { share: 80, promised: READ },
  slow: { share: 10, promised: READ, instead: () => ({ delayMs: 1_000 }) },
  flaky: {
    share: 4,
    promised: READ,
    instead: (_, homeCalls) => (homeCalls === 1 ? { status: 503, body: "Later." } : undefined),
  },
  reset: {
    share: 2,
    promised: READ,
    instead: (_, homeCalls) => (homeCalls === 1 ? { reset: true } : undefined),
  },
  missing: {
    share: 2,
    promised: refused("http_error"),
    instead: () => ({ status: 404, body: "Nobody." }),
  },
  closed: {
    share: 2,
    promised: refused("robots_disallowed"),
    instead: ({ path }) =>
      path === "/robots.txt"
        ? {
            headers: { "content-type": "text/plain" },
            body: "User-agent: *\nDisallow: /\n",
          }
        : undefined,
  },
};

const PAGES = ["/", "/about", "/contact"];

export interface ChaosSite extends Site {
  promised: Promised;
}

/** So many small sites, most of which answer well: shop-00001.chaos.example and so on. */
export function chaosSites(count: number): ChaosSite[] {
  const hundred = Object.values(KINDS).flatMap((kind) => Array<Kind>(kind.share).fill(kind));
  return Array.from({ length: count }, (_, at) => {
    // Neighbors are of different kinds: 37 and 100 share no factor.
    const kind = hundred[(at * 37) % hundred.length]!;
    return chaosSite(`shop-${String(at + 1).padStart(5, "0")}.chaos.example`, kind);
  });
}

function chaosSite(name: string, { promised, instead }: Kind): ChaosSite {
  let homeCalls = 0;
  return {
    name,
    hosts: [name],
    schemes: ["http"],
    certificate: "valid",
    presentable: false,
    expect: { outcome: promised.status === "complete" ? "done" : "failed" },
    promised,
    answer(request) {
      if (request.path === "/") homeCalls++;
      const other = instead?.(request, homeCalls);
      if (other !== undefined && other.delayMs === undefined) return other;
      return { ...pageOf(name, request.path), ...other };
    },
  };
}

function pageOf(name: string, path: string): SiteAnswer {
  if (!PAGES.includes(path)) return { status: 404, body: "Nothing here." };
  const links = PAGES.map((to) => `<a href="${to}">${to}</a>`).join(" ");
  return {
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<!doctype html><html lang="en"><title>${name} ${path}</title><h1>${name}</h1><p>A shop that sells one thing well.
      <a href="mailto:info@${name}">Write to us</a> ${links}`,
  };
}
