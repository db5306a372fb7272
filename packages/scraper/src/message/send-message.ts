import { performance } from "node:perf_hooks";
import { Agent } from "undici";
import { refuseInProduction, type SiteAllowList } from "../guard/allow.ts";
import { createGuard } from "../guard/connect.ts";
import { createResolver, type Resolver } from "../guard/resolve.ts";
import { failureOf } from "../fetch/failure.ts";
import { retryAfterOf } from "../fetch/retry-after.ts";

/** What a message met: an answer, whatever it says, or why there was none. */
export type MessageAnswer =
  | { kind: "answered"; status: number; retryAfterMs: number | undefined; durationMs: number }
  | { kind: "failed"; code: string; durationMs: number }
  /** The caller's signal fired. Whether it arrived is not known. */
  | { kind: "aborted" };

export interface Message {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

export interface MessageSender {
  /** One request, no redirects, no retries. Never rejects. */
  send(message: Message): Promise<MessageAnswer>;
  close(): Promise<void>;
}

/** A receiver has so long for the whole answer. */
const TIMEOUT_MS = 10_000;
const CONNECT_MS = 5_000;
/** Nobody reads what an answer says beside its status: more than this of it is not waited for. */
const BODY_BYTES_MAX = 16_384;
const CONNECTIONS_OF_ONE_MAX = 4;
const IDLE_MS = 4_000;
const STOPPED = new Error("stopped");

/**
 * Sends messages of ours to addresses that others chose, by the same guard as visits: what is not public is refused, whatever a name
 * resolves to by then.
 */
export function createMessageSender(
  options: { allow?: SiteAllowList | undefined; resolver?: Resolver; timeoutMs?: number } = {},
): MessageSender {
  refuseInProduction(options.allow);
  const guard = createGuard({
    allow: options.allow,
    resolver: options.resolver ?? createResolver(),
    connectMs: CONNECT_MS,
  });
  const agent = new Agent({
    connect: guard.connect,
    connections: CONNECTIONS_OF_ONE_MAX,
    pipelining: 1,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    allowH2: false,
  });
  return {
    send: (message) => send(agent, message, options.timeoutMs ?? TIMEOUT_MS),
    close: () => agent.destroy(),
  };
}

function send(
  agent: Agent,
  { url, headers, body, signal }: Message,
  timeoutMs: number,
): Promise<MessageAnswer> {
  if (signal.aborted) return Promise.resolve({ kind: "aborted" });
  const startedAt = performance.now();
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  return new Promise((resolve) => {
    let abort: ((reason: Error) => void) | undefined;
    let answer: { status: number; retryAfterMs: number | undefined } | undefined;
    let size = 0;
    let settled = false;
    const settle = (result: MessageAnswer): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve(result);
      // What is still to come of it is nobody's any more; of one that is over nothing is.
      abort?.(STOPPED);
    };
    /** Whoever said how it went has said it, whatever becomes of the rest. */
    const end = (code: string): void =>
      settle(
        answer
          ? { kind: "answered", ...answer, durationMs: durationMs() }
          : { kind: "failed", code, durationMs: durationMs() },
      );
    const onAbort = (): void => settle({ kind: "aborted" });
    // undici's own timers restart with every byte.
    const timer = setTimeout(() => end("timeout"), timeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    const { origin, pathname, search } = new URL(url);
    agent.dispatch(
      {
        origin,
        path: pathname + search,
        method: "POST",
        headers,
        body,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart(controller) {
          abort = (reason) => controller.abort(reason);
          if (settled) abort(STOPPED);
        },
        onResponseStart(_controller, status, given) {
          if (status < 200) return;
          const later = [given["retry-after"]].flat()[0];
          const retryAfterMs = later === undefined ? undefined : retryAfterOf(later, Date.now());
          answer = { status, retryAfterMs };
        },
        onResponseData(_controller, chunk) {
          size += chunk.length;
          if (size > BODY_BYTES_MAX) end("timeout");
        },
        onResponseEnd: () => end("conn_reset"),
        onResponseError: (_controller, error) => end(failureOf(error).code),
      },
    );
  });
}
