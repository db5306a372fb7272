import type { ScrapeCode } from "@scrapersky/outcome";
import { GuardError } from "../guard/connect.ts";

/** Why one request brought no usable answer. Everything that decides what happens next is a field of its own. */
export interface Failure extends FailureFields {
  ok: false;
  /** Beside the scrape codes: ended by a signal, forbidden by robots.txt, or leading away from the site. */
  code: ScrapeCode | "aborted" | "robots_disallowed" | "left_site";
  /** For people only: what the system or the site said, without a stack. */
  detail: string;
}

interface FailureFields {
  /** HTTP status of the answer that is the failure. */
  status?: number;
  /** The address that robots.txt forbids. */
  forbidden?: URL;
  /** Bytes came over the connection that failed, though no answer that could be read. */
  heard?: boolean;
  /** The time of a whole request ran out, connected or not; a failure to connect alone comes sooner. */
  unfinished?: boolean;
  /** What the site asked for. */
  retryAfterMs?: number | undefined;
}

export const failure = (
  code: Failure["code"],
  detail = "",
  fields: FailureFields = {},
): Failure => ({ ok: false, code, detail, ...fields });

export const unfinished = (requestMs: number): Failure =>
  failure("timeout", `no complete answer in ${requestMs} ms`, { unfinished: true });

const REFUSED = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "EHOSTDOWN",
]);
/** Also said of a length that stands there twice. */
const MISMATCH = "UND_ERR_RES_CONTENT_LENGTH_MISMATCH";
const RESET = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", MISMATCH, "ECONNABORTED"]);
const TIMEOUT = new Set([
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);
const TLS =
  /^(ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH|INVALID_CA|ERR_OSSL)/;

/** Maps what undici, node:net, node:tls or the guard threw to a code; unknown errors count as a closed connection. */
export function failureOf(error: unknown): Failure {
  if (error instanceof GuardError) return failure(error.code, error.message);
  const problem = error as {
    name?: unknown;
    code?: unknown;
    message?: unknown;
    cause?: unknown;
    errors?: unknown;
    socket?: { bytesRead?: unknown } | null;
  };
  const code = String(problem.code ?? "");
  const detail = code || String(problem.message ?? "unknown error");
  if (REFUSED.has(code)) return failure("connect_refused", detail);
  if (TIMEOUT.has(code)) return failure("timeout", detail);
  if (TLS.test(code)) return failure("tls_error", detail);
  if (
    problem.name === "HTTPParserError" ||
    code.startsWith("HPE_") ||
    code === "UND_ERR_HEADERS_OVERFLOW" ||
    code === "UND_ERR_INVALID_ARG"
  ) {
    return failure("bad_http", detail);
  }
  if (RESET.has(code)) {
    const heard = code === MISMATCH || Number(problem.socket?.bytesRead ?? 0) > 0;
    return failure("conn_reset", detail, { heard });
  }
  if (Array.isArray(problem.errors) && problem.errors.length > 0)
    return failureOf(problem.errors[0]);
  if (problem.cause !== undefined) return failureOf(problem.cause);
  return failure("conn_reset", detail);
}

const TRANSIENT: ReadonlySet<string> = new Set<ScrapeCode>([
  "dns_error",
  "connect_refused",
  "conn_reset",
  "timeout",
  "rate_limited",
]);

/** Whether the same request may well succeed a little later. A wall stays, whatever status it comes with. */
export const isTransient = ({ code, status = 0 }: Pick<Failure, "code" | "status">): boolean =>
  TRANSIENT.has(code) || (status >= 500 && code !== "bot_protection");
