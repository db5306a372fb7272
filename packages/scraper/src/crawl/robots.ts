import robotsModule, { type Robot } from "robots-parser";
import { type Failure, failure } from "../fetch/failure.ts";
import { follow } from "../fetch/follow.ts";
import { retryAfterOf } from "../fetch/retry-after.ts";
import { headerOf } from "../fetch/sniff.ts";
import { block, CAPS } from "../text.ts";
import { ROBOTS_TOKEN, type Visit } from "../visit.ts";

export interface Robots {
  ok: true;
  /** The file, or null when there is none. */
  text: string | null;
  isAllowed(url: URL): boolean;
  /** Milliseconds; 0 when the file asks for none. */
  crawlDelayMs: number;
  sitemaps: string[];
}

// the package's types describe an ES module, the package is CommonJS
const robotsParser = robotsModule as unknown as (url: string, text: string) => Robot;

const REDIRECTS_MAX = 5;
const OPEN: Robots = { ok: true, text: null, isAllowed: () => true, crawlDelayMs: 0, sitemaps: [] };

/** robots.txt of every origin a visit meets, asked for once each. */
export class RobotsFiles {
  readonly #byOrigin = new Map<string, Promise<Robots | Failure>>();
  readonly #visit: Visit;

  constructor(visit: Visit) {
    this.#visit = visit;
  }

  get(url: URL): Promise<Robots | Failure> {
    const { origin } = url;
    let robots = this.#byOrigin.get(origin);
    if (robots === undefined) {
      robots = readRobots(origin, this.#visit).then((result) => {
        if (result.landed !== undefined)
          this.#byOrigin.set(result.landed, Promise.resolve(result.robots));
        // a failed file is asked for again by the next try
        if (!result.robots.ok) this.#byOrigin.delete(origin);
        return result.robots;
      });
      this.#byOrigin.set(origin, robots);
    }
    return robots;
  }
}

/** 4xx means no rules; 5xx and no answer mean "not now" (RFC 9309). A file that moved to another origin holds for both. */
async function readRobots(
  origin: string,
  visit: Visit,
): Promise<{ robots: Robots | Failure; landed?: string }> {
  const document = await follow(new URL("/robots.txt", origin), visit, {
    redirectsMax: REDIRECTS_MAX,
    wireBytesMax: visit.limits.robotsBytesMax,
    bodyBytesMax: visit.limits.robotsBytesMax * 4,
  });
  if (!document.ok) {
    // a site may answer robots.txt with nonsense and its pages well
    const harmless =
      document.code === "redirect_loop" ||
      document.code === "bad_encoding" ||
      document.code === "too_large" ||
      document.code === "blocked_scheme";
    return { robots: harmless ? OPEN : document };
  }
  const { status } = document;
  if (status === 429) {
    const retryAfterMs = retryAfterOf(headerOf(document.headers, "retry-after"), visit.now());
    return { robots: failure("rate_limited", "429 for robots.txt", { status, retryAfterMs }) };
  }
  if (status >= 500)
    return { robots: failure("http_error", `${status} for robots.txt`, { status }) };
  const landed =
    document.url.pathname === "/robots.txt" && document.url.origin !== origin
      ? { landed: document.url.origin }
      : {};
  if (status !== 200) return { robots: OPEN, ...landed };
  const text = document.body.subarray(0, visit.limits.robotsBytesMax).toString("utf8");
  // a page instead of a file holds no rules
  if (/^\s*</.test(text)) return { robots: OPEN, ...landed };
  return { robots: parseRobots(origin, text), ...landed };
}

export function parseRobots(origin: string, text: string): Robots {
  const parser: Robot = robotsParser(`${origin}/robots.txt`, text);
  const delay = Number(parser.getCrawlDelay(ROBOTS_TOKEN) ?? 0);
  return {
    ok: true,
    text: block(text, CAPS.robots),
    // the parser answers undefined for other hosts; "www." and apex share a file that redirected
    isAllowed: (url) =>
      parser.isAllowed(`${origin}${url.pathname}${url.search}`, ROBOTS_TOKEN) !== false,
    crawlDelayMs: Number.isFinite(delay) && delay > 0 ? delay * 1000 : 0,
    sitemaps: parser.getSitemaps().slice(0, 20),
  };
}
