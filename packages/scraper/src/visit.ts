import { refuseInProduction, type SiteAllowList } from "./guard/allow.ts";
import { createGuard, type Guard } from "./guard/connect.ts";
import type { OutboundProxy } from "./guard/proxy.ts";
import { createResolver, type Resolver } from "./guard/resolve.ts";
import { HostClock } from "./crawl/host-clock.ts";
import { ownPlaces, type Place, type Places } from "./crawl/places.ts";
import { Connections } from "./fetch/connections.ts";
import { VisitCookies } from "./fetch/cookies.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { Deadline } from "./deadline.ts";
import { withoutWww } from "./host.ts";
import { abortable } from "./abortable.ts";
import type { MailDomains } from "./guard/mail-domains.ts";
import type { Metrics } from "@scrapersky/outcome";

/** Name that robots.txt rules address us by. */
export const ROBOTS_TOKEN = "ScraperSkyBot";
const HABITS = "reads public business pages; follows robots.txt";
const DEFAULT_USER_AGENT = userAgentOf();

/** How visits introduce themselves. @param contact address of a page or a mailbox of whoever runs them */
export function userAgentOf(contact?: string): string {
  return `${ROBOTS_TOKEN}/1.0 (${contact === undefined ? "" : `+${contact}; `}${HABITS})`;
}

/** One request of a visit, as it went: whose site it was is not told. */
export interface RequestEnded {
  durationMs: number;
  /** Of the body, as they came. */
  bytes: number;
  /** Undefined where none came. */
  status: number | undefined;
  /** Why nothing usable came, in a word. */
  failure: string | undefined;
}

export type UnknownName = "wait" | "later" | "final";

export interface ScrapeOptions {
  /** Pages read at most, the home page included. */
  maxPages: number;
  /** Ends the visit within two seconds; the outcome is then `aborted`. */
  signal?: AbortSignal;
  /** Told true when the visit has to wait for others at its network address, and false when it goes on. */
  onWaiting?: (waiting: boolean) => void;
  /** Told of each request to a site when it is over. */
  onRequest?: ((request: RequestEnded) => void) | undefined;
  /** Of {@link userAgentOf}, with an address where an owner of a site can write to. */
  userAgent?: string;
  acceptLanguage?: string;
  /** Connections to sites go through it; names are looked up here all the same. */
  proxy?: OutboundProxy | undefined;
  /** For tests and demos only: the names that exist, and where they lead. Refused unless NODE_ENV is development or test. */
  allow?: SiteAllowList;
  limits?: Partial<Limits>;
  /**
   * What becomes of a name that does not resolve, as names that were just registered do not everywhere: asked for once
   * more by the same visit after a pause (`wait`, the default), a `retry` after that pause (`later`), or `failed` (`final`).
   */
  unknownName?: UnknownName;
  /** Asked whether the domains of mailboxes take mail; nobody is asked without it. */
  mailDomains?: MailDomains | undefined;
  /** Where places at network addresses are had; else this process alone sees to it that they are few. */
  places?: Places | undefined;
  /** DNS of its own, for tests. */
  resolver?: Resolver;
  /** Current time in milliseconds since 1970. */
  now?: () => number;
  /** Paces hosts and pauses for tests; else one for all visits of the process. */
  clock?: HostClock;
}

/** What every step of one visit shares. */
export interface Visit {
  limits: Limits;
  maxPages: number;
  guard: Guard;
  connections: Connections;
  mailDomains: MailDomains | undefined;
  clock: HostClock;
  /** Aborts when the caller or the deadline says so. */
  signal: AbortSignal;
  headers: Record<string, string>;
  cookies: VisitCookies;
  metrics: Metrics;
  now: () => number;
  /** Milliseconds between two requests that the site's robots.txt asks for. */
  crawlDelayMs: number;
  /** The allow-list is all there is: a name that it lacks will not appear later. */
  closedWorld: boolean;
  unknownName: UnknownName;
  /**
   * Goes to the network address of a host: waits for a place there, and gives back the one it had elsewhere, so that no two visits
   * wait for each other's. The deadline stands still meanwhile.
   */
  goTo(host: string): Promise<void>;
  onRequest: ((request: RequestEnded) => void) | undefined;
  /** Waits until a request may be sent to the network address it is at. */
  turn(): Promise<void>;
  /** Which of the two ended the visit early. */
  stopped(): "caller" | "deadline" | undefined;
  close(): void;
}

const sharedClock = new HostClock();
let sharedResolver: Resolver | undefined;

export function openVisit(options: ScrapeOptions): Visit {
  refuseInProduction(options.allow);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  sharedResolver ??= createResolver();
  const guard = createGuard({
    allow: options.allow,
    resolver: options.resolver ?? sharedResolver,
    connectMs: limits.connectMs,
    proxy: options.proxy,
  });
  const connections = new Connections(guard);
  const controller = new AbortController();
  let stopped: "caller" | "deadline" | undefined;
  const stop = (by: "caller" | "deadline") => {
    stopped ??= by;
    controller.abort();
  };
  const onAbort = () => stop("caller");
  if (options.signal?.aborted) onAbort();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  const clock = options.clock ?? sharedClock;
  const places = options.places ?? ownPlaces;
  /** The host whose address the visit is at. */
  let host = "";
  let at: { address: string; place: Place } | undefined;
  const leave = () => {
    at?.place.leave(clock.pauseOf(withoutWww(host)));
    at = undefined;
  };
  const deadline = new Deadline(limits.domainMs + limits.pageMs * options.maxPages, () =>
    stop("deadline"),
  );

  return {
    limits,
    maxPages: options.maxPages,
    guard,
    connections,
    mailDomains: options.mailDomains,
    clock,
    signal: controller.signal,
    headers: {
      "user-agent": options.userAgent ?? DEFAULT_USER_AGENT,
      accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
      "accept-language": options.acceptLanguage ?? "en;q=0.8,*;q=0.5",
      "accept-encoding": "gzip, br, zstd, deflate",
    },
    cookies: new VisitCookies(),
    metrics: {
      requests: 0,
      pages: 0,
      bytes: 0,
      fetchMs: 0,
      parseMs: 0,
      httpStatus: null,
      finalUrl: null,
    },
    now: options.now ?? Date.now,
    crawlDelayMs: 0,
    closedWorld: options.allow !== undefined,
    unknownName: options.unknownName ?? "wait",
    stopped: () => stopped,
    async goTo(next) {
      if (next === host) return;
      const addresses = await abortable(guard.addressesOf(next), controller.signal);
      const [address] = addresses ?? [];
      if (address === undefined) return;
      if (at === undefined || !addresses?.includes(at.address)) {
        leave();
        deadline.rest();
        const name = withoutWww(next);
        const place = await places.enter({ address, host: name }, controller.signal, (waiting) =>
          options.onWaiting?.(waiting),
        );
        deadline.goOn();
        at = { address, place };
        clock.hold(name, place.hostPauseMs);
      }
      host = next;
    },
    onRequest: options.onRequest,
    turn: () => at?.place.turn(controller.signal) ?? Promise.resolve(),
    close() {
      deadline.rest();
      leave();
      options.signal?.removeEventListener("abort", onAbort);
      connections.close();
    },
  };
}
