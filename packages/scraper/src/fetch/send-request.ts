import { type Failure, failure, failureOf, unfinished } from "./failure.ts";
import { endsPage } from "./magic.ts";
import { type HttpAnswer, type SendOptions, type HeaderMap, peerOf } from "./wire.ts";

/** The end of a page is looked for in so many of the last pieces that came. */
const END_CHUNKS = 20;

/**
 * A body that nobody wants is let through up to here, and for so long: to end a connection for it would cost the site and us
 * another one.
 */
const UNWANTED_BYTES_MAX = 131_072;
const UNWANTED_MS = 1_000;

/** Nobody reads it: to make one for each request would only write its stack down. */
const STOPPED = new Error("stopped");

/** One request and its answer, no redirects, no retries. Never rejects. Bounded in time and in bytes on the wire. */
export function sendRequest(url: URL, options: SendOptions): Promise<HttpAnswer | Failure> {
  const { agent, signal, wireBytesMax } = options;
  if (signal.aborted) return Promise.resolve(failure("aborted"));
  return new Promise((resolve) => {
    const startedAt = performance.now();
    let abort: ((reason: Error) => void) | undefined;
    let status = 0;
    let headers: HeaderMap = {};
    let headerMs = 0;
    let size = 0;
    let truncated = false;
    let isUnwanted = false;
    const chunks: Buffer[] = [];
    let settled = false;

    const settle = (result: HttpAnswer | Failure) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve(result);
    };
    const stop = (result: HttpAnswer | Failure) => {
      settle(result);
      abort?.(STOPPED);
    };
    const finish = (broken = false): HttpAnswer => ({
      ok: true,
      url,
      status,
      headers,
      body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks),
      truncated: truncated || broken,
      broken,
      headerMs,
      totalMs: performance.now() - startedAt,
      peer: peerOf(url, options.guard),
    });
    const onAbort = () => stop(failure("aborted"));
    // undici's own timers restart with every byte, which a dripping server can use for ever
    let timer = setTimeout(() => {
      // a page that is all there, on a connection that waits for more, is what a browser has been showing
      const isThere = size > 0 && endsPage(Buffer.concat(chunks.slice(-END_CHUNKS)));
      stop(isThere ? finish(true) : unfinished(options.requestMs));
    }, options.requestMs);
    signal.addEventListener("abort", onAbort, { once: true });

    agent.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: "GET",
        headers: options.headers,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart(controller) {
          abort = (reason) => controller.abort(reason);
          if (settled) abort(STOPPED);
        },
        onResponseStart(_controller, statusCode, responseHeaders) {
          if (statusCode < 200) return;
          status = statusCode;
          headers = responseHeaders;
          headerMs = performance.now() - startedAt;
          if (options.wantBody === undefined || options.wantBody(statusCode, responseHeaders))
            return;
          isUnwanted = true;
          if (Number(headers["content-length"] ?? 0) > UNWANTED_BYTES_MAX) stop(finish());
          else {
            clearTimeout(timer);
            timer = setTimeout(() => stop(finish()), Math.min(UNWANTED_MS, options.requestMs));
          }
        },
        onResponseData(_controller, chunk) {
          if (settled) return;
          size += chunk.length;
          if (isUnwanted) {
            if (size > UNWANTED_BYTES_MAX) stop(finish());
            return;
          }
          if (size <= wireBytesMax) {
            chunks.push(chunk);
            return;
          }
          chunks.push(chunk.subarray(0, chunk.length - (size - wireBytesMax)));
          truncated = true;
          stop(finish());
        },
        onResponseEnd: () => settle(finish()),
        // what came before the connection broke is what a browser shows
        onResponseError(_controller, error) {
          if (isUnwanted) settle(finish());
          else if (size > 0) settle(finish(size !== Number(headers["content-length"])));
          else settle(status === 0 ? failureOf(error) : { ...failureOf(error), heard: false });
        },
      },
    );
  });
}
