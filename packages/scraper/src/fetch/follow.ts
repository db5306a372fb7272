import type { RequestEnded, Visit } from "../visit.ts";
import { isPublicAddress, literalOf } from "../guard/address.ts";
import { withoutWww } from "../host.ts";
import { unpack } from "./decode.ts";
import { tidyHref, withoutRoot } from "../url.ts";
import { sendRequest } from "./send-request.ts";
import { endsPage } from "./magic.ts";
import type { HttpAnswer, HeaderMap } from "./wire.ts";
import { type Failure, failure } from "./failure.ts";
import { headerOf } from "./sniff.ts";

export interface Document {
  ok: true;
  /** Where the chain of redirects ended. */
  url: URL;
  status: number;
  headers: HeaderMap;
  /** Unpacked. */
  body: Buffer;
  truncated: boolean;
  headerMs: number;
  totalMs: number;
  wireBytes: number;
  peer: HttpAnswer["peer"];
}

export interface FollowOptions {
  redirectsMax?: number;
  bodyBytesMax?: number;
  wireBytesMax?: number;
  requestMs?: number;
  /** What the body should be, a page when left out: see {@link unpack}. */
  holds?: "page" | "text";
  wantBody?: (status: number, headers: HeaderMap) => boolean;
  /** Asked before each hop; a failure ends the chain. */
  mayVisit?: (url: URL) => Promise<Failure | undefined>;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PORTS = new Set(["", "80", "443"]);

/** Requests an address and follows its redirects, each hop guarded, paced and counted. Never rejects. */
export async function follow(
  start: URL,
  visit: Visit,
  options: FollowOptions = {},
): Promise<Document | Failure> {
  const { limits } = visit;
  const redirectsMax = options.redirectsMax ?? limits.redirectsMax;
  const seen = new Set<string>();
  let url = start;
  for (let hops = 0; ; hops++) {
    if (url.protocol !== "http:" && url.protocol !== "https:")
      return failure("blocked_scheme", url.protocol);
    if (!PORTS.has(url.port)) return refusePort(url);
    const refused = await options.mayVisit?.(url);
    if (refused !== undefined) return refused;
    const cookie = visit.cookies.headerFor(url, visit.now());
    const key = `${url.href} ${cookie}`;
    // the same address with other cookies is a door, not a circle
    if (seen.has(key) || hops > redirectsMax)
      return failure("redirect_loop", url.href.slice(0, 200));
    seen.add(key);

    const answer = await request(url, cookie, visit, options);
    if (!answer.ok) return answer;
    visit.cookies.store(url, answer.headers, visit.now());
    const [location = ""] = [answer.headers["location"] ?? ""].flat();
    if (REDIRECTS.has(answer.status) && location !== "") {
      const next = target(location, url);
      if (next === undefined) return failure("bad_http", "location header");
      url = next;
      continue;
    }
    const read = await unpacked(answer, visit, options);
    if (!read.ok || !answer.broken || endsPage(read.body)) return read;
    // a page that broke off may come whole the second time; if not, the longer part is it
    const second = await request(url, cookie, visit, options);
    const again =
      second.ok && second.status === answer.status ? await unpacked(second, visit, options) : read;
    return again.ok && again.body.length > read.body.length ? again : read;
  }
}

/** The document that an answer is. */
async function unpacked(
  answer: HttpAnswer,
  visit: Visit,
  options: FollowOptions,
): Promise<Document | Failure> {
  const { url, status, headers, headerMs, totalMs, peer } = answer;
  const result = await unpack(answer.body, headerOf(headers, "content-encoding"), {
    bodyBytesMax: options.bodyBytesMax ?? visit.limits.bodyBytesMax,
    partial: answer.truncated,
    holds: options.holds ?? "page",
  });
  if (!result.ok) return result;
  return {
    ok: true,
    url,
    status,
    headers,
    body: result.body,
    truncated: answer.truncated || result.cut,
    headerMs,
    totalMs,
    wireBytes: answer.body.length,
    peer,
  };
}

/** A private address keeps its own name, whatever port it is asked for. */
function refusePort({ hostname, port }: URL): Failure {
  const literal = literalOf(hostname);
  return literal !== undefined && !isPublicAddress(literal)
    ? failure("blocked_address", literal)
    : failure("blocked_port", `port ${port}`);
}

/** One request in its turn; where an answer broke off in its head, or made no sense, it is asked for once more, in another turn. */
async function request(
  url: URL,
  cookie: string,
  visit: Visit,
  options: FollowOptions,
): Promise<HttpAnswer | Failure> {
  const first = await inTurn(url, cookie, visit, options, false);
  const misread = !first.ok && (first.code === "bad_http" || first.heard === true);
  return misread ? inTurn(url, cookie, visit, options, true) : first;
}

async function inTurn(
  url: URL,
  cookie: string,
  visit: Visit,
  options: FollowOptions,
  alone: boolean,
): Promise<HttpAnswer | Failure> {
  const { limits, metrics } = visit;
  let tookMs: number | undefined;
  const send = async () => {
    await visit.turn();
    if (visit.signal.aborted) return failure("aborted");
    const startedAt = performance.now();
    metrics.requests++;
    const answer = await sendRequest(url, {
      connections: visit.connections,
      guard: visit.guard,
      signal: visit.signal,
      headers: cookie === "" ? visit.headers : { ...visit.headers, cookie },
      requestMs: options.requestMs ?? limits.requestMs,
      wireBytesMax: options.wireBytesMax ?? limits.wireBytesMax,
      alone,
      ...(options.wantBody === undefined ? {} : { wantBody: options.wantBody }),
    });
    tookMs = performance.now() - startedAt;
    metrics.fetchMs += tookMs;
    if (answer.ok) metrics.bytes += answer.body.length;
    return answer;
  };
  const pause = (afterMs: number) =>
    Math.max(
      visit.crawlDelayMs,
      Math.min(Math.max(limits.hostDelayMs, afterMs), limits.hostDelayMaxMs),
    );
  // before the host's turn: who has that may not wait for somebody who wants it
  await visit.goTo(url.hostname);
  const host = withoutWww(url.hostname);
  const isPaced = limits.hostDelayMs > 0 || visit.crawlDelayMs > 0;
  const hasTurn = isPaced || visit.clock.pauseOf(host) > 0;
  const answer = await (hasTurn ? visit.clock.turn(host, visit.signal, send, pause) : send());
  // Here, in what the visit was called from: a turn may be given by another one.
  if (tookMs !== undefined) visit.onRequest?.(described(answer, tookMs));
  return answer;
}

const described = (answer: HttpAnswer | Failure, durationMs: number): RequestEnded => ({
  durationMs,
  bytes: answer.ok ? answer.body.length : 0,
  status: answer.status,
  failure: answer.ok ? undefined : answer.code,
});

function target(location: string, base: URL): URL | undefined {
  try {
    // header bytes come as Latin-1; servers that send UTF-8 mean UTF-8
    const bytes = Buffer.from(location, "latin1");
    const text = bytes.toString("utf8");
    return withoutRoot(new URL(tidyHref(text.includes("\ufffd") ? location : text), base));
  } catch {
    return undefined;
  }
}
