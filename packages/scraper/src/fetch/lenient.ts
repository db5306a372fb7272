import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { type HttpAnswer, type SendOptions, type HeaderMap, peerOf } from "./wire.ts";
import { type Failure, failure, failureOf, unfinished } from "./failure.ts";

/** The same request through Node's lenient parser, over a connection made by the same guard. */
export async function sendLeniently(url: URL, options: SendOptions): Promise<HttpAnswer | Failure> {
  let socket: Socket;
  try {
    socket = await open(url, options);
  } catch (error) {
    return failureOf(error);
  }
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const settle = (result: HttpAnswer | Failure) => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve(result);
    };
    const onAbort = () => settle(failure("aborted"));
    const timer = setTimeout(() => settle(unfinished(options.requestMs)), options.requestMs);
    options.signal.addEventListener("abort", onAbort, { once: true });

    const outgoing = request({
      createConnection: () => socket,
      host: url.hostname,
      path: url.pathname + url.search,
      headers: { ...options.headers, host: url.host, connection: "close" },
      insecureHTTPParser: true,
      maxHeaderSize: 65_536,
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      const known = failureOf(error);
      settle(known.code === "conn_reset" ? failure("bad_http", known.detail) : known);
    });
    outgoing.on("response", (response) => {
      const headerMs = performance.now() - startedAt;
      void collect(response, options).then(({ body, truncated }) => {
        settle({
          ok: true,
          url,
          status: response.statusCode ?? 0,
          headers: response.headers,
          body,
          truncated,
          headerMs,
          totalMs: performance.now() - startedAt,
          peer: peerOf(url, options.guard),
        });
      });
    });
    outgoing.end();
  });
}

function open(url: URL, options: SendOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    options.guard.connect(
      { hostname: url.hostname, host: url.host, protocol: url.protocol, port: url.port },
      (error, socket) => {
        if (error !== null) reject(error);
        else resolve(socket);
      },
    );
  });
}

function collect(
  response: IncomingMessage,
  options: SendOptions,
): Promise<{ body: Buffer; truncated: boolean }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (truncated: boolean) => resolve({ body: Buffer.concat(chunks), truncated });
    if (
      options.wantBody !== undefined &&
      !options.wantBody(response.statusCode ?? 0, response.headers as HeaderMap)
    ) {
      end(false);
      return;
    }
    response.on("data", (chunk: Buffer) => {
      const room = options.wireBytesMax - size;
      size += chunk.length;
      chunks.push(chunk.length <= room ? chunk : chunk.subarray(0, Math.max(0, room)));
      if (size > options.wireBytesMax) end(true);
    });
    response.once("end", () => end(false));
    // servers this loose often close without a length; what came is the page
    response.once("error", () => end(true));
  });
}
