/** What a fake site is: names, an answer for each request, and what a visitor must find. */
export interface SiteRequest {
  host: string;
  /** Path and query. */
  path: string;
  secure: boolean;
  /** Requests this site has had before this one. */
  count: number;
  headers: Record<string, string | string[] | undefined>;
}

export interface SiteAnswer {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
  /** Milliseconds before the first byte. */
  delayMs?: number;
  /** Held back until this resolves. */
  after?: Promise<void>;
  /** Bytes written to the socket as they are instead of an HTTP answer. */
  raw?: string;
  /** Body pieces written one by one, `everyMs` apart; without end when `endless`. */
  drip?: { piece: string; everyMs: number; endless: boolean };
  /** Close the connection without answering. */
  reset?: boolean;
}

export type Certificate = "valid" | "expired" | "self-signed" | "wrong-host";

export interface Site {
  /** The host a batch asks for. */
  name: string;
  /** Names that resolve; empty when the domain does not exist. */
  hosts: string[];
  /** Schemes that answer; a missing one refuses the connection. */
  schemes: ("http" | "https")[];
  certificate: Certificate;
  answer(request: SiteRequest): SiteAnswer;
  expect: SiteExpectation;
  /** False for sites that only tests should visit: slow to end by nature, or hostile. */
  presentable: boolean;
}

/** What a visit of at most ten pages must end with. Fields that are left out are not promised. */
export interface SiteExpectation {
  outcome: "done" | "retry" | "failed";
  code?: string;
  flags?: string[];
  /** Pages read when at most ten are asked for. */
  pages?: number;
  /** Facts of the site, and what its lead says in their words (emails, phones, countryCode …); compared as a subset. */
  site?: Record<string, unknown>;
  /** Names among the detected technologies. */
  technologies?: string[];
}

export const redirect = (location: string, status = 301): SiteAnswer => ({
  status,
  headers: { location, "content-type": "text/html; charset=utf-8" },
  body: `<html><head><title>${status} Moved</title></head><body><a href="${location}">Moved</a></body></html>`,
});

export const notFound = (
  body = "<!doctype html><title>Page not found</title><h1>404</h1><p>Nothing here.</p>",
): SiteAnswer => ({
  status: 404,
  headers: { "content-type": "text/html; charset=utf-8" },
  body,
});
