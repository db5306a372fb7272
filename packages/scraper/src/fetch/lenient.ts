import type { Socket } from "node:net";
import { type Failure, failure, failureOf, unfinished } from "./failure.ts";
import { HttpAnswerReader } from "./http-answer-reader.ts";
import { type HttpAnswer, type SendOptions, peerOf } from "./wire.ts";

/** The same request read by our own forgiving parser, over a connection made by the same guard. */
export async function sendLeniently(url: URL, options: SendOptions): Promise<HttpAnswer | Failure> {
  if (options.signal.aborted) return failure("aborted");
  let socket: Socket;
  try {
    socket = await open(url, options);
  } catch (error) {
    return options.signal.aborted ? failure("aborted") : failureOf(error);
  }
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const reader = new HttpAnswerReader(options.wireBytesMax);
    let headerMs = 0;
    const settle = (result: HttpAnswer | Failure) => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve(result);
    };
    const answer = (broken: boolean): HttpAnswer => ({
      ok: true,
      url,
      status: reader.status,
      headers: reader.headers,
      body: Buffer.concat(reader.body),
      truncated: broken || reader.state === "cut",
      broken,
      headerMs,
      totalMs: performance.now() - startedAt,
      peer: peerOf(url, options.guard),
    });
    /** What came before the connection ended is the answer, however it ended. */
    const close = (error?: Error) => {
      const broken = !reader.end();
      if (reader.hasHead && broken && reader.body.length === 0)
        settle(failure("conn_reset", "no body came"));
      else if (reader.hasHead) settle(answer(broken));
      else if (error === undefined || socket.bytesRead > 0)
        settle(failure("bad_http", "no HTTP answer"));
      else settle(failureOf(error));
    };
    const onAbort = () => settle(failure("aborted"));
    const timer = setTimeout(() => settle(unfinished(options.requestMs)), options.requestMs);
    options.signal.addEventListener("abort", onAbort, { once: true });
    if (options.signal.aborted) onAbort();

    socket.on("data", (chunk: Buffer) => {
      const hadHead = reader.hasHead;
      reader.push(chunk);
      if (reader.state === "nonsense") {
        settle(failure("bad_http", "no HTTP answer"));
        return;
      }
      if (!reader.hasHead) return;
      if (!hadHead) headerMs = performance.now() - startedAt;
      const wanted = options.wantBody?.(reader.status, reader.headers) ?? true;
      if (!wanted) {
        reader.body.length = 0;
        settle({ ...answer(false), truncated: false });
      } else if (reader.state !== "more") settle(answer(false));
    });
    socket.once("end", () => close());
    socket.once("close", () => close());
    socket.once("error", close);
    socket.write(requestOf(url, options.headers));
  });
}

const requestOf = (url: URL, headers: Record<string, string>): string =>
  [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, " ")}`),
    "connection: close",
    "",
    "",
  ].join("\r\n");

/** A connection by the guard; one that comes after the signal is closed. */
function open(url: URL, { guard, signal }: SendOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new Error("aborted"));
    signal.addEventListener("abort", leave, { once: true });
    guard.connect(
      { hostname: url.hostname, host: url.host, protocol: url.protocol, port: url.port },
      (error, socket) => {
        signal.removeEventListener("abort", leave);
        if (error !== null) reject(error);
        else if (signal.aborted) socket.destroy();
        else resolve(socket);
      },
    );
  });
}
