import type { Connection, Speaker } from "./connections.ts";
import { type Failure, failure, failureOf, unfinished } from "./failure.ts";
import { HttpAnswerReader } from "./http-answer-reader.ts";
import { endsPage } from "./magic.ts";
import { type HttpAnswer, peerOf, type SendOptions } from "./wire.ts";

/** The end of a page is looked for in so many of the last pieces that came. */
const END_CHUNKS = 20;

/**
 * A body that nobody wants is let through up to here, and for so long: to end a connection for it would cost the site and us
 * another one.
 */
const UNWANTED_BYTES_MAX = 131_072;
const UNWANTED_MS = 1_000;

/** One request and its answer, no redirects, no retries. Never rejects. Bounded in time and in bytes on the wire. */
export function sendRequest(url: URL, options: SendOptions): Promise<HttpAnswer | Failure> {
  if (options.signal.aborted) return Promise.resolve(failure("aborted"));
  return new Promise((resolve) => {
    new Exchange(url, options, resolve).begin();
  });
}

class Exchange implements Speaker {
  readonly #url: URL;
  readonly #options: SendOptions;
  readonly #resolve: (result: HttpAnswer | Failure) => void;
  readonly #reader: HttpAnswerReader;
  readonly #startedAt = performance.now();
  readonly #onAbort = (): void => this.#fail(failure("aborted"));
  #timer: NodeJS.Timeout | undefined;
  #connection: Connection | undefined;
  #headerMs = 0;
  #wasHeard = false;
  #isUnwanted = false;
  #isSettled = false;

  constructor(url: URL, options: SendOptions, resolve: (result: HttpAnswer | Failure) => void) {
    this.#url = url;
    this.#options = options;
    this.#resolve = resolve;
    this.#reader = new HttpAnswerReader(options.wireBytesMax);
  }

  begin(): void {
    const { signal, requestMs, connections, alone } = this.#options;
    // a timer that starts anew with every byte could be used for ever by a server that drips
    this.#timer = setTimeout(() => this.#end(), requestMs);
    signal.addEventListener("abort", this.#onAbort, { once: true });
    const resting = alone === true ? undefined : connections.take(this.#url.origin);
    if (resting !== undefined) {
      this.#ask(resting);
      return;
    }
    connections.open(this.#url, (error, connection) => {
      if (connection === undefined) this.#fail(failureOf(error));
      else if (this.#isSettled) connection.end();
      else this.#ask(connection);
    });
  }

  #ask(connection: Connection): void {
    this.#connection = connection;
    connection.ask(requestOf(this.#url, this.#options), this);
  }

  hear(chunk: Buffer): void {
    const reader = this.#reader;
    const hadHead = reader.hasHead;
    this.#wasHeard = true;
    reader.push(chunk);
    if (!hadHead && reader.hasHead) this.#readHead();
    if (this.#isSettled) return;
    if (reader.state === "nonsense") this.#fail(failure("bad_http", "no HTTP answer"));
    else if (reader.state !== "more") this.#finish(reader.state === "broken");
  }

  #readHead(): void {
    const { wantBody, requestMs } = this.#options;
    const { status, headers, state } = this.#reader;
    this.#headerMs = performance.now() - this.#startedAt;
    if (state === "nonsense" || wantBody === undefined || wantBody(status, headers)) return;
    this.#isUnwanted = true;
    this.#reader.passOver(UNWANTED_BYTES_MAX);
    if (Number(headers["content-length"] ?? 0) > UNWANTED_BYTES_MAX) {
      this.#finish(false);
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#finish(false), Math.min(UNWANTED_MS, requestMs));
  }

  /** What came before the connection ended is what a browser shows, however it ended. */
  lose(error?: Error): void {
    const reader = this.#reader;
    if (!reader.hasHead) {
      this.#fail(this.#unanswered(error));
      return;
    }
    const isBroken = !reader.end();
    if (isBroken && !this.#isUnwanted && reader.body.length === 0)
      this.#fail(failure("conn_reset", "no body came"));
    else this.#finish(isBroken);
  }

  #unanswered(error: Error | undefined): Failure {
    const isOld = this.#connection?.wasUsed === true && !this.#wasHeard;
    if (this.#options.alone === true && this.#wasHeard)
      return failure("bad_http", "no HTTP answer");
    // servers end connections that rest, and may do so while a request is on its way
    if (error !== undefined) return { ...failureOf(error), heard: isOld };
    return failure("conn_reset", "other side closed", { heard: isOld || this.#wasHeard });
  }

  /** The time is up. */
  #end(): void {
    const { body } = this.#reader;
    // a page that is all there, on a connection that waits for more, is what a browser has been showing
    const isThere = body.length > 0 && endsPage(Buffer.concat(body.slice(-END_CHUNKS)));
    if (isThere) this.#finish(true);
    else this.#fail(unfinished(this.#options.requestMs));
  }

  #finish(isBroken: boolean): void {
    const { status, headers, body, state } = this.#reader;
    const broken = isBroken && !this.#isUnwanted;
    this.#settle({
      ok: true,
      url: this.#url,
      status,
      headers,
      body: body.length === 1 ? (body[0] as Buffer) : Buffer.concat(body),
      truncated: broken || (state === "cut" && !this.#isUnwanted),
      broken,
      headerMs: this.#headerMs,
      totalMs: performance.now() - this.#startedAt,
      peer: peerOf(this.#url, this.#options.guard),
    });
  }

  #fail(reason: Failure): void {
    this.#settle(reason);
  }

  #settle(result: HttpAnswer | Failure): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener("abort", this.#onAbort);
    const connection = this.#connection;
    if (connection !== undefined) {
      if (this.#options.alone !== true && this.#reader.leavesOpen)
        this.#options.connections.keep(this.#url.origin, connection, this.#reader.headers);
      else connection.end();
    }
    this.#resolve(result);
  }
}

function requestOf(url: URL, { headers, alone }: SendOptions): string {
  let head = `GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\nconnection: ${alone === true ? "close" : "keep-alive"}\r\n`;
  for (const name in headers)
    head += `${name}: ${(headers[name] as string).replace(/[\r\n\0]/g, " ")}\r\n`;
  return `${head}\r\n`;
}
