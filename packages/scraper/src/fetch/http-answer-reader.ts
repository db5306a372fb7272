import type { HeaderMap } from "./wire.ts";

const HEAD_BYTES_MAX = 262_144;
const CHUNK_LINE_MAX = 1_024;
const INFORMATIONAL_MAX = 10;
const NOTHING: Buffer = Buffer.alloc(0);
/** What stands behind the last chunk where no trailers do. */
const CHUNKS_END = "\r\n";

type Framing =
  | { kind: "head" }
  | { kind: "length"; left: number }
  | { kind: "chunk-size" }
  | { kind: "chunk"; left: number }
  | { kind: "close" };

/**
 * Reads one HTTP/1 answer from bytes as they come, and forgives what browsers forgive: lines that end in LF, blanks before a
 * colon, control bytes, folded and repeated headers, answers 1xx nobody asked for, a length beside chunks, lengths that lie.
 * Each byte is looked at a bounded number of times.
 */
export class HttpAnswerReader {
  status = 0;
  headers: HeaderMap = {};
  readonly body: Buffer[] = [];
  /** "whole": nothing more belongs to it. "cut": the limit of bytes was reached. "broken": its chunks make no sense. "nonsense": no HTTP. */
  state: "more" | "whole" | "cut" | "broken" | "nonsense" = "more";
  #framing: Framing = { kind: "head" };
  #pending: Buffer = NOTHING;
  #scanned = 0;
  #informational = 0;
  #roomBytes: number;
  #isPassed = false;
  #mayStay = false;

  constructor(bodyBytesMax: number) {
    this.#roomBytes = bodyBytesMax;
  }

  get hasHead(): boolean {
    return this.#framing.kind !== "head";
  }

  /** Whether the connection may carry another answer: this one ended by its own word, and nothing came behind it. */
  get leavesOpen(): boolean {
    return this.state === "whole" && this.#mayStay;
  }

  push(chunk: Buffer): void {
    let rest: Buffer | undefined = chunk;
    while (rest !== undefined && rest.length > 0 && this.state === "more") rest = this.#take(rest);
    if (rest === undefined || this.state !== "whole") return;
    const isEnd =
      this.#framing.kind === "chunk-size"
        ? rest.length === CHUNKS_END.length && rest.toString("latin1") === CHUNKS_END
        : rest.length === 0;
    if (!isEnd) this.#mayStay = false;
  }

  /** Nobody wants the body: so much of it is let through, and nothing kept. */
  passOver(bytesMax: number): void {
    this.#isPassed = true;
    this.body.length = 0;
    this.#roomBytes = bytesMax;
  }

  /** The connection ended. True when the body ended with it by its own word. */
  end(): boolean {
    return this.state === "whole" || this.#framing.kind === "close";
  }

  #take(bytes: Buffer): Buffer | undefined {
    const framing = this.#framing;
    switch (framing.kind) {
      case "head":
        return this.#takeHead(bytes);
      case "close":
        this.#keep(bytes);
        return undefined;
      case "length":
      case "chunk": {
        const piece = bytes.length > framing.left ? bytes.subarray(0, framing.left) : bytes;
        framing.left -= piece.length;
        this.#keep(piece);
        if (framing.left === 0) {
          if (framing.kind === "chunk") this.#framing = { kind: "chunk-size" };
          else if (this.state === "more") this.state = "whole";
        }
        return bytes.subarray(piece.length);
      }
      case "chunk-size":
        return this.#takeChunkSize(bytes);
    }
  }

  #keep(piece: Buffer): void {
    if (piece.length > this.#roomBytes) this.state = "cut";
    if (!this.#isPassed)
      this.body.push(piece.length > this.#roomBytes ? piece.subarray(0, this.#roomBytes) : piece);
    this.#roomBytes -= Math.min(piece.length, this.#roomBytes);
  }

  #takeHead(bytes: Buffer): Buffer | undefined {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const { end, next } = endOfHead(this.#pending, this.#scanned);
    if (end === -1) {
      this.#scanned = Math.max(0, this.#pending.length - 3);
      if (this.#pending.length > HEAD_BYTES_MAX) this.state = "nonsense";
      return undefined;
    }
    const head = this.#pending.toString("latin1", 0, end);
    const rest = this.#pending.subarray(next);
    this.#pending = NOTHING;
    this.#scanned = 0;
    this.#readHead(head);
    return rest;
  }

  #readHead(head: string): void {
    const [first = "", ...lines] = head.replace(/^[\r\n]+/, "").split(/\r?\n/);
    const status = /^(?:HTTP\/\d(?:\.\d)?|ICY)[ \t]+(\d{3})(?!\d)/i.exec(first)?.[1];
    if (status === undefined) {
      this.state = "nonsense";
      return;
    }
    if (status.startsWith("1")) {
      if (++this.#informational > INFORMATIONAL_MAX) this.state = "nonsense";
      return;
    }
    this.status = Number(status);
    this.headers = headersOf(lines);
    this.#mayStay =
      first.startsWith("HTTP/1.1") && !/\bclose\b/i.test(String(this.headers["connection"] ?? ""));
    const framing = framingOf(this.status, this.headers);
    if (framing === undefined) this.state = "nonsense";
    else if (framing.kind === "length" && framing.left === 0) this.state = "whole";
    this.#framing = framing ?? { kind: "close" };
  }

  #takeChunkSize(bytes: Buffer): Buffer | undefined {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const pending = this.#pending;
    let start = 0;
    // the line break that ends the chunk before
    while (pending[start] === 13 || pending[start] === 10) start++;
    const end = pending.indexOf(10, start);
    if (end === -1) {
      if (pending.length > CHUNK_LINE_MAX) this.state = "broken";
      return undefined;
    }
    this.#pending = NOTHING;
    const size = /^[ \t]*([0-9a-f]{1,8})[ \t]*(?:[;\r]|$)/i.exec(
      pending.toString("latin1", start, Math.min(end, start + 64)),
    )?.[1];
    if (size === undefined)
      this.state = this.body.length + Number(this.#isPassed) === 0 ? "nonsense" : "broken";
    else if (/^0+$/.test(size)) this.state = "whole";
    else this.#framing = { kind: "chunk", left: Number.parseInt(size, 16) };
    return pending.subarray(end + 1);
  }
}

/** Where the head ends and the body begins; -1 while it is not all there. Blank lines before the head are none of it. */
function endOfHead(bytes: Buffer, from: number): { end: number; next: number } {
  for (let at = bytes.indexOf(10, from); at !== -1; at = bytes.indexOf(10, at + 1)) {
    const after = bytes[at + 1] === 13 ? at + 2 : at + 1;
    if (bytes[after] === 10 && /[^\r\n]/.test(bytes.toString("latin1", 0, Math.min(at, 64))))
      return { end: at, next: after + 1 };
  }
  return { end: -1, next: -1 };
}

const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/g;

function headersOf(lines: string[]): HeaderMap {
  const pairs: [string, string][] = [];
  for (const line of lines) {
    const last = pairs.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) {
      last[1] += ` ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(":");
    if (colon > 0) pairs.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1)]);
  }
  const headers: HeaderMap = Object.create(null) as HeaderMap;
  for (const [name, written] of pairs) {
    const value = written.replace(CONTROL, "").trim();
    const known = headers[name];
    if (known === undefined) headers[name] = name === "set-cookie" ? [value] : value;
    else if (Array.isArray(known)) known.push(value);
    else if (name !== "location") headers[name] = `${known}, ${value}`;
  }
  return headers;
}

function framingOf(status: number, headers: HeaderMap): Framing | undefined {
  if (status === 204 || status === 304) return { kind: "length", left: 0 };
  if (/\bchunked\b/i.test(String(headers["transfer-encoding"] ?? "")))
    return { kind: "chunk-size" };
  const lengths = new Set(
    String(headers["content-length"] ?? "")
      .split(",")
      .map((length) => length.trim()),
  );
  const [length = ""] = lengths;
  // two lengths that differ are two answers to somebody: browsers take neither
  if (lengths.size > 1) return undefined;
  return /^\d{1,15}$/.test(length) ? { kind: "length", left: Number(length) } : { kind: "close" };
}
