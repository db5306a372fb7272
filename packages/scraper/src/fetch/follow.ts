import type { Visit } from "../visit.ts";
import { isPublicAddress, literalOf } from "../guard/address.ts";
import { withoutWww } from "../host.ts";
import { ChainCookies } from "./cookies.ts";
import { unpack } from "./decode.ts";
import { sendRequest } from "./send-request.ts";
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
  const cookies = new ChainCookies();
  const seen = new Set<string>();
  let url = start;
  for (let hops = 0; ; hops++) {
    if (url.protocol !== "http:" && url.protocol !== "https:")
      return failure("blocked_scheme", url.protocol);
    if (!PORTS.has(url.port)) return refusePort(url);
    const cookie = cookies.headerFor(url.hostname);
    const key = `${url.href} ${cookie}`;
    // the same address with other cookies is a door, not a circle
    if (seen.has(key) || hops > redirectsMax)
      return failure("redirect_loop", url.href.slice(0, 200));
    seen.add(key);
    const refused = await options.mayVisit?.(url);
    if (refused !== undefined) return refused;

    const answer = await request(url, cookie, visit, options);
    if (!answer.ok) return answer;
    const location = headerOf(answer.headers, "location");
    if (REDIRECTS.has(answer.status) && location !== "") {
      cookies.store(url.hostname, answer.headers);
      const next = target(location, url);
      if (next === undefined) return failure("bad_http", "location header");
      url = next;
      continue;
    }
    const unpacked = unpack(answer.body, headerOf(answer.headers, "content-encoding"), {
      bodyBytesMax: options.bodyBytesMax ?? limits.bodyBytesMax,
      partial: answer.truncated,
    });
    if (!unpacked.ok) return unpacked;
    return {
      ok: true,
      url,
      status: answer.status,
      headers: answer.headers,
      body: unpacked.body,
      truncated: answer.truncated,
      headerMs: answer.headerMs,
      totalMs: answer.totalMs,
      wireBytes: answer.body.length,
      peer: answer.peer,
    };
  }
}

/** A private address keeps its own name, whatever port it is asked for. */
function refusePort({ hostname, port }: URL): Failure {
  const literal = literalOf(hostname);
  return literal !== undefined && !isPublicAddress(literal)
    ? failure("blocked_address", literal)
    : failure("blocked_port", `port ${port}`);
}

async function request(
  url: URL,
  cookie: string,
  visit: Visit,
  options: FollowOptions,
): Promise<HttpAnswer | Failure> {
  const { limits, metrics } = visit;
  const send = async () => {
    if (visit.signal.aborted) return failure("aborted");
    const startedAt = performance.now();
    metrics.requests++;
    const answer = await sendRequest(url, {
      agent: visit.agent,
      guard: visit.guard,
      signal: visit.signal,
      headers: cookie === "" ? visit.headers : { ...visit.headers, cookie },
      requestMs: options.requestMs ?? limits.requestMs,
      wireBytesMax: options.wireBytesMax ?? limits.wireBytesMax,
      ...(options.wantBody === undefined ? {} : { wantBody: options.wantBody }),
    });
    metrics.fetchMs += performance.now() - startedAt;
    if (answer.ok) metrics.bytes += answer.body.length;
    return answer;
  };
  if (limits.hostDelayMs === 0 && visit.crawlDelayMs === 0) return send();
  return visit.clock.turn(withoutWww(url.hostname), visit.signal, send, (tookMs) =>
    Math.max(
      visit.crawlDelayMs,
      Math.min(Math.max(limits.hostDelayMs, tookMs), limits.hostDelayMaxMs),
    ),
  );
}

function target(location: string, base: URL): URL | undefined {
  try {
    // header bytes come as Latin-1; servers that send UTF-8 mean UTF-8
    const bytes = Buffer.from(location, "latin1");
    return new URL(
      bytes.toString("utf8").includes("\ufffd") ? location : bytes.toString("utf8"),
      base,
    );
  } catch {
    return undefined;
  }
}
