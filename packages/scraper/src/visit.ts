import { Agent } from "undici";
import { refuseInProduction, type SiteAllowList } from "./guard/allow.ts";
import { createGuard, type Guard } from "./guard/connect.ts";
import { createResolver, type Resolver } from "./guard/resolve.ts";
import { AddressGate } from "./crawl/address-gate.ts";
import { HostClock } from "./crawl/host-clock.ts";
import { VisitCookies } from "./fetch/cookies.ts";
import { DEFAULT_LIMITS, type Limits, VISITS_PER_ADDRESS_MAX } from "./limits.ts";
import { abortable } from "./abortable.ts";
import type { MailDomains } from "./guard/mail-domains.ts";
import type { Metrics } from "@scrapersky/outcome";

/** Name that robots.txt rules address us by. */
export const ROBOTS_TOKEN = "ScraperSkyBot";
export const DEFAULT_USER_AGENT = `${ROBOTS_TOKEN}/1.0 (reads public business pages; follows robots.txt)`;

export type UnknownName = "wait" | "later" | "final";

export interface ScrapeOptions {
  /** Pages read at most, the home page included. */
  maxPages: number;
  /** Ends the visit within two seconds; the outcome is then `aborted`. */
  signal?: AbortSignal;
  /** Told true when the visit has to wait for others at its network address, and false when it goes on. */
  onWaiting?: (waiting: boolean) => void;
  /** Keep the token ScraperSkyBot in it and add an address where an owner can write to. */
  userAgent?: string;
  acceptLanguage?: string;
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
  agent: Agent;
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
  /** Which of the two ended the visit early. */
  stopped(): "caller" | "deadline" | undefined;
  /** Waits for a place at the host's network address, then starts the deadline. */
  begin(host: string): Promise<void>;
  close(): void;
}

const sharedClock = new HostClock();
const gate = new AddressGate(VISITS_PER_ADDRESS_MAX);
let sharedResolver: Resolver | undefined;

export function openVisit(options: ScrapeOptions): Visit {
  refuseInProduction(options.allow);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  sharedResolver ??= createResolver();
  const guard = createGuard({
    allow: options.allow,
    resolver: options.resolver ?? sharedResolver,
    connectMs: limits.connectMs,
  });
  const agent = new Agent({
    connect: guard.connect,
    connections: 1,
    pipelining: 1,
    maxHeaderSize: 65_536,
    keepAliveTimeout: 15_000,
    allowH2: false,
  });
  const controller = new AbortController();
  let stopped: "caller" | "deadline" | undefined;
  const stop = (by: "caller" | "deadline") => {
    stopped ??= by;
    controller.abort();
  };
  const onAbort = () => stop("caller");
  if (options.signal?.aborted) onAbort();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  let deadline: NodeJS.Timeout | undefined;
  let leave = () => {};

  return {
    limits,
    maxPages: options.maxPages,
    guard,
    agent,
    mailDomains: options.mailDomains,
    clock: options.clock ?? sharedClock,
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
    async begin(host) {
      const address =
        options.allow === undefined
          ? await abortable(guard.addressOf(host), controller.signal)
          : undefined;
      if (address !== undefined) {
        const waits = gate.isFull(address);
        if (waits) options.onWaiting?.(true);
        leave = await gate.enter(address, controller.signal);
        if (waits) options.onWaiting?.(false);
      }
      deadline = setTimeout(
        () => stop("deadline"),
        limits.domainMs + limits.pageMs * options.maxPages,
      );
    },
    close() {
      clearTimeout(deadline);
      leave();
      options.signal?.removeEventListener("abort", onAbort);
      // requests are over by now; destroy ends idle keep-alive sockets at once
      void agent.destroy();
    },
  };
}
