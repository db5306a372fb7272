import { promises as dns } from "node:dns";
import { parseDomain } from "../host.ts";
import { isPublicAddress, literalOf } from "./address.ts";
import { resolveHost, type Resolver } from "./resolve.ts";

/** Whether a domain takes mail, and when that was asked. */
export interface MailAnswer {
  takes: "yes" | "no" | "unknown";
  /** ISO time. */
  at: string;
}

/** Asks name servers which domains take mail, each of them once a day. */
export interface MailDomains {
  /** Resolves whatever happens. @param domain ASCII, lower case */
  ask(domain: string): Promise<MailAnswer>;
}

interface MailResolver extends Resolver {
  /** Rejects as the others do. */
  resolveMx(host: string): Promise<{ exchange: string; priority: number }[]>;
}

const DAY_MS = 86_400_000;
/** A name server that is in trouble is asked again sooner. */
const UNKNOWN_MS = 600_000;
const KEPT_MAX = 20_000;
const ASKED_AT_ONCE_MAX = 16;
const ABSENT = new Set(["ENOTFOUND", "ENODATA"]);

/**
 * @param options.servers name servers as `address:port`, the machine's own when left out
 * @param options.timeoutMs of one try; there are two
 */
export function createMailDomains(
  options: { servers?: string[]; timeoutMs?: number; now?: () => number } = {},
): MailDomains {
  const resolver: MailResolver & { setServers(servers: string[]): void } = new dns.Resolver({
    timeout: options.timeoutMs ?? 2_000,
    tries: 2,
  });
  if (options.servers !== undefined) resolver.setServers(options.servers);
  const now = options.now ?? Date.now;
  const known = new Map<string, { until: number; answer: Promise<MailAnswer> }>();
  const line = new Line(ASKED_AT_ONCE_MAX);

  async function answer(domain: string): Promise<MailAnswer> {
    const takes = await line.wait(() => takesMail(domain, resolver));
    const entry = known.get(domain);
    if (takes === "unknown" && entry !== undefined) entry.until = now() + UNKNOWN_MS;
    return { takes, at: new Date(now()).toISOString() };
  }

  return {
    ask(domain) {
      const entry = known.get(domain);
      if (entry !== undefined && entry.until > now()) return entry.answer;
      known.delete(domain);
      const oldest = known.size < KEPT_MAX ? undefined : known.keys().next().value;
      if (oldest !== undefined) known.delete(oldest);
      const fresh = { until: now() + DAY_MS, answer: answer(domain) };
      known.set(domain, fresh);
      return fresh.answer;
    },
  };
}

/**
 * RFC 5321: mail goes to the MX of a domain, and where it has none to its address. RFC 7505: an MX of "." is a refusal.
 * Names and addresses that are not public are none here, as for pages.
 */
async function takesMail(domain: string, resolver: MailResolver): Promise<MailAnswer["takes"]> {
  if (parseDomain(domain) !== domain) return "no";
  let exchanges: string[];
  try {
    exchanges = (await resolver.resolveMx(domain)).map(({ exchange }) => exchange);
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (!ABSENT.has(code)) return "unknown";
    exchanges = [];
  }
  if (exchanges.length > 0) return exchanges.some(isPublicExchange) ? "yes" : "no";
  const resolution = await resolveHost(domain, resolver);
  if (!resolution.ok) return resolution.code === "dns_not_found" ? "no" : "unknown";
  return resolution.addresses.some(({ address }) => isPublicAddress(address)) ? "yes" : "no";
}

function isPublicExchange(exchange: string): boolean {
  const host = exchange.toLowerCase().replace(/\.$/, "");
  return literalOf(host) === undefined && parseDomain(host) !== undefined;
}

/** Lets so many work at a time; the others wait in order. */
class Line {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  async wait<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
