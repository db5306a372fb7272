import { channel } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import type { ScrapeOutcome, ScrapeResult } from "@scrapersky/outcome";
import {
  type Site,
  type SiteAnswer,
  type SiteRequest,
  startSites,
} from "@scrapersky/testing/sites";
import { scrape, type ScrapeOptions } from "../src/index.ts";
import type { Limits } from "../src/limits.ts";

/** Limits for loopback: no pauses, everything else as in production. */
export const QUICK: Partial<Limits> = { hostDelayMs: 0, backoffMs: [5, 10], dnsRetryMs: 5 };

export type Done = Extract<ScrapeOutcome, { kind: "done" }>;

/** A site of a single test: what it answers, by path or by a function. */
export function siteOf(
  answers: Record<string, string | SiteAnswer> | ((request: SiteRequest) => SiteAnswer),
  more: Partial<Site> = {},
): Site {
  const name = more.name ?? "one.example";
  const answer =
    typeof answers === "function"
      ? answers
      : (request: SiteRequest): SiteAnswer => {
          const found = answers[request.path];
          if (found === undefined)
            return {
              status: 404,
              headers: { "content-type": "text/html" },
              body: "<title>Not found</title>",
            };
          return typeof found === "string" ? page(found) : found;
        };
  return {
    name,
    hosts: [name, `www.${name}`],
    schemes: ["http", "https"],
    certificate: "valid",
    presentable: false,
    expect: { outcome: "done" },
    ...more,
    answer,
  };
}

export const page = (body: string, more: Partial<SiteAnswer> = {}): SiteAnswer => ({
  ...more,
  headers: { "content-type": "text/html; charset=utf-8", ...more.headers },
  body,
});

export interface Visited {
  outcome: ScrapeResult;
  /** Paths asked for, in order, as host + path. */
  asked: string[];
}

/** Serves sites of one test, visits the first one and closes them. */
export async function visitSite(
  sites: Site | Site[],
  options: Partial<ScrapeOptions> = {},
): Promise<Visited> {
  const list = Array.isArray(sites) ? sites : [sites];
  const asked: string[] = [];
  const watched = list.map((site) => ({
    ...site,
    answer: (request: SiteRequest) => {
      asked.push(`${request.secure ? "https" : "http"}://${request.host}${request.path}`);
      return site.answer(request);
    },
  }));
  const started = await startSites({ sites: watched });
  try {
    const outcome = await scrape((list[0] as Site).name, {
      maxPages: 10,
      allow: started.allow,
      ...options,
      limits: { ...QUICK, ...options.limits },
    });
    return { outcome, asked };
  } finally {
    await started.close();
  }
}

/** Tells each time that a piece of an answer with these words came over a plain connection of this process. @returns how to stop */
export function whenHeard(words: string, tell: () => void): () => void {
  const opened = channel("net.client.socket");
  const watch = (message: unknown) =>
    (message as { socket: Socket }).socket.on("data", (piece: Buffer) => {
      if (piece.includes(words)) tell();
    });
  opened.subscribe(watch);
  return () => {
    opened.unsubscribe(watch);
  };
}

/** The outcome of a visit that must have ended well. */
export function done(outcome: ScrapeResult): Done {
  if (outcome.kind !== "done") throw new Error(`expected done, got ${JSON.stringify(outcome)}`);
  return outcome;
}
