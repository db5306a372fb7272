import { type Failure, failure, isTransient } from "../fetch/failure.ts";
import { registrableOf, withoutWww } from "../host.ts";
import type { Visit } from "../visit.ts";
import { type Home, openAt } from "./open-at.ts";
import { jitter } from "./pause.ts";
import type { RobotsFiles } from "./robots.ts";

/** Finds and reads the home page of a domain: the addresses it may live at, then what is found there, with retries. */
export async function openHome(
  domain: string,
  robots: RobotsFiles,
  visit: Visit,
): Promise<Home | Failure> {
  const { backoffMs, dnsRetryMs } = visit.limits;
  for (let round = 0; ; round++) {
    const isLast = backoffMs[round] === undefined;
    const result = await tryAddresses(domain, isLast, robots, visit);
    if (result.ok || visit.signal.aborted) return result;
    if (result.code === "dns_not_found" && visit.unknownName === "later" && !visit.closedWorld) {
      return { ...result, retryAfterMs: jitter(dnsRetryMs) };
    }
    const pauseMs =
      result.code === "dns_not_found"
        ? round === 0 && !visit.closedWorld && visit.unknownName === "wait"
          ? dnsRetryMs
          : undefined
        : backoffMs[round];
    const once = result.code === "timeout" && round > 0;
    if (
      pauseMs === undefined ||
      once ||
      // who says when to come back is not asked before
      (result.retryAfterMs ?? 0) > pauseMs ||
      !(isTransient(result) || result.code === "dns_not_found") ||
      result.code === "rate_limited"
    )
      return result;
    await visit.clock.time.pause(jitter(pauseMs), visit.signal);
  }
}

/** Failures that leave open whether the site lives at another scheme or at the other of apex and "www.". */
const ELSEWHERE = new Set<string>([
  "bot_protection",
  "blocked_http",
  "redirect_loop",
  "dns_not_found",
  "dns_error",
  "connect_refused",
  "conn_reset",
  "timeout",
  "tls_error",
  "bad_http",
]);
/** Of several failures, the one that says most is reported. */
const TELLING = [
  "bot_protection",
  "blocked_http",
  "http_error",
  "redirect_loop",
  "bad_http",
  "tls_error",
  "timeout",
  "conn_reset",
  "connect_refused",
  "dns_error",
  "dns_not_found",
];

async function tryAddresses(
  domain: string,
  isLast: boolean,
  robots: RobotsFiles,
  visit: Visit,
): Promise<Home | Failure> {
  let worst: Failure | undefined;
  const deadHosts = new Set<string>();
  let tlsInvalid = false;
  for (const address of addressesOf(domain)) {
    if (deadHosts.has(address.hostname)) continue;
    const result = await openAt(address, domain, robots, visit);
    if (result.ok) {
      if (tlsInvalid && result.document.url.protocol === "http:") result.flags.push("tls_invalid");
      return result;
    }
    // a server that took the request and never finished would only do so again elsewhere
    if (!isElsewhere(result, isLast) || result.unfinished || visit.signal.aborted) return result;
    if (result.code === "tls_error") tlsInvalid = true;
    if (isOfHost(result)) deadHosts.add(address.hostname);
    if (worst === undefined || TELLING.indexOf(result.code) < TELLING.indexOf(worst.code))
      worst = result;
  }
  return worst ?? failure("invalid_domain", domain);
}

/** Servers that are in trouble get a second address only when they are given up. */
const isElsewhere = ({ code, status = 0 }: Failure, isLast: boolean): boolean =>
  code === "http_error" ? status < 500 || isLast : ELSEWHERE.has(code);

/** What the other scheme of the same host would not change. */
const isOfHost = ({ code, status = 0 }: Failure): boolean =>
  code === "dns_not_found" ||
  code === "dns_error" ||
  code === "bot_protection" ||
  code === "blocked_http" ||
  status >= 500;

function addressesOf(domain: string): URL[] {
  const bare = withoutWww(domain);
  const twin =
    domain === bare ? (registrableOf(domain) === domain ? `www.${domain}` : undefined) : bare;
  const hosts = twin === undefined ? [domain] : [domain, twin];
  return hosts.flatMap((host) => [new URL(`https://${host}/`), new URL(`http://${host}/`)]);
}
