import { isUtf8 } from "node:buffer";
import { type Failure, failure } from "../fetch/failure.ts";
import { follow } from "../fetch/follow.ts";
import { retryAfterOf } from "../fetch/retry-after.ts";
import { headerOf, isContent } from "../fetch/sniff.ts";
import { block, CAPS } from "../text.ts";
import { ROBOTS_TOKEN, type Visit } from "../visit.ts";
import { readRobotsRules } from "./robots-rules.ts";

export interface Robots {
  ok: true;
  /** The file, or null when there is none. */
  text: string | null;
  isAllowed(url: URL): boolean;
  /** Milliseconds; 0 when the file asks for none. */
  crawlDelayMs: number;
  sitemaps: string[];
}

const REDIRECTS_MAX = 5;
const OPEN: Robots = { ok: true, text: null, isAllowed: () => true, crawlDelayMs: 0, sitemaps: [] };

/** A site may answer robots.txt with nonsense, or lead it where nobody goes, and its pages well. */
const HARMLESS = new Set<string>([
  "redirect_loop",
  "bad_encoding",
  "blocked_scheme",
  "blocked_address",
  "blocked_port",
]);

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
    bodyBytesMax: visit.limits.robotsBytesMax,
    holds: "text",
  });
  if (!document.ok) {
    return { robots: HARMLESS.has(document.code) ? OPEN : document };
  }
  const { status, headers } = document;
  const retryAfterMs = retryAfterOf(headerOf(headers, "retry-after"), visit.now());
  if (status === 429)
    return { robots: failure("rate_limited", "429 for robots.txt", { status, retryAfterMs }) };
  if (status >= 500)
    return { robots: failure("http_error", `${status} for robots.txt`, { status, retryAfterMs }) };
  const landed =
    document.url.pathname === "/robots.txt" && document.url.origin !== origin
      ? { landed: document.url.origin }
      : {};
  if (!isContent(status)) return { robots: OPEN, ...landed };
  return { robots: parseRobots(textOf(document.body, document.truncated)), ...landed };
}

/** Octets that are no UTF-8 stay the octets they are, as addresses carry them. */
function textOf(file: Buffer, cut: boolean): string {
  // half a line may forbid everything where the whole one forbids a folder
  const body = cut
    ? file.subarray(0, Math.max(file.lastIndexOf(10), file.lastIndexOf(13)) + 1)
    : file;
  if (body[0] === 0xff && body[1] === 0xfe) return new TextDecoder("utf-16le").decode(body);
  if (body[0] === 0xfe && body[1] === 0xff) return new TextDecoder("utf-16be").decode(body);
  return isUtf8(body) ? body.toString("utf8") : octets(body);
}

const octets = (body: Buffer): string =>
  body
    .toString("latin1")
    .replace(/[\x80-\xff]/g, (octet) => `%${octet.charCodeAt(0).toString(16)}`);

export function parseRobots(text: string): Robots {
  // a page instead of a file holds no rules
  if (/^[\s\uFEFF]*</.test(text)) return OPEN;
  const rules = readRobotsRules(text, ROBOTS_TOKEN);
  return {
    ok: true,
    text: block(text, CAPS.robots),
    isAllowed: (url) => rules.isAllowed(url.pathname + url.search),
    crawlDelayMs: rules.crawlDelayMs,
    sitemaps: rules.sitemaps,
  };
}
